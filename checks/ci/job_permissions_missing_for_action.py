"""A job uses an action that needs a permission which the job doesn't have.

The token of a job may do what `permissions:` lists and nothing else. An action that writes more is refused with
"Resource not accessible by integration", and the release, the report or the scan's result never arrives.

## Fix

Give the job that uses it the scope, and no other job. This action writes what it found as a check of the commit:

```yaml .github/workflows/security.yml
on: pull_request
permissions:
  contents: read
jobs:
  audit:
    runs-on: ubuntu-24.04
    permissions: {contents: read, checks: write}
    steps:
      - uses: rustsec/audit-check@v2
        with: {token: "${{ secrets.GITHUB_TOKEN }}"}
```

## Gap

```yaml .github/workflows/security.yml
on: pull_request
permissions:
  contents: read
jobs:
  audit:
    runs-on: ubuntu-24.04
    steps:
      - uses: rustsec/audit-check@v2  ← gap
        with:
          token: ${{ secrets.GITHUB_TOKEN }}
```

## No gap

```yaml .github/workflows/security.yml
on: pull_request
permissions:
  contents: read
jobs:
  audit:
    permissions: {contents: read, checks: write}
    runs-on: ubuntu-24.04
    steps:
      - uses: rustsec/audit-check@v2
        with:
          token: ${{ secrets.GITHUB_TOKEN }}
  release:
    runs-on: ubuntu-24.04
    steps:
      - uses: softprops/action-gh-release@v2
        with:
          token: ${{ secrets.RELEASE_TOKEN }}
```
"""

from collections.abc import Iterator

from checks.derived.ci.action_permissions import ActionPermissions
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=ActionPermissions, effort=(0.1, 0.5))
def job_permissions_missing_for_action(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(ActionPermissions).refused:
        scopes = " and ".join(f"`{scope}: write`" for scope in found.missing)
        message = f"`{found.action}` needs {scopes}, and the job {found.job} doesn't have it."
        granted = Evidence("these are all the permissions that the job has", found.path, found.granted)
        yield Gap(f"{found.job}: {found.action}", message, found.path, found.line, (granted,))
