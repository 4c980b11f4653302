"""A test file that touches no product code.

It imports nothing of the repository, directly or through helpers, and drives it in no other way (no process,
request, browser or file). It tests a copy of the code, or its own mocks, and stays green whatever happens.

## Fix

Import the code under test and assert on what it does.

```python
from app.billing import charge
```

## Gap

```python app/billing.py
def charge(amount):
    return amount * 2
```

```python tests/test_billing.py
from unittest.mock import Mock  ← gap


def test_charge():
    billing = Mock()
    billing.charge.return_value = 4
    assert billing.charge(2) == 4
```

## No gap

```python app/billing.py
def charge(amount):
    return amount * 2
```

```python tests/test_billing.py
from app.billing import charge


def test_charge():
    assert charge(2) == 4
```
"""

from collections.abc import Iterator

from checks.derived.benchmarks import Benchmarks
from checks.derived.import_graph import ImportGraph
from checks.derived.tests.simulated_tests import SimulatedTests
from checks.derived.tests.tests_reach import TestsReach
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.HIGH,
    about=(TestsReach, Benchmarks, SimulatedTests),
    blocks=Stage.PRODUCTION,
    effort=(1.0, 6.0),
)
def test_imports_no_product_code(snapshot: Snapshot) -> Iterator[Finding]:
    for benchmark in snapshot.derived(Benchmarks).all:
        if benchmark.exercises_product is False:
            message = "A benchmark that uses nothing of the repository: it measures itself."
            yield _gap(benchmark.path, message, 1, Evidence("looked for a use of the tree's own crates"))
    simulations = snapshot.derived(SimulatedTests).all
    for simulated in simulations:
        message = f"{len(simulated.sleeps)} tests sleep and count; none imports the repository's own code."
        places = tuple(
            Evidence(f"`{test}` sleeps", simulated.path, line) for test, line in simulated.sleeps[:5]
        )
        said = Evidence("says that it simulates", simulated.path, simulated.said)
        yield _gap(simulated.path, message, simulated.said, said, *places)
    graph = snapshot.derived(ImportGraph)
    aside = {missing.source for missing in graph.missing} | {simulated.path for simulated in simulations}
    for module in snapshot.derived(TestsReach).modules:
        if module.product or module.drives_otherwise or module.path in aside:
            continue
        outside = {found.name for found in graph.third_party if found.source == module.path}
        if _may_be_first_party(snapshot, outside):
            continue
        count = len(module.facts.tests)
        message = f"{count} test{'s' if count != 1 else ''} and no import of the repository's own code."
        imports = ", ".join(sorted(outside)) or "nothing but the standard library"
        looked = Evidence("looked for imports, processes, requests, files")
        yield _gap(module.path, message, 1, Evidence(f"imports {imports}", module.path, 1), looked)


def _gap(path: str, message: str, line: int, *evidence: Evidence) -> Gap:
    return Gap(path.rpartition("/")[2], message, path, line, evidence)


def _may_be_first_party(snapshot: Snapshot, names: set[str]) -> bool:
    """Whether an import that was not found may mean a folder of this tree."""
    folders = {folder.rpartition("/")[2].replace("-", "_") for folder in snapshot.folders}
    return bool(names & folders)
