"""Several jobs share a token that may write, though each needs its own little.

What is granted at the top of a workflow, every job gets: also the one that runs tests, with every dependency and action it
downloads. One of them taken over can push code, publish a package or sign as the repository.

## Fix

Give nothing at the top, and to each job what it needs:

```yaml
permissions: {}
jobs:
  test:
    permissions: {contents: read}
  release:
    permissions: {contents: write}
```

## Gap

```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
permissions:  ← gap
  contents: write
jobs:
  test:
    runs-on: ubuntu-24.04
    steps: [{run: make test}]
  release:
    needs: test
    runs-on: ubuntu-24.04
    steps: [{run: make release}]
```

## No gap

```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
permissions: {contents: read}
jobs:
  test:
    runs-on: ubuntu-24.04
    steps: [{run: make test}]
  release:
    needs: test
    permissions: {contents: write}
    runs-on: ubuntu-24.04
    steps: [{run: make release}]
```
```yaml .github/workflows/publish.yml
on: {push: {tags: ["v*"]}}
permissions: {contents: write}
jobs:
  build:
    uses: ./.github/workflows/build.yml
  publish:
    runs-on: ubuntu-24.04
    steps: [{run: make publish}]
```
"""

from collections.abc import Iterator

from checks.facts.workflow import Workflow
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

# A comment or a status too many does little harm.
_HEAVY = frozenset({"*", "contents", "packages", "id-token", "attestations", "actions", "deployments", "pages", "security-events"})  # fmt: skip


@check(severity=Severity.MEDIUM, about=Workflow, effort=(0.1, 0.5))
def workflow_permissions_too_broad(snapshot: Snapshot) -> Iterator[Finding]:
    for path, workflow in snapshot.files(Workflow):
        granted = workflow.permissions
        written = (name for name, level in granted.scopes if level.startswith("write")) if granted else ()
        scopes = [name for name in written if name in _HEAVY]
        # A reusable workflow says itself what its jobs may do.
        sharing = [job for job in workflow.jobs if job.permissions is None and job.uses is None]
        if granted is None or not scopes or len(sharing) < 2:
            continue
        what = "everything" if "*" in scopes else ", ".join(scopes)
        names = ", ".join(job.id for job in sharing[:5])
        message = f"All jobs may write {what} ({names}); it is granted at the top of the workflow."
        evidence = tuple(Evidence("has no `permissions:` of its own", path, job.line) for job in sharing[:10])
        yield Gap(path.rpartition("/")[2], message, path, granted.line, evidence)
