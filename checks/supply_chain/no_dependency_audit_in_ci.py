"""Nothing in CI looks for known weaknesses in dependencies.

Most of a program is other people's code, and weaknesses in it are published every day. Without an audit a release goes
out with a hole that anyone can look up, and the advisory is read only after the incident.

## Fix

Run the audit of your ecosystem on changes and once a day, so that a new advisory is seen without a change. Here pip-audit, which
looks each Python package up in the public list of advisories:

```yaml .github/workflows/audit.yml
on:
  pull_request:
  schedule: [{cron: "17 4 * * *"}]
permissions: {contents: read}
jobs:
  audit:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - run: pipx run pip-audit -r requirements.txt   # npm audit, cargo audit, govulncheck ./...
```

## Gap

```text requirements.txt
aiohttp==3.9.0
```
```python app.py
import aiohttp
```
```yaml .github/workflows/ci.yml
on: push
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: pytest}]}}
```

## No gap

```text requirements.txt
aiohttp==3.9.0
```
```python app.py
import aiohttp
```
```yaml .github/workflows/ci.yml
on: push
jobs: {audit: {runs-on: ubuntu-24.04, steps: [{run: uvx pip-audit -r requirements.txt}]}}
```
"""

from collections.abc import Iterator

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.security_scans import AUDIT, CheckedDependencies, is_hook
from checks.derived.supply_chain.licenses import PublicProject
from checks.model import Evidence, Finding, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=CheckedDependencies, effort=(0.25, 1.0), proof=Proof.ABSENCE)
def no_dependency_audit_in_ci(snapshot: Snapshot) -> Iterator[Finding]:
    checked = snapshot.derived(CheckedDependencies)
    if is_hook(snapshot, AUDIT):
        return
    names = ", ".join(ecosystem.name for ecosystem in checked.ecosystems)
    manifests = tuple(Evidence(f"dependencies of {e.name}", e.path) for e in checked.ecosystems)
    if checked.updated_by:
        # A vulnerable version is then seldom left for long, though nothing stops it from being added.
        manifests = (*manifests, Evidence("updates are proposed", checked.updated_by))
    yield from AUDIT.missing(
        snapshot.derived(ContinuousIntegration),
        "dependency audit",
        f"No command or action of CI audits the dependencies ({names}).",
        severity=_severity(snapshot),
        because=manifests,
    )


def _severity(snapshot: Snapshot) -> Severity:
    """Worst for a closed service that nobody updates: a service runs what it was built with, and of a public project others tell."""
    checked = snapshot.derived(CheckedDependencies)
    eased = (not checked.is_service, checked.updated_by is not None, len(snapshot.derived(PublicProject)) > 0)
    return (Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.LOW)[sum(eased)]
