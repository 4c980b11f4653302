"""Routes of a service that no test asks for.

Each is an entrance from outside: what it accepts, whom it lets in and what it answers is found out in production.

## Fix

Ask for each route once as it is meant to be used, and once as it must be refused.

```python tests/test_invoice.py
def test_an_invoice_is_shown(client):
    assert client.get("/orders/1/invoice").json() == "1"
```

## Gap

```text requirements.txt
fastapi
```

```python main.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders")
def orders():
    return []


@app.get("/orders/{number}/invoice")
def invoice(number):
    return number
```

```python tests/test_main.py
from main import app


def test_orders(client):
    assert client.get("/orders").json() == []
```

## No gap

```text requirements.txt
fastapi
```

```python main.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders/{number}/invoice")
def invoice(number):
    return number
```

```python tests/test_main.py
from main import app


def test_invoice(client):
    assert client.get("/orders/7/invoice").json() == 7
```
"""

from collections.abc import Iterator

from checks.derived.tests.untested_routes import UntestedRoutes
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage, Undecided
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.MEDIUM, about=UntestedRoutes, blocks=Stage.NONE, effort=(1.0, 8.0), proof=Proof.ABSENCE
)
def route_without_test(snapshot: Snapshot) -> Iterator[Finding]:
    untested = snapshot.derived(UntestedRoutes)
    for folder in untested.unasked:
        yield Undecided("no test asks for any route; they may go by a client that knows them", folder or None)
    for component in untested.components:
        name = component.folder or "the repository"
        message = f"No test asks for {len(component.routes)} of the {component.of} routes of {name}."
        routes = tuple(
            Evidence(f"`{one.address[:80]}` is asked for by no test", one.path, one.line)
            for one in component.routes[:20]
        )
        looked = Evidence("looked for the address and for the handler's name in every test file")
        yield Gap(f"routes of {name}", message, component.folder or None, None, (*routes, looked))
