"""A test that needs a running service which nothing starts.

It fails on every machine where nobody happened to start the service, so it is left out, ignored, or run by hand: the
path it covers isn't tested on a change.

## Fix

Start the service in a fixture or in the job, or mark the test and leave it out by default.

```python
@pytest.fixture(scope="session")
def api():
    with DockerContainer("shop").with_exposed_ports(8080) as container:
        yield f"http://localhost:{container.get_exposed_port(8080)}"
```

## Gap

```python tests/test_orders.py
import requests

BASE = "http://localhost:8080"  # ← gap


def test_orders():
    assert requests.get(f"{BASE}/orders").status_code == 200
```

## No gap

```python tests/test_orders.py
import requests
import responses


@responses.activate
def test_orders():
    assert requests.get("http://localhost:8080/orders").status_code == 200
```
"""

from collections.abc import Iterator

from checks.derived.tests.live_tests import LiveTests
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=LiveTests, blocks=Stage.NONE, effort=(1.0, 6.0))
def test_requires_live_service(snapshot: Snapshot) -> Iterator[Finding]:
    for test in snapshot.derived(LiveTests).all:
        places = tuple(Evidence(note, path, line) for path, line, note in test.because)
        looked = Evidence("looked for a fixture, a stand-in, a skip, or a job that starts it")
        message = f"Needs a service at {test.address}, and nothing starts one."
        yield Gap(test.path.rpartition("/")[2], message, test.path, test.line, (*places, looked))
