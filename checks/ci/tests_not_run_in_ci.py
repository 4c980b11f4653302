"""There are tests, and CI doesn't run them.

Tests that run on somebody's machine, when that somebody thinks of it, hold no promise. A change that breaks them is
merged, and the next person can't tell their own failure from an old one.

## Fix

Run them on every pull request and on the default branch:

```yaml .github/workflows/test.yml
on: {push: {branches: [main]}, pull_request: {}}
permissions: {contents: read}
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - run: go test ./...   # pytest, npm test, cargo test
```

## Gap

### One language of two

```python tests/test_app.py
def test_app(): assert 1 + 1 == 2
```
```typescript web/src/app.test.ts
test("adds", () => { expect(1 + 1).toBe(2) })
```
```yaml .github/workflows/ci.yml
on: pull_request
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: pytest}]}}
```

### Only by hand

```go app_test.go
package app
```
```yaml .github/workflows/test.yml
{on: workflow_dispatch, jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: go test ./...}]}}}
```

## No gap

```python tests/test_app.py
def test_app(): assert 1 + 1 == 2
```
```makefile Makefile
test: ; python -m pytest -q
```
```yaml .github/workflows/ci.yml
on: pull_request
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: make test}]}}
```
"""

from collections.abc import Iterator

from checks.derived.ci.test_suites import TestSuite, TestSuites
from checks.derived.ci_capability import place_of
from checks.derived.ci_check_commands import TESTS
from checks.derived.ci_commands import ContinuousIntegration
from checks.model import Evidence, Finding, Gap, Met, Proof, Severity, Undecided
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=TestSuites, effort=(0.5, 4.0), proof=Proof.ABSENCE)
def tests_not_run_in_ci(snapshot: Snapshot) -> Iterator[Finding]:
    ci = snapshot.derived(ContinuousIntegration)
    for suite in snapshot.derived(TestSuites).all:
        if suite.runs:
            yield Met(suite.language, place_of(suite.runs[0]))
            continue
        if suite.maybe:
            reason = f"`{suite.maybe.text[:80]}` at {suite.maybe.path}:{suite.maybe.line} may run the {suite.language} tests"
            yield Undecided(reason, suite.maybe.path)
        elif ci.opaque:
            what, path, line = ci.opaque[0]
            yield Undecided(f"{path}:{line} calls {what}, which can't be read", path)
        else:
            yield _gap(suite, ci)


def _gap(suite: TestSuite, ci: ContinuousIntegration) -> Gap:
    count = f"{len(suite.files)} files of {suite.language} tests, first `{suite.files[0]}`"
    how = "no command of CI runs them"
    if suite.other_runs:
        how = "CI runs them only by hand, on a schedule or on tags"
    runs = (Evidence(f"`{run.text[:80]}`", run.path, run.line) for run in suite.other_runs[:3])
    looked = TESTS[suite.language].looked_for(ci)
    return Gap(
        suite.language,
        f"There are {count}; {how}.",
        evidence=(Evidence("tests", suite.files[0]), *runs, *looked),
        severity=Severity.MEDIUM if suite.is_end_to_end else None,
    )
