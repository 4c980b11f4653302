"""Code that nothing in production imports.

It was written, often tested, and is in the tree, but no entry point that ships reaches it: the running system
does not contain the feature. Reviews and coverage both look fine, because only tests (or nothing) import it.
A package unreachable as a whole is one gap, and so is a service that nothing deploys.

## Fix

Import and use it from what is started, or delete it together with its tests.

## Gap

```python app/main.py
from fastapi import FastAPI

app = FastAPI()
```

```python app/billing.py
def charge(amount: int) -> int:  ← gap
    return amount
```

```python tests/test_billing.py
from app.billing import charge


def test_charge():
    assert charge(1) == 1
```

## No gap

```python app/main.py
from fastapi import FastAPI

from app.billing import charge

app = FastAPI(on_startup=[charge])
```

```python app/billing.py
def charge(amount: int) -> int:
    return amount
```
"""

from collections.abc import Iterator

from checks.derived.unreachable import Unreachable, UnreachableCode
from checks.derived.wiring.undeployed import UndeployedServices
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_SHOWN = 4


@check(
    severity=Severity.HIGH, about=Unreachable, blocks=Stage.PRODUCTION, effort=(1.0, 8.0), proof=Proof.ABSENCE
)
def module_never_imported(snapshot: Snapshot) -> Iterator[Finding]:
    for code in snapshot.derived(Unreachable).code:
        line = 1 if code.files == (code.path,) else None
        severity = Severity.MEDIUM if code.library or code.is_data or code.is_left_over else None
        yield Gap(_subject(code.path), _message(code), code.path, line, tuple(_evidence(code)), severity)
    for service in snapshot.derived(UndeployedServices).services:
        message = "Nothing deploys this service, though the services beside it are deployed."
        subject = _subject(service.path.rpartition("/")[0]) or service.path
        yield Gap(subject, message, service.path, service.line, service.evidence(), Severity.MEDIUM)


def _subject(path: str) -> str:
    """The name without what stands above it, so that it survives a move."""
    return path.rpartition("/")[2]


def _message(code: UnreachableCode) -> str:
    what = f"{len(code.files)} modules, {code.lines} lines" if len(code.files) > 1 else f"{code.lines} lines"
    by = "only tests reach it" if code.tests else "nothing reaches it, not even a test"
    if code.importers:
        by += f"; it is imported only by code that is itself unreachable ({code.importers[0][0]})"
    if code.library:
        by += "; its crate is published as a library too"
    thing = "This module" if code.files == (code.path,) else "This package"
    return f"{thing} ({what}) is reachable from no entry point that ships: {by}."


def _evidence(code: UnreachableCode) -> Iterator[Evidence]:
    for point in code.considered[:_SHOWN]:
        yield from point.evidence()
    if (more := len(code.considered) - _SHOWN) > 0:
        yield Evidence(f"looked from {more} more entry points")
    for test in code.tests[:_SHOWN]:
        yield Evidence("a test reaches it", test, 1)
    for path, line in code.importers[:_SHOWN]:
        yield Evidence("imported here, by code that is unreachable too", path, line)
    if code.files != (code.path,):
        for path in code.files[:10]:
            yield Evidence("unreachable", path, 1)
