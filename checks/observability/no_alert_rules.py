"""Nobody is told when the service fails.

Metrics and dashboards help those who look. At night nobody looks: without a rule that compares a number with a limit
and wakes somebody, the first to notice an outage are the users, and an expired certificate is found by its expiry.

## Fix

Prometheus collects a service's numbers and compares them with rules; its Alertmanager then tells people. Keep the rules beside
the code, and let CI check them with `promtool check rules deploy/rules.yml`:

```yaml deploy/rules.yml
groups:
  - name: orders
    rules:
      - alert: OrdersDown
        expr: up{job="orders"} == 0
        for: 5m
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
```yaml deploy/rules.yaml
groups:
  - name: orders
    rules:
      - alert: OrdersFailing
        expr: rate(orders_failed_total[5m]) > 0.1
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
def no_alert_rules(snapshot: Snapshot) -> Iterator[Finding]:
    if not snapshot.derived(Operations).has(Operation.ALERTS):
        looked_for = "Prometheus rules, Alertmanager, alarms of cloud providers and monitors of hosted services in all configuration"
        services = snapshot.derived(OperatedServices)
        yield services.without("alert rules", "no alert rule watches it", looked_for)
