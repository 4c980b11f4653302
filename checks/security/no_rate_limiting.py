"""A public service limits nobody's requests.

One script, a client that retries in a loop or a guessing attack on the sign-in takes all of the service's time. Everyone
else waits, and what is behind it (a database, a paid model) is used up first.

## Fix

Limit each caller in the code or in the proxy before it. Here slowapi, for FastAPI and Starlette:

```python main.py
from fastapi import FastAPI
from slowapi import Limiter
from slowapi.middleware import SlowAPIMiddleware
from slowapi.util import get_remote_address

app = FastAPI()
app.state.limiter = Limiter(key_func=get_remote_address, default_limits=["100/minute"])
app.add_middleware(SlowAPIMiddleware)

@app.post("/orders")
def order(body: dict) -> str: ...
```

nginx: `limit_req zone=perip burst=20;`. Ingress: `nginx.ingress.kubernetes.io/limit-rps: "10"`.

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
from slowapi import Limiter

app = FastAPI()
limiter = Limiter(key_func=address)


@app.post("/orders")
@limiter.limit("10/minute")
def order(body: dict) -> str:
    return "ok"
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```
"""

from collections.abc import Iterator

from checks.derived.operations import Operations
from checks.derived.safeguards import RATE_LIMIT
from checks.derived.service_code import RunningServices
from checks.derived.service_routes import routes_of
from checks.model import Finding, Gap, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=RunningServices, proof=Proof.ABSENCE, effort=(1.0, 4.0))
def no_rate_limiting(snapshot: Snapshot) -> Iterator[Finding]:
    if snapshot.derived(Operations).names(RATE_LIMIT.directives):
        return
    for service in snapshot.derived(RunningServices):
        routes = tuple(routes_of(service))
        if routes and not RATE_LIMIT.in_code(service):
            message = f"{service.name} limits nobody's requests to its {len(routes)} routes."
            looked = "a rate limiter, also among the directives of proxies and ingresses,"
            yield Gap(
                service.subject, message, service.path, evidence=(*routes[:3], *service.evidence(looked))
            )
