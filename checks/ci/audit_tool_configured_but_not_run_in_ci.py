"""An audit tool is configured, but CI doesn't run it.

Its configuration promises a gate that no change passes through. People see `deny.toml` or `.gitleaks.toml` and take
it for granted that licences are judged and keys are found; a release ships exactly as if the tool weren't there.

## Fix

Run the tool where every change goes through, so that it can fail the build, or delete its configuration. Here cargo-deny, which
compares the licences and known weaknesses of a Rust program's dependencies with `deny.toml`:

```yaml .github/workflows/licences.yml
on: pull_request
permissions: {contents: read}
jobs:
  licences:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - uses: EmbarkStudios/cargo-deny-action@3c6349835b2b7b196a839186cb8b78e02f7b5f25 # v2.1.1
```

## Gap

### Licences and sources are judged by nobody

```toml deny.toml
[licenses]  ← gap
allow = ["MIT"]
```
```yaml .github/workflows/ci.yml
on: pull_request
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: cargo test}]}}
```

### A table in pyproject.toml

```toml pyproject.toml
[tool.bandit]  ← gap
exclude_dirs = ["tests"]
```
```yaml .gitlab-ci.yml
test: {script: [pytest]}
```

## No gap

```toml deny.toml
[licenses]
allow = ["MIT"]
```
```makefile Makefile
audit: ; cargo deny check
```
```yaml .github/workflows/ci.yml
on: pull_request
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: make audit}]}}
```
"""

from collections.abc import Iterator

from checks.derived.ci.configured_tools import ConfiguredTools
from checks.derived.ci_commands import ContinuousIntegration
from checks.model import Evidence, Finding, Gap, Met, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=ConfiguredTools, effort=(0.5, 2.0), proof=Proof.ABSENCE)
def audit_tool_configured_but_not_run_in_ci(snapshot: Snapshot) -> Iterator[Finding]:
    ci = snapshot.derived(ContinuousIntegration)
    for found in snapshot.derived(ConfiguredTools).tools:
        if found.run_by:
            yield Met(found.tool.name, found.run_by, found.path)
            continue
        if doubt := found.tool.runs.doubt(ci, f"it may run {found.tool.name}"):
            yield doubt
            continue
        yield Gap(
            subject=found.tool.name,
            message=f"`{found.place}` configures {found.tool.name}; no pipeline, and nothing that one calls, runs it.",
            path=found.path,
            line=found.line,
            evidence=(Evidence("configured here", found.path, found.line), *found.tool.runs.looked_for(ci)),
            severity=found.tool.severity,
        )
