"""A service has no health endpoint.

Load balancers and orchestrators ask a service whether it is alive and ready. Without an answer they send traffic
to instances that can't serve it, and never restart one that hangs. gRPC has a standard health service for it.

## Fix

Answer on a route, and look at what the service needs; for gRPC register `grpc.health.v1.Health` beside your own services:

```python main.py
from fastapi import FastAPI
app = FastAPI()

@app.get("/healthz")
async def healthz() -> dict[str, str]:
    await database.execute("select 1")
    return {"status": "ok"}
```

## Gap

```python main.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders")
def orders() -> list[str]:
    return []
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```

## No gap

```python main.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/healthz")
def healthz() -> dict[str, str]:
    return {"status": "ok"}
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```
"""

import re
from collections.abc import Iterator

from checks.derived.service_code import RunningServices, ServiceCode
from checks.facts.dockerfile import Dockerfile
from checks.model import Evidence, Finding, Gap, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot

_ROUTE = re.compile(
    r"^(?:[A-Z]+ )?\^?(?:/?(?:[\w{}:.-]+/){0,3}_{0,2}(?:health[-_]?(?:checks?|z)?|livez?|liveness|readyz?|readiness|heartbeat)"
    r"|/(?:[\w-]+/){0,2}(?:ping|status|up|alive|-/healthy))/?\$?$",
    re.IGNORECASE,
)
_NAME = re.compile(r"health|readiness|liveness|readyz|livez", re.IGNORECASE)
_GRPC = frozenset({"grpc_health", "google.golang.org/grpc/health", "tonic_health", "grpc-health-check"})
_GRPC_SERVERS = frozenset({"grpc.NewServer", "grpc.server", "grpc.aio.server"})


@check(severity=Severity.MEDIUM, about=RunningServices, proof=Proof.ABSENCE, effort=(0.5, 3.0))
def no_health_endpoint(snapshot: Snapshot) -> Iterator[Finding]:
    for service in snapshot.derived(RunningServices):
        if service.imported(_GRPC):
            continue
        asked = _image_has_check(snapshot, service)
        if asked or service.says(_ROUTE) or service.calls(_NAME) or service.defines(_NAME):
            yield from _grpc(service)
        else:
            message = f"{service.name} starts a server and has no health endpoint."
            evidence = service.evidence("a health, readiness or ping route")
            yield Gap(service.subject, message, service.path, evidence=evidence)


def _grpc(service: ServiceCode) -> Iterator[Finding]:
    """A gRPC server beside an HTTP health route still can't be asked itself."""
    for start in (one for one in service.component.starts if one.what in _GRPC_SERVERS):
        message = "This builds a gRPC server without the health service."
        evidence = Evidence("looked for an import of the gRPC health service")
        yield Gap("grpc", message, start.path, start.line, (evidence,), Severity.LOW)


def _image_has_check(snapshot: Snapshot, service: ServiceCode) -> bool:
    """Its image asks it something: what that is, healthcheck-command-not-supported and its like look at."""
    files = (snapshot.get(path, Dockerfile) for path in service.component.deployed_by)
    return any(file is not None and file.effective("HEALTHCHECK") for file in files)
