"""A workflow doesn't say what its token may do.

Without `permissions:` a job's token gets the repository's default, which in older repositories and organisations is
write access to nearly everything. Any action or dependency that runs in the job can then push code or publish a release.

## Fix

Give the workflow nothing or read access, and single jobs what they need:

```yaml
permissions: {}
jobs:
  test:
    permissions: {contents: read}
```

## Gap

```yaml .github/workflows/ci.yml
on: pull_request
jobs:  ← gap
  test:
    runs-on: ubuntu-24.04
    steps: [{run: make test}]
```

## No gap

### For the whole workflow

```yaml .github/workflows/ci.yml
on: pull_request
permissions: {contents: read}
jobs:
  test:
    runs-on: ubuntu-24.04
    steps: [{run: make test}]
```

### For every job

```yaml .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    permissions: {contents: read}
    runs-on: ubuntu-24.04
    steps: [{run: make test}]
```
"""

from collections.abc import Iterator

from checks.facts.workflow import Workflow
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=Workflow, effort=(0.1, 0.5))
def workflow_permissions_not_declared(snapshot: Snapshot) -> Iterator[Finding]:
    for path, workflow in snapshot.files(Workflow):
        if workflow.permissions is not None or workflow.is_only_called:
            continue
        silent = [job.id for job in workflow.jobs if job.permissions is None]
        if not silent:
            continue
        jobs = ", ".join(silent[:5])
        needs = " and uploads SARIF, which needs `security-events: write`" if _uploads_sarif(workflow) else ""
        yield Gap(
            subject=path.rpartition("/")[2],
            message=f"Neither the workflow nor its jobs {jobs} declare permissions{needs}.",
            path=path,
            line=workflow.line,
            evidence=(Evidence("no `permissions:` at the top, nor in these jobs", path, workflow.line),),
            severity=None if needs or _lets_others_in(workflow) else Severity.LOW,
        )


def _lets_others_in(workflow: Workflow) -> bool:
    """Whether code of others gets the token that may change: an action that is neither GitHub's own nor fixed by a digest."""
    return any(
        not (reference.is_local or reference.is_pinned or reference.name.startswith(("actions/", "github/")))
        for reference in workflow.references
    )


def _uploads_sarif(workflow: Workflow) -> bool:
    return any(reference.name == "github/codeql-action/upload-sarif" for reference in workflow.references)
