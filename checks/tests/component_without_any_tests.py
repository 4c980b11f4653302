"""A component that no test reaches.

It is built or deployed on its own and not one test imports any of it: whatever breaks in it is found in production.

## Fix

Begin with one test of its most important path, and run it in CI.

```python worker/tests/test_job.py
from worker.main import run
def test_parts_are_added():
    assert run([2, 3]) == 5
```

## Gap

```text worker/requirements.txt
redis
```

```python worker/main.py
LIMITS = [1]

def run(job):
    if not job:
        raise ValueError(job)
    total = 0
    for part in job:
        if part > 1:
            total += part
        elif part < 0:
            total -= part
        elif part == 0:
            total += 1
    for part in LIMITS:
        if part > 1:
            total += part
        elif part < 0:
            total -= part
        elif part == 0:
            total += 1
    return total


def retry(job):
    tries = 0
    while tries < 3:
        try:
            return run(job)
        except ValueError:
            tries += 1
    return None
```

## No gap

```text worker/requirements.txt
redis
```

```python worker/main.py
def run(job):
    if not job:
        raise ValueError(job)
    total = sum(job)
    return total
```

```python worker/tests/test_main.py
from main import run
```
"""

from collections.abc import Iterator

from checks.derived.tests.untested_code import UntestedModules
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_LARGE = 100  # lines of logic, below which it is a small helper


@check(
    severity=Severity.HIGH,
    about=UntestedModules,
    blocks=Stage.PRODUCTION,
    effort=(2.0, 16.0),
    proof=Proof.ABSENCE,
)
def component_without_any_tests(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(UntestedModules).components:
        name = found.folder or "the repository"
        stands = f"none of its {len(found.tests)} test files" if found.tests else "no test"
        message = f"{name} holds {found.lines} lines of logic in {len(found.files)} modules, and {stands} reaches any of it."
        modules = tuple(Evidence("holds logic", path) for path in found.files[:6])
        tests = tuple(Evidence("a test that imports none of it", path) for path in found.tests[:3])
        looked = Evidence("looked for an import, a route or a name of its modules in every test file")
        severity = None if found.lines >= _LARGE else Severity.MEDIUM
        yield Gap(name, message, found.folder or None, None, (*modules, *tests, looked), severity)
