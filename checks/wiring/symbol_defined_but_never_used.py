"""Code that only its tests use.

The function or class is written, tested and documented, and nothing that ships calls it: the feature is not in the product, and
coverage looks as if it were. So are a factory that nothing calls, a way back of migrations that nothing takes, unused test helpers.

## Fix

Call it where it belongs, or delete it with its tests.

## Gap

```python app/main.py
from fastapi import FastAPI

from app import billing

app = FastAPI()
billing.charge(1)
```

```python app/billing.py
def charge(amount):
    return amount


def refund(amount):  ← gap
    return -amount
```

```python tests/test_billing.py
from app.billing import refund


def test_refund():
    assert refund(1) == -1
```

## No gap

```python app/main.py
from app.billing import refund

print(refund(1))
```

```python app/billing.py
def refund(amount):
    return -amount
```
"""

from collections.abc import Iterator
from itertools import groupby

from checks.derived.unused_support import Unused
from checks.derived.wiring.unused_symbols import UnusedSymbol, UnusedSymbols
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.MEDIUM,
    about=(UnusedSymbols, Unused),
    blocks=Stage.NONE,
    effort=(0.5, 8.0),
    proof=Proof.ABSENCE,
)
def symbol_defined_but_never_used(snapshot: Snapshot) -> Iterator[Finding]:
    unused = snapshot.derived(Unused)
    for folder, found in groupby(snapshot.derived(UnusedSymbols).symbols, key=lambda symbol: symbol.folder):
        yield _of_folder(folder, list(found))
    for support in unused.support:
        names = [Evidence(f"`{name}`", support.path, line) for name, line in support.names[:6]]
        message = "No test uses anything of this test support, and nothing else does."
        line = support.names[0][1]
        yield Gap(support.path.rpartition("/")[2], message, support.path, line, tuple(names), Severity.LOW)
    for rollback in unused.rollbacks:
        places = tuple(Evidence("`down` of a migration", path, line) for path, line in rollback.down[:6])
        message = (
            "Runs `up` of the migrations; nothing calls their `down`, so no migration can be taken back."
        )
        yield Gap("down", message, rollback.runner, 1, places)


def _of_folder(folder: str, symbols: list[UnusedSymbol]) -> Gap:
    """One gap for a package, at its file where that is only one."""
    files = {symbol.path for symbol in symbols}
    path = symbols[0].path if len(files) == 1 or not folder else folder
    names = ", ".join(f"`{symbol.name}`" for symbol in symbols[:6])
    names += f" and {len(symbols) - 6} more" if len(symbols) > 6 else ""
    tested = any(symbol.tests for symbol in symbols)
    message = f"{'Only tests use' if tested else 'Nothing calls'} {names}."
    tests = sorted({test for symbol in symbols for test in symbol.tests})
    evidence = [Evidence(f"`{symbol.name}`", symbol.path, symbol.line) for symbol in symbols[:30]]
    evidence += [Evidence("a test uses it", test) for test in tests[:4]]
    evidence.append(Evidence("looked for these names in every source file but tests, and in string literals"))
    severity = Severity.LOW if all(symbol.public for symbol in symbols) else None
    line = None if path == folder else symbols[0].line
    return Gap(path.rpartition("/")[2], message, path, line, tuple(evidence), severity)
