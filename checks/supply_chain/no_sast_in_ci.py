"""No static security analysis runs in CI.

Injection, unsafe deserialisation, missing escaping: patterns like these are found by a machine in seconds and overlooked
by tired reviewers. Without such a tool they are found by whoever attacks the service.

## Fix

CodeQL, GitHub's own, follows a value from where a user enters it to where it does harm; for private repositories it is paid for:

```yaml .github/workflows/codeql.yml
on:
  push: {branches: [main]}
  pull_request:
jobs:
  codeql:
    permissions: {security-events: write, contents: read}
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - uses: github/codeql-action/init@e4fba868fa4b1b91e1fdab776edc8cfbe6e9fb81 # v4.37.3
      - uses: github/codeql-action/analyze@e4fba868fa4b1b91e1fdab776edc8cfbe6e9fb81 # v4.37.3
```

CodeQL's default setup is a setting of the repository, which a tree doesn't show. Without GitHub: `pipx run semgrep scan --error`.

## Gap

```python app.py
print("hello")
```
```yaml .github/workflows/ci.yml
on: push
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: pytest}]}}
```

## No gap

```python app.py
print("hello")
```
```yaml .github/workflows/ci.yml
on: push
jobs: {scan: {runs-on: ubuntu-24.04, steps: [{run: bandit -r .}]}}
```
"""

from collections.abc import Iterator

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.security_scans import SAST, CheckedCode, is_hook, lints_for_security
from checks.derived.supply_chain.licenses import PublicProject
from checks.model import Finding, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=CheckedCode, blocks=Stage.NONE, effort=(0.5, 4.0), proof=Proof.ABSENCE)
def no_sast_in_ci(snapshot: Snapshot) -> Iterator[Finding]:
    if is_hook(snapshot, SAST) or lints_for_security(snapshot):
        return
    message = "No command or action of CI analyses the code for security weaknesses."
    is_seen_otherwise = len(snapshot.derived(PublicProject))  # CodeQL's default setup costs it nothing
    severity = None if snapshot.derived(CheckedCode).is_service and not is_seen_otherwise else Severity.LOW
    yield from SAST.missing(
        snapshot.derived(ContinuousIntegration), "static security analysis", message, severity=severity
    )
