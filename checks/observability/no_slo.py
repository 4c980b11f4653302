"""No document says how good the service has to be.

Without a number nobody can say whether last month was good enough, when to stop shipping features and repair, or how
loud an alert must be. Each outage becomes a matter of opinion.

## Fix

State one or two objectives, and measure them:

````markdown docs/slo.md
# Service level objectives
99.9 % of requests in 30 days answer without an error, 99 % of them within 300 ms.
While less than that was reached, we repair instead of shipping features.
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
````markdown docs/slo.md
# Service level objectives

99.9 % of requests answer without an error.
````
"""

import re
from collections.abc import Iterator

from checks.derived.operated_services import OperatedServices
from checks.derived.operations import Operation, Operations
from checks.derived.procedures import Procedures
from checks.model import Finding, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_WORDS = re.compile(
    r"\bslos?\b|\bslas?\b|service[- ]level|\berror budget|\bavailability (?:target|objective)"
)


@check(
    severity=Severity.LOW, about=OperatedServices, blocks=Stage.NONE, proof=Proof.ABSENCE, effort=(1.0, 4.0)
)
def no_slo(snapshot: Snapshot) -> Iterator[Finding]:
    procedures = snapshot.derived(Procedures)
    if next(procedures.about(_WORDS), None) is None and not snapshot.derived(Operations).has(
        Operation.OBJECTIVES
    ):
        looked_for = (
            f"service levels or error budgets in the names and headings of {procedures.documents} documents"
        )
        services = snapshot.derived(OperatedServices)
        yield services.without(
            "service level objectives", "no document says how good it has to be", looked_for
        )
