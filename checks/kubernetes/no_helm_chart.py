"""The documents install a Helm chart that is not in the repository.

Helm installs an application on Kubernetes from a chart: a folder with `Chart.yaml`, default values and templates. Whoever follows
the documents is told that the path was not found, at the moment they want to deploy.

## Fix

`helm create charts/shop` writes a chart to start from. Commit it, and check it in CI with `helm lint charts/shop` and
`helm template charts/shop | kubectl apply --dry-run=client -f -`. Its smallest file, beside `values.yaml` and `templates/`:

```yaml charts/shop/Chart.yaml
apiVersion: v2
name: shop
version: 0.1.0
appVersion: "1.4.2"
```

## Gap

```markdown README.md
# Shop

## Deployment

~~~bash
helm install shop ./charts/shop  ← gap
~~~
```

## No gap

```markdown README.md
# Shop

## Deployment

~~~bash
helm install shop ./charts/shop
~~~
```
```yaml charts/shop/Chart.yaml
apiVersion: v2
name: shop
version: 1.0.0
```
"""

from collections.abc import Iterator

from checks.derived.promised_deployments import PromisedHelm
from checks.model import Finding, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=PromisedHelm, blocks=Stage.NONE, effort=(2.0, 12.0), proof=Proof.ABSENCE)
def no_helm_chart(snapshot: Snapshot) -> Iterator[Finding]:
    yield from snapshot.derived(PromisedHelm).unmet()
