"""A test, or the script that runs it, skips or passes in the place of failing.

The failure it exists for is caught and turned into a skip, a return or nothing at all. The run stays green exactly
when the code is broken.

## Fix

Let the error through, or catch only what says that the environment lacks something.

```python
@pytest.mark.skipif(shutil.which("docker") is None, reason="needs docker")
def test_starts():
    assert start() == "ready"
```

## Gap

```python tests/test_start.py
import pytest
from app import start

def test_starts():
    try:
        assert start() == "ready"
    except Exception:  ← gap
        pytest.skip("start failed")
```
```python app.py
def start():
    return "ready"
```
```go store/store.go
package store
func Open() (*Store, error) { return nil, nil }
```
```go store/store_test.go
package store
import "testing"

func TestOpen(t *testing.T) {
        s, err := Open()
        if err != nil {
                t.Skip("can't open") // ← gap
        }
        s.Close()
}
```
```bash scripts/run-tests.sh
#!/usr/bin/env bash
if pytest tests/unit; then  ← gap
  echo "unit tests passed"
else
  echo "unit tests failed"
fi
```

## No gap

```python tests/test_start.py
import pytest
from app import start

def test_starts():
    try:
        import docker
    except ImportError:
        pytest.skip("needs docker")
    assert start() == "ready"
```
```python app.py
def start():
    return "ready"
```
"""

from collections.abc import Iterator

from checks.derived.tests.ignored_tests import IgnoredTests
from checks.derived.tests.swallowed_failures import SwallowedFailures
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.HIGH,
    about=(SwallowedFailures, IgnoredTests),
    blocks=Stage.PRODUCTION,
    effort=(0.25, 2.0),
)
def test_skips_on_failure(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(SwallowedFailures).places:
        evidence = (Evidence(found.why, found.path, found.line),)
        yield Gap(found.test, f"Doesn't fail when it should: {found.how}.", found.path, found.line, evidence)
    for path, ignored in snapshot.derived(IgnoredTests).by_script.items():
        first = ignored[0]
        message = f"`{path}` ends well when its tests fail: {first.why} (`{first.text[:80]}`)."
        places = tuple(Evidence(f"`{test.text[:80]}`: {test.why}", path, test.line) for test in ignored)
        yield Gap("exit status", message, path, first.line, places)
