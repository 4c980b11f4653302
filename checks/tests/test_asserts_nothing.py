"""A test that can't fail on a wrong result.

It runs code and checks nothing, or asserts what always holds (`assert True`, `len(x) >= 0`). A wrong result passes.

## Fix

Assert on the outcome that the test is named for.

```python tests/test_queue.py
from app.queue import Queue
def test_queue_is_filled():
    queue = Queue()
    queue.put("a")
    assert queue.items == ["a"]
```

## Gap

```python tests/test_queue.py
from app.queue import Queue


def test_queue_is_filled():  ← gap
    queue = Queue()
    queue.put("a")


def test_queue_has_length():
    assert len(Queue().items) >= 0  ← gap
```

```python app/queue.py
class Queue: items = []
```

## No gap

```python tests/test_queue.py
import pytest

from app.queue import Queue


def test_queue_refuses_none():
    with pytest.raises(ValueError):
        Queue().put(None)
```

```python app/queue.py
class Queue:
    def put(self, item): raise ValueError(item)
```
"""

import re
from collections.abc import Iterator

from checks.derived.tests.go_assertions import GoAssertions
from checks.derived.tests.tests_reach import TestsReach
from checks.facts.python_tests import PythonTest
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

# A test that says it only wants no error keeps its word.
_SMOKE = re.compile(
    r"smoke|import|no_(?:error|crash|exception|raise)|without|does_?n.?t|not_(?:raise|fail|crash)|runs?\b|start|init|construct|creat|instantiat|can_|ok$|noop|compile|works|valid|accept|allow|permit|pass|close|unique|idempotent|benchmark|perf|safe"
)


@check(severity=Severity.MEDIUM, about=(TestsReach, GoAssertions), blocks=Stage.NONE, effort=(0.25, 1.0))
def test_asserts_nothing(snapshot: Snapshot) -> Iterator[Finding]:
    yield from (found.gap() for found in snapshot.derived(GoAssertions).own_literals)
    for module in snapshot.derived(TestsReach).modules:
        if not module.product and not module.drives_otherwise:
            continue
        for test in module.facts.tests:
            if test.skipped or test.is_empty:
                continue
            alone = len(test.vacuous) == test.asserts
            for text, line in test.vacuous:
                note = "its only assertion" if alone else "beside others"
                evidence = (Evidence(note, module.path, line),)
                severity = None if alone else Severity.LOW
                yield Gap(test.name, f"`assert {text}` always holds.", module.path, line, evidence, severity)
            if test.asserts == 0 and _claims_more(test, module.facts.helpers):
                message = "Runs code and checks nothing of what it does."
                evidence = (
                    Evidence("no assert, raises, or call that checks anything", module.path, test.line),
                )
                yield Gap(test.name, message, module.path, test.line, evidence)


def _claims_more(test: PythonTest, known: tuple[str, ...]) -> bool:
    """Neither a smoke test by its name nor one that a fixture or helper may check."""
    words = test.name.rpartition(".")[2].lower()
    helped = any(
        call.startswith("_") or call.rpartition(".")[2] in known or "run" in call for call in test.calls
    )
    return bool(test.calls) and not _SMOKE.search(words) and not helped and not test.fixtures
