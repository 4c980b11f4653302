"""A test that is skipped whatever the circumstances.

It counts as a test and proves nothing: the behaviour it once guarded can break unseen. Skips outlive their reason.

## Fix

Repair or delete it; where it depends on a platform or service, skip on that condition.

```python tests/test_billing.py
@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_charge():
    assert charge(2) == 4
```

## Gap

```python tests/test_billing.py
@pytest.mark.skip(reason="flaky")  ← gap
def test_charge():
    assert charge(2) == 4
```

```go store_test.go
package store

func TestSave(t *testing.T) {
        t.Skip("needs a database") // ← gap
}
```

## No gap

```python tests/test_billing.py
@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_charge():
    assert charge(2) == 4
```

```go store_test.go
package store

func TestSave(t *testing.T) {
        if testing.Short() {
                t.Skip("slow")
        }
}
```
"""

from collections.abc import Iterator

from checks.facts.go_tests import GoTests
from checks.facts.javascript_source import JavaScriptSource
from checks.facts.python_tests import PythonTests
from checks.facts.roles import Role
from checks.facts.source import Source
from checks.facts.typescript_source import TypeScriptSource
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_SCRIPTS = (JavaScriptSource, TypeScriptSource)
_SKIPS = frozenset({"it.skip", "test.skip", "describe.skip", "xit", "xdescribe", "xtest", "suite.skip"})


@check(
    severity=Severity.MEDIUM, about=(PythonTests, GoTests, *_SCRIPTS), blocks=Stage.NONE, effort=(0.25, 4.0)
)
def tests_unconditionally_skipped(snapshot: Snapshot) -> Iterator[Finding]:
    tests: list[tuple[str, PythonTests | GoTests]] = [*snapshot.files(PythonTests), *snapshot.files(GoTests)]
    for path, facts in tests:
        if snapshot.role(path) is Role.TEST:
            yield from _skipped(path, facts)
    for kind in _SCRIPTS:
        for path, source in snapshot.files(kind):
            if snapshot.role(path) is Role.TEST:
                yield from _scripts(path, source)


def _skipped(path: str, facts: PythonTests | GoTests) -> Iterator[Gap]:
    if isinstance(facts, PythonTests) and facts.skipped:
        yield _gap(path, path.rpartition("/")[2], facts.skipped, facts.skipped_line)
        return
    for test in facts.tests:
        if test.skipped:
            yield _gap(path, test.name, test.skipped, test.skipped_line)


def _scripts(path: str, source: Source) -> Iterator[Gap]:
    for call in source.calls:
        name = call.arguments[0].text if len(call.arguments) > 1 and call.arguments[0].literal else ""
        if call.callee in _SKIPS and name and name not in ("true", "false"):  # NOTE: those are conditions
            yield _gap(path, name, f"{call.callee}({name!r})", call.line)


def _gap(path: str, name: str, how: str, line: int) -> Gap:
    return Gap(name, f"Never runs: {how}.", path, line, (Evidence("no condition on it", path, line),))
