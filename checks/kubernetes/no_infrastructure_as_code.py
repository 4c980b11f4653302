"""The documents build the infrastructure with code that is not in the repository.

Terraform, Pulumi and the like make networks, databases and clusters from files. Without the files nobody can tell how the
infrastructure was made, review a change of it, or make it again after a loss.

## Fix

Commit the code, never its state (`*.tfstate` holds passwords), and let CI show what a change would do, with `terraform validate` and
`terraform plan`. What exists already is taken over by an `import` block. The beginning:

```terraform infra/main.tf
terraform {
  required_version = ">= 1.9"
  backend "s3" {
    bucket = "example-terraform-state"
    key    = "shop.tfstate"
    region = "eu-central-1"
  }
}
```

## Gap

```markdown README.md
# Shop

## Deployment

~~~bash
terraform apply  ← gap
~~~
```

## No gap

```markdown README.md
# Shop

## Deployment

~~~bash
terraform apply
~~~
```
```terraform infra/main.tf
resource "random_id" "suffix" { byte_length = 4 }
```
"""

from collections.abc import Iterator

from checks.derived.promised_deployments import PromisedInfrastructure
from checks.model import Finding, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.LOW,
    about=PromisedInfrastructure,
    blocks=Stage.NONE,
    effort=(4.0, 24.0),
    proof=Proof.ABSENCE,
)
def no_infrastructure_as_code(snapshot: Snapshot) -> Iterator[Finding]:
    yield from snapshot.derived(PromisedInfrastructure).unmet()
