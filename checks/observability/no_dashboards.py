"""No dashboard shows how the service fares.

In an outage everybody asks the same questions: since when, how many, which part. Without a prepared view each of them
writes queries by hand, and nobody has seen what normal looks like.

## Fix

Export the dashboard as JSON and provision it from the repository, so that it is reviewed with the metrics it shows:
`deploy/grafana/dashboards/orders.json`.

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
```json deploy/grafana/dashboards/orders.json
{"title": "Orders", "panels": []}
```
"""

from collections.abc import Iterator

from checks.derived.operated_services import OperatedServices
from checks.derived.operations import Operation, Operations
from checks.model import Finding, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.LOW, about=OperatedServices, blocks=Stage.NONE, proof=Proof.ABSENCE, effort=(1.0, 4.0)
)
def no_dashboards(snapshot: Snapshot) -> Iterator[Finding]:
    if not snapshot.derived(Operations).has(Operation.DASHBOARDS):
        looked_for = "dashboards of Grafana, cloud providers and hosted services in all configuration"
        services = snapshot.derived(OperatedServices)
        yield services.without("dashboards", "no dashboard shows its state", looked_for)
