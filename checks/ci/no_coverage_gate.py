"""Coverage is measured in CI, and no figure fails it.

The figure sinks by a few tenths with every change that brings no tests, and each time nobody is asked. After a year the code
that changes most is what the tests know least.

## Fix

Set the threshold to what is measured today, so that it can only rise:

```toml pyproject.toml
[tool.coverage.report]
fail_under = 61
```

Rust: `cargo llvm-cov --fail-under-lines 61`. Vitest and Jest know `thresholds` and `coverageThreshold`. Codecov and Coveralls
fail the commit's status by themselves, unless they are told to inform only.

## Gap

### No threshold

```python tests/test_app.py
def test_app(): assert 1 + 1 == 2
```
```yaml .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: pytest --cov=shop  ← gap
```

### A service that only informs

```python tests/test_app.py
def test_app(): assert 1 + 1 == 2
```
```yaml codecov.yml
coverage: {status: {project: {default: {informational: true}}, patch: off}}
```
```yaml .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: pytest --cov=shop  ← gap
      - uses: codecov/codecov-action@v5
```

## No gap

```python tests/test_app.py
def test_app(): assert 1 + 1 == 2
```
```yaml .github/workflows/ci.yml
on: pull_request
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: pytest --cov=shop --cov-fail-under=80}]}}
```
"""

from collections.abc import Iterator

from checks.derived.ci.measured_coverage import CoverageRuns, MeasuredCoverage
from checks.derived.ci_commands import ContinuousIntegration
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage, Undecided
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=CoverageRuns, blocks=Stage.NONE, effort=(0.25, 1.0), proof=Proof.ABSENCE)
def no_coverage_gate(snapshot: Snapshot) -> Iterator[Finding]:
    ci, coverage = snapshot.derived(ContinuousIntegration), snapshot.derived(MeasuredCoverage)
    run = coverage.measured_by
    if run is None or coverage.is_judged:
        return
    if coverage.is_judged is None or (ci.opaque and coverage.silent is None):
        yield Undecided("what runs the tests may hold a threshold that can't be read", run.path)
        return
    how = f"`{coverage.silent}` only informs" if coverage.silent else "no threshold stands anywhere"
    silent = (Evidence("fails nothing", coverage.silent),) if coverage.silent else ()
    evidence = (
        Evidence("measures", run.path, run.line),
        *silent,
        Evidence("looked for fail_under and the like"),
    )
    yield Gap("threshold", f"CI measures coverage with {run.what}, and {how}.", run.path, run.line, evidence)
