"""A type checker is set up, and CI doesn't run it.

Types that nobody checks are comments: they drift from the code, and readers trust them. Calls with a wrong argument then
fail where the types said they couldn't.

## Fix

A type checker compares how values are used with the types that the code states, without running it. Add it as a step after
the dependencies are installed, whose types it reads; here mypy, for Python:

```yaml
- run: pip install . mypy
- run: mypy src
```

## Gap

```toml pyproject.toml
[tool.mypy]  ← gap
strict = true
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
[tool.mypy]
strict = true
```
```python app.py
print("hello")
```
```yaml .github/workflows/ci.yml
on: pull_request
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: mypy .}]}}
```
"""

from collections.abc import Iterator

from checks.derived.ci.configured_linters import ConfiguredTypeCheckers
from checks.derived.ci_commands import ContinuousIntegration
from checks.model import Evidence, Finding, Gap, Met, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=ConfiguredTypeCheckers, effort=(0.25, 4.0), proof=Proof.ABSENCE)
def type_check_not_run_in_ci(snapshot: Snapshot) -> Iterator[Finding]:
    ci = snapshot.derived(ContinuousIntegration)
    for found in snapshot.derived(ConfiguredTypeCheckers).all:
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
