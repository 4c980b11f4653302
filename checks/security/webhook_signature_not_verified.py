"""A webhook takes deliveries without verifying who sent them.

The address of a webhook is no secret: whoever finds it can post any event, and the service acts on it as if the
provider had sent it. A secret that the request itself brings along proves nothing, since the sender chose both.

## Fix

Compare the provider's signature with one made from your own secret, in constant time, before reading the payload:

```python main.py
import hashlib, hmac, os
from fastapi import FastAPI, HTTPException, Request

app, SECRET = FastAPI(), os.environ["WEBHOOK_SECRET"].encode()

@app.post("/webhooks/github")
async def github(request: Request):
    expected = "sha256=" + hmac.new(SECRET, await request.body(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, request.headers.get("X-Hub-Signature-256", "")):
        raise HTTPException(401)
    return await handle(await request.json())
```

## Gap

```python main.py
from fastapi import FastAPI, Request

app = FastAPI()


@app.post("/webhooks/github")  ← gap
async def github(request: Request):
    return await handle(await request.json())
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```

### the secret comes with the request

```python hooks.py
def receive(request):
    return verify(request.body, request.headers.get("x-webhook-secret"))  ← gap
```

## No gap

```python main.py
import hmac

from fastapi import FastAPI, Request

app = FastAPI()


@app.post("/webhooks/github")
async def github(request: Request):
    if not hmac.compare_digest(sign(await request.body()), request.headers["X-Hub-Signature-256"]):
        return 401
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```
"""

from collections.abc import Iterator

from checks.derived.security.webhook_routes import WebhookRoutes
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=WebhookRoutes, blocks=Stage.STAGING, effort=(1.0, 4.0))
def webhook_signature_not_verified(snapshot: Snapshot) -> Iterator[Finding]:
    webhooks = snapshot.derived(WebhookRoutes)
    for service in webhooks.services:
        if not service.verified:
            first = service.routes[0]
            places = (*service.routes, *service.handlers)[:12]
            looked = f"looked for an HMAC, a constant-time comparison or a provider's verifier in the {service.read} files that the service runs"
            evidence = (*(Evidence(f"`{p.route}`", p.path, p.line) for p in places), Evidence(looked))
            routes = ", ".join(f"`{route.route}`" for route in service.routes[:4])
            message = f"{routes} accept{'s' if len(service.routes) == 1 else ''} deliveries without verifying a signature."
            yield Gap("webhook", message, first.path, first.line, evidence)
    for taken in webhooks.taken:
        message = f"The secret that should prove a delivery is taken from the request (`{taken.route}`)."
        yield Gap(taken.route.lower(), message, taken.path, taken.line)
