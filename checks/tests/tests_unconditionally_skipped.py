"""A test that is skipped whatever the circumstances.

It counts as a test and proves nothing: the behaviour it once guarded can break unseen. Skips tend to outlive
their reason; nobody is told when the reason goes away.

## Fix

Repair or delete it; where it depends on a platform or service, skip on that condition.

```python
@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
```

## Gap

```python tests/test_billing.py
import pytest


@pytest.mark.skip(reason="flaky")  ← gap
def test_charge():
    assert charge(2) == 4
```

```go store_test.go
package store

import "testing"

func TestSave(t *testing.T) {
        t.Skip("needs a database") // ← gap
}
```

## No gap

```python tests/test_billing.py
import sys

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_charge():
    assert charge(2) == 4
```

```go store_test.go
package store

import "testing"

func TestSave(t *testing.T) {
        if testing.Short() {
                t.Skip("slow")
        }
}
```
"""

from collections.abc import Iterator

from checks.facts.go_source import GoSource
from checks.facts.python_tests import PythonTests
from checks.facts.roles import Role
from checks.facts.source import Call, Definition
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_GO_SKIPS = ("t.Skip", "t.Skipf", "t.SkipNow", "b.Skip")


@check(severity=Severity.MEDIUM, about=(PythonTests, GoSource), blocks=Stage.NONE, effort=(0.25, 4.0))
def tests_unconditionally_skipped(snapshot: Snapshot) -> Iterator[Finding]:
    for path, facts in snapshot.files(PythonTests):
        if snapshot.role(path) is not Role.TEST:
            continue
        if facts.skipped:
            yield _gap(path, path.rpartition("/")[2], facts.skipped, facts.skipped_line)
            continue
        for test in facts.tests:
            if test.skipped:
                yield _gap(path, test.name, test.skipped, test.skipped_line)
    for path, source in snapshot.files(GoSource):
        for defined in source.definitions if path.endswith("_test.go") else ():
            first = _first_call(source, defined)
            if first and first.callee in _GO_SKIPS and first.line == defined.line + 1:
                text = first.arguments[0].text if first.arguments else first.callee
                yield _gap(path, defined.name, text, first.line)


def _first_call(source: GoSource, defined: Definition) -> Call | None:
    """The first thing that a Go test calls."""
    calls = (call for call in source.calls if call.inside == defined.name and call.line > defined.line)
    return min(calls, key=lambda call: call.line, default=None) if defined.name.startswith("Test") else None


def _gap(path: str, name: str, how: str, line: int) -> Gap:
    return Gap(name, f"Never runs: {how}.", path, line, (Evidence("no condition on it", path, line),))
