"""No dashboard shows how the service fares.

In an outage everybody asks the same questions: since when, how many, which part. Without a prepared view each of them
writes queries by hand, and nobody has seen what normal looks like.

## Fix

Grafana draws a service's numbers. Export the dashboard as JSON into the repository, so that it is reviewed with the metrics it
shows, and let Grafana load the folder (a `providers` entry in `provisioning/dashboards/`). The smallest one:

```json deploy/grafana/dashboards/orders.json
{
  "title": "Orders", "uid": "orders", "schemaVersion": 39,
  "panels": [{
    "title": "Requests per second", "type": "timeseries", "gridPos": {"x": 0, "y": 0, "w": 12, "h": 8},
    "targets": [{"expr": "sum(rate(http_requests_total[5m])) by (status)"}]
  }]
}
```

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
