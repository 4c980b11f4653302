"""A service exposes no metrics.

Without numbers from the running service (requests, errors, latency, queue length) nobody can say whether it is
healthy, alert on it, or see that a release made it worse. Logs tell one request's story; only metrics tell how
many. A metrics module that no entry point imports measures nothing, so it doesn't count.

## Fix

Serve `/metrics` with the client library of your language, or export through OpenTelemetry. Prometheus, which collects the numbers, asks
that address every few seconds:

```python main.py
from fastapi import FastAPI
from prometheus_client import make_asgi_app

app = FastAPI()
app.mount("/metrics", make_asgi_app())
```

## Gap

```python main.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders")
def orders() -> list[str]:
    return []
```
```python core/metrics.py
from prometheus_client import Counter

ORDERS = Counter("orders_total", "Orders")
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```

## No gap

```python main.py
from fastapi import FastAPI
from prometheus_client import make_asgi_app

app = FastAPI()
app.mount("/metrics", make_asgi_app())
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```
"""

import re
from collections.abc import Iterator

from checks.derived.observability.telemetry import METRICS
from checks.derived.observability.unmeasured import unmeasured_limiter, unmeasured_tokens
from checks.derived.operated_services import OperatedServices
from checks.derived.service_code import RunningServices
from checks.model import Finding, Gap, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot

_ROUTE = re.compile(r"(?:^|/)metrics/?$")


@check(severity=Severity.MEDIUM, about=RunningServices, proof=Proof.ABSENCE, effort=(2.0, 8.0))
def no_metrics(snapshot: Snapshot) -> Iterator[Finding]:
    for service in snapshot.derived(RunningServices):
        if not service.imported(METRICS) and not service.says(_ROUTE):
            message = f"{service.name} starts a server and exposes no metrics."
            evidence = service.evidence("a metrics or telemetry library and a /metrics route")
            severity = None if len(snapshot.derived(OperatedServices)) else Severity.LOW
            yield Gap(service.subject, message, service.path, evidence=evidence, severity=severity)
            continue
        for what, part, untold in (
            ("rate limiter", unmeasured_limiter(service), "how often its rate limiter refuses"),
            ("model tokens", unmeasured_tokens(service), "how many tokens its language models charge for"),
        ):
            if part is not None:
                message = f"{service.name} exposes metrics, and none tells {untold}."
                yield Gap(what, message, part.path, part.line, part.evidence, Severity.LOW)
