"""A web service sends no security headers.

Browsers protect visitors only when a page asks them to: without `Strict-Transport-Security` a first visit can be taken
over, without `Content-Security-Policy` and `X-Frame-Options` injected scripts run and pages are framed.

## Fix

Send them from a middleware or the proxy:

```python main.py
from fastapi import FastAPI

app = FastAPI()

@app.middleware("http")
async def headers(request, call_next):
    response = await call_next(request)
    response.headers["Strict-Transport-Security"] = "max-age=63072000"
    response.headers["Content-Security-Policy"] = "default-src 'self'; frame-ancestors 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
```

Express: `app.use(helmet())`, from the package of that name, sets these and more.

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

```javascript server.js
const express = require("express");
const helmet = require("helmet");
const app = express();
app.use(helmet());
app.post("/orders", order);
```
```dockerfile Dockerfile
FROM node:22-slim
CMD ["node", "server.js"]
```
"""

from collections.abc import Iterator

from checks.derived.operations import Operations
from checks.derived.safeguards import SECURITY_HEADERS
from checks.derived.service_code import RunningServices
from checks.derived.service_routes import routes_of
from checks.model import Finding, Gap, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=RunningServices, proof=Proof.ABSENCE, effort=(1.0, 4.0))
def no_security_headers(snapshot: Snapshot) -> Iterator[Finding]:
    if snapshot.derived(Operations).names(SECURITY_HEADERS.directives):
        return
    for service in snapshot.derived(RunningServices):
        routes = tuple(routes_of(service))
        if routes and not SECURITY_HEADERS.in_code(service):
            message = f"{service.name} sends no security headers with what its {len(routes)} routes answer."
            looked = "header middleware and the headers' names, also in the configuration of proxies and ingresses,"
            yield Gap(
                service.subject, message, service.path, evidence=(*routes[:2], *service.evidence(looked))
            )
