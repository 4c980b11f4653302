"""A linter is set up, and CI doesn't run it.

Those who run it get findings of those who don't; after a while nobody runs it any more. What the linter would have caught
(unused errors, shadowed names, missing awaits) is then found in production.

## Fix

A linter reads code without running it, in seconds. Add it as a step to the workflow that runs the tests on pull requests,
with the command that developers use; here ruff, the linter for Python:

```yaml
- run: pipx run ruff check .
```

## Gap

```toml pyproject.toml
[tool.ruff]  ← gap
line-length = 100
```
```python app.py
print("hello")
```
```yaml .github/workflows/ci.yml
on: pull_request
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: pytest}]}}
```

## No gap

```toml pyproject.toml
[tool.ruff]
line-length = 100
```
```python app.py
print("hello")
```
```yaml .github/workflows/ci.yml
on: pull_request
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: ruff check .}]}}
```
"""

from collections.abc import Iterator

from checks.derived.ci.configured_linters import ConfiguredLinters
from checks.derived.ci_commands import ContinuousIntegration
from checks.model import Evidence, Finding, Gap, Met, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=ConfiguredLinters, effort=(0.25, 4.0), proof=Proof.ABSENCE)
def linter_not_run_in_ci(snapshot: Snapshot) -> Iterator[Finding]:
    ci = snapshot.derived(ContinuousIntegration)
    for found in snapshot.derived(ConfiguredLinters).all:
        if found.run_by:
            yield Met(found.name, found.run_by, found.path)
            continue
        if doubt := found.runs.doubt(ci, f"it may run {found.name}"):
            yield doubt
            continue
        runs = "nothing in CI runs it" if len(ci) else "there is no CI to run it"
        message = f"`{found.path}` sets up {found.name}, and {runs}."
        places = ((found.path, found.line), *found.also)
        configured = (Evidence("configured here", path, line) for path, line in places)
        evidence = (*configured, *found.runs.looked_for(ci))
        # Without any CI that is the cause, and a gap of its own.
        yield Gap(found.name, message, found.path, found.line, evidence, None if len(ci) else Severity.LOW)
