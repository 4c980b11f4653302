"""Several services work together and none of them traces requests.

Once a request passes through more than one service, each one's logs show only its own part. Without trace ids
that travel along, nobody can say which service was slow or failed, or put their logs in order.

## Fix

Instrument every service with OpenTelemetry, the standard for traces; the header `traceparent` then travels by itself:

```python orders/main.py
from fastapi import FastAPI
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor

app = FastAPI()
FastAPIInstrumentor.instrument_app(app)
```

`pip install opentelemetry-distro opentelemetry-exporter-otlp opentelemetry-instrumentation-fastapi`; started through
`opentelemetry-instrument uvicorn main:app` it sends to `OTEL_EXPORTER_OTLP_ENDPOINT`.

## Gap

```python orders/main.py
from fastapi import FastAPI

app = FastAPI()
```
```dockerfile orders/Dockerfile
FROM python:3.12-slim
```
```python billing/main.py
from fastapi import FastAPI

app = FastAPI()
```
```dockerfile billing/Dockerfile
FROM python:3.12-slim
```

## No gap

```python orders/main.py
from fastapi import FastAPI
from opentelemetry import trace

app = FastAPI()
trace.get_tracer(__name__)
```
```dockerfile orders/Dockerfile
FROM python:3.12-slim
```
"""

from collections.abc import Iterator

from checks.derived.observability.telemetry import TRACING
from checks.derived.service_code import RunningServices
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.LOW, about=RunningServices, blocks=Stage.NONE, proof=Proof.ABSENCE, effort=(2.0, 8.0)
)
def no_tracing(snapshot: Snapshot) -> Iterator[Finding]:
    services = snapshot.derived(RunningServices).all
    if len(services) > 1 and not any(service.imported(TRACING) for service in services):
        names = ", ".join(service.subject for service in services[:5])
        starts = tuple(
            Evidence(f"{start.what} starts a server", start.path, start.line)
            for service in services[:10]
            for start in service.component.starts[:1]
        )
        looked_for = Evidence("looked for a tracing library in the code of every service")
        yield Gap(
            "tracing",
            f"{len(services)} services ({names}) trace no requests.",
            evidence=(*starts, looked_for),
        )
