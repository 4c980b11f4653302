"""A metric is defined and exported, and nothing that runs records it.

The dashboard shows a flat zero and the alert on it never fires, which reads as "no errors". The helper that would
count is there and has no caller.

## Fix

Record it where the thing it counts happens, or remove it.

```python
REQUESTS.inc()
```

## Gap

```python main.py
from prometheus_client import start_http_server

import metrics

start_http_server(9000)
print(metrics)
```

```python metrics.py
from prometheus_client import Counter

ORDERS = Counter("orders_total", "Orders")  ← gap


def record_order():
    ORDERS.inc()
```

```dockerfile Dockerfile
FROM python:3.12-slim
COPY . .
CMD ["python", "main.py"]
```

## No gap

```python main.py
from prometheus_client import start_http_server

import metrics

start_http_server(9000)
metrics.record_order()
```

```python metrics.py
from prometheus_client import Counter

ORDERS = Counter("orders_total", "Orders")


def record_order():
    ORDERS.inc()
```

```dockerfile Dockerfile
FROM python:3.12-slim
COPY . .
CMD ["python", "main.py"]
```
"""

from collections.abc import Iterator

from checks.derived.wiring.metrics import Metrics
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_SHOWN = 12


@check(
    severity=Severity.MEDIUM, about=Metrics, blocks=Stage.PRODUCTION, effort=(0.5, 3.0), proof=Proof.ABSENCE
)
def metric_defined_but_never_recorded(snapshot: Snapshot) -> Iterator[Finding]:
    for path, metrics in sorted(snapshot.derived(Metrics).unrecorded.items()):
        names = ", ".join(f"`{metric.name}`" for metric in metrics[:4]) + (
            ", ..." if len(metrics) > 4 else ""
        )
        evidence = tuple(
            Evidence(
                f"{metric.name}: recorded by {', '.join(metric.recorders) or 'nothing'}, which nothing calls",
                path,
                metric.line,
            )
            if metric.recorders
            else Evidence(f"{metric.name}: looked for a use, found none", path, metric.line)
            for metric in metrics[:_SHOWN]
        )
        message = f"{len(metrics)} metrics are defined and never recorded: {names}."
        if len(metrics) == 1:
            message = f"The metric {names} is defined and never recorded."
        yield Gap(path.rpartition("/")[2], message, path, metrics[0].line, evidence)
