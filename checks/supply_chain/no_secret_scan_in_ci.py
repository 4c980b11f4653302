"""No secret scanner looks at changes.

A key that is committed is public from that moment, whatever is deleted later: it stays in the history, and bots find it
within minutes. A scanner in CI and before the commit catches it while it can still be replaced quietly.

## Fix

gitleaks reads every commit of the change; for an organisation its action wants a licence key, which gitleaks.io gives out:

```yaml
- uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
  with: {fetch-depth: 0}
- uses: gitleaks/gitleaks-action@e0c47f4f8be36e29cdc102c57e68cb5cbf0e8d1e # v3.0.0
  env: {GITHUB_TOKEN: "${{ secrets.GITHUB_TOKEN }}", GITLEAKS_LICENSE: "${{ secrets.GITLEAKS_LICENSE }}"}
```

GitHub's own secret scanning and push protection are settings of the repository, which a tree doesn't show. Public
repositories have them unless somebody turned them off, so there the gap weighs less.

## Gap

```python app.py
print("hello")
```
```yaml .github/workflows/ci.yml
on: push
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: pytest}]}}
```

## No gap

### In CI

```python app.py
print("hello")
```
```yaml .github/workflows/ci.yml
on: push
jobs: {scan: {runs-on: ubuntu-24.04, steps: [{uses: trufflesecurity/trufflehog@v3}]}}
```

### Before every commit

```python app.py
print("hello")
```
```yaml .github/workflows/ci.yml
on: push
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: pytest}]}}
```
```yaml .pre-commit-config.yaml
repos:
  - repo: https://github.com/gitleaks/gitleaks
    rev: v8.24.0
    hooks: [{id: gitleaks}]
```
"""

from collections.abc import Iterator

from checks.derived.ci_commands import CiAction, CiCommand, ContinuousIntegration
from checks.derived.image_scans import scans_image
from checks.derived.security_scans import SECRETS, CheckedCode, is_hook
from checks.derived.supply_chain.licenses import PublicProject
from checks.model import Finding, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=CheckedCode, effort=(0.25, 1.0), proof=Proof.ABSENCE)
def no_secret_scan_in_ci(snapshot: Snapshot) -> Iterator[Finding]:
    if is_hook(snapshot, SECRETS):
        return
    message = "Neither CI nor a pre-commit hook runs a secret scanner."
    severity = None if snapshot.derived(CheckedCode).is_service else Severity.MEDIUM
    if len(snapshot.derived(PublicProject)):  # GitHub scans what is public by itself
        severity = Severity.LOW
    yield from SECRETS.missing(
        snapshot.derived(ContinuousIntegration),
        "secret scan",
        message,
        severity=severity,
        counts=_reads_files,
    )


def _reads_files(found: CiCommand | CiAction | str) -> bool:
    """Trivy looks for secrets in what it is given: in an image that is not the change."""
    return (
        isinstance(found, str)
        or "trivy" not in (found.text if isinstance(found, CiCommand) else found.name)
        or not scans_image(found)
    )
