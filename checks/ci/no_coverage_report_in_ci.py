"""Coverage is set up, and CI doesn't measure it.

Nobody sees which code the tests leave out, and nobody notices when a change brings code without tests. A figure that only
somebody's machine knows is not looked at before a merge.

## Fix

Measure where the tests run already, show the figure, and fail below the one of today:

```yaml
- run: pytest --cov=shop --cov-report=term-missing --cov-fail-under=61   # from the package pytest-cov
```

Go: `go test -coverprofile=cover.out ./...`. Rust: `cargo llvm-cov`. JavaScript: `vitest run --coverage`.

## Gap

```toml pyproject.toml
[tool.coverage.run]  ← gap
branch = true
```
```python tests/test_app.py
def test_app(): assert 1 + 1 == 2
```
```yaml .github/workflows/ci.yml
on: pull_request
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: pytest}]}}
```

## No gap

```toml pyproject.toml
[tool.coverage.run]
branch = true
```
```python tests/test_app.py
def test_app(): assert 1 + 1 == 2
```
```yaml .github/workflows/ci.yml
on: pull_request
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: pytest --cov=shop}]}}
```
"""

from collections.abc import Iterator

from checks.derived.ci.measured_coverage import ConfiguredCoverage, MeasuredCoverage
from checks.derived.ci_commands import ContinuousIntegration
from checks.model import Evidence, Finding, Gap, Met, Proof, Severity, Stage, Undecided
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.LOW,
    about=ConfiguredCoverage,
    blocks=Stage.NONE,
    effort=(0.25, 2.0),
    proof=Proof.ABSENCE,
)
def no_coverage_report_in_ci(snapshot: Snapshot) -> Iterator[Finding]:
    ci, coverage = snapshot.derived(ContinuousIntegration), snapshot.derived(MeasuredCoverage)
    if by := coverage.measured_by:
        first = coverage.marks[0] if coverage.marks else by
        yield Met("coverage", (Evidence(f"measures it now: {by.what}", by.path, by.line),), first.path)
        return
    if ci.opaque:
        what, path, line = ci.opaque[0]
        yield Undecided(f"{path}:{line} calls {what}, which can't be read; it may measure coverage", path)
        return
    first = coverage.marks[0]
    message = f"Coverage is set up in `{first.path}` ({first.what}), and CI runs the tests without it."
    marks = tuple(Evidence(mark.what, mark.path, mark.line) for mark in coverage.marks[:5])
    looked = Evidence(
        f"looked for --cov, coverage, llvm-cov, -coverprofile among {len(ci.commands)} commands of CI"
    )
    yield Gap("coverage", message, first.path, first.line, (*marks, looked))
