"""Tests that can't be collected, so that nothing they guard is tested.

pytest fails on the file before any test in it runs. Where tests are run file by file, selected by name, or their
failure is not looked at, the suite simply gets smaller and nobody notices.

## Fix

Give every folder between the tests' root and the tests an `__init__.py` (or none of them), or import by
`importlib`; repair or guard the import that leads nowhere.

```toml
[tool.pytest.ini_options]
addopts = ["--import-mode=importlib"]
pythonpath = ["."]
```

## Gap

```python core/__init__.py
```

```python core/billing.py
def charge(amount): return amount
```

```python tests/core/__init__.py
# ← gap
```

```python tests/core/test_billing.py
from core.billing import charge


def test_charge():
    assert charge(1) == 1
```

## No gap

```python core/__init__.py
```

```python core/billing.py
def charge(amount): return amount
```

```python tests/core/test_billing.py
from core.billing import charge


def test_charge():
    assert charge(1) == 1
```
"""

from collections.abc import Iterator

from checks.derived.tests.fixtures_in_scope import FixturesInScope
from checks.derived.tests.test_collection import TestCollection
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_SHOWN = 10


@check(severity=Severity.HIGH, about=TestCollection, blocks=Stage.PRODUCTION, effort=(0.25, 2.0))
def test_cannot_be_collected(snapshot: Snapshot) -> Iterator[Finding]:
    collection = snapshot.derived(TestCollection)
    for found in collection.shadowing:
        message = (
            f"pytest puts {found.base or 'the root'} first on sys.path, so `{found.name}` is this package and not {found.source}: "
            f"{_count(len(found.tests))} that import it can't be collected."
        )
        evidence = tuple(Evidence(f"imports {found.name}", path, line) for path, line in found.tests[:_SHOWN])
        yield Gap(found.name, message, found.package, 1, (*evidence, Evidence("what is meant", found.source)))
    for chain in collection.chains:
        message = f"`{chain.imported}` is not in the tree: {_count(len(chain.tests))} that import this module can't be collected."
        evidence = tuple(Evidence("imports it, directly or not", path, 1) for path in chain.tests[:_SHOWN])
        yield Gap(chain.imported, message, chain.module, chain.line, evidence)
    for wanted in snapshot.derived(FixturesInScope).missing:
        places = tuple(Evidence("defined here, out of scope", path, line) for path, line in wanted.elsewhere)
        where = "defined only out of its scope" if places else "defined nowhere"
        message = f"The fixture `{wanted.fixture}` is {where}: {wanted.test} fails before it starts."
        looked = (*places, Evidence("looked in the file, its conftest.py files, imports and known plugins"))
        yield Gap(wanted.fixture, message, wanted.path, wanted.line, looked)


def _count(tests: int) -> str:
    return f"{tests} test file{'s' if tests != 1 else ''}"
