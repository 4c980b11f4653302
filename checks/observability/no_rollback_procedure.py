"""No document says how to take a release back.

A bad release is best answered by going back first and looking for the cause afterwards. Whoever has to find out during
the outage which command does that, and whether the database allows it, prolongs the outage.

## Fix

Write down the command and what to check before it, and try it once:

````markdown docs/rollback.md
# Roll back a release
1. A release with a migration: run `alembic downgrade -1` first.
2. `kubectl rollout undo deployment/orders`
3. `kubectl rollout status deployment/orders` says when the old one is back.
````

## Gap

```python main.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/orders")
def order(body: dict) -> str:
    return "ok"
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```

## No gap

```python main.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/orders")
def order(body: dict) -> str:
    return "ok"
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```
````markdown docs/operate.md
# Operating orders

## Roll back a release

`kubectl rollout undo deployment/orders`
````
"""

import re
from collections.abc import Iterator

from checks.derived.operated_services import OperatedServices
from checks.derived.procedures import Procedures
from checks.model import Finding, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot

_WORDS = re.compile(
    r"\broll(?:ing|ed)?[- ]?backs?\b|\bdowngrad\w+|\brevert(?:ing)? (?:a |the )?(?:release|deploy\w*|version)|\bprevious (?:version|release)|\bundo\b"
)


@check(severity=Severity.MEDIUM, about=OperatedServices, proof=Proof.ABSENCE, effort=(1.0, 4.0))
def no_rollback_procedure(snapshot: Snapshot) -> Iterator[Finding]:
    procedures = snapshot.derived(Procedures)
    if next(procedures.about(_WORDS), None) is None:
        looked_for = f"rolling back, reverting or downgrading in the names and headings of {procedures.documents} documents"
        services = snapshot.derived(OperatedServices)
        yield services.without("rollback", "no document says how to take a release back", looked_for)
