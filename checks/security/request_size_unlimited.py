"""A service reads requests of any size.

A handler that reads the whole body holds it in memory. A few requests of some gigabytes each, sent by anyone who knows
the address, end the process, and with it everything else that it was doing.

## Fix

Count while reading, and refuse what is longer than any honest request; the header alone doesn't do, since it may be absent:

```python main.py
from fastapi import FastAPI, HTTPException, Request

app = FastAPI()

@app.post("/orders")
async def order(request: Request) -> str:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > 1_000_000:
            raise HTTPException(413)
    return f"{len(body)} bytes"
```

Go: `r.Body = http.MaxBytesReader(w, r.Body, 1<<20)`. For all routes at once, nginx before the service: `client_max_body_size 1m;`.

## Gap

```python main.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/orders")
async def order(request: Request) -> str:
    return await request.json()
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
async def order(request: Request) -> str:
    if int(request.headers.get("content-length", 0)) > 1_000_000:
        return "too much"
    return await request.json()
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```
"""

from collections.abc import Iterator

from checks.derived.operations import Operations
from checks.derived.safeguards import REQUEST_SIZE
from checks.derived.service_code import RunningServices
from checks.derived.service_routes import body_reads
from checks.model import Finding, Gap, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=RunningServices, proof=Proof.ABSENCE, effort=(1.0, 4.0))
def request_size_unlimited(snapshot: Snapshot) -> Iterator[Finding]:
    if snapshot.derived(Operations).names(REQUEST_SIZE.directives):
        return
    for service in snapshot.derived(RunningServices):
        reads = tuple(body_reads(service))
        if reads and not REQUEST_SIZE.in_code(service):
            message = (
                f"{service.name} reads whole request bodies ({reads[0].note}) and limits their size nowhere."
            )
            looked = "a limit of the body's size, also among the directives of proxies and ingresses,"
            yield Gap(
                service.subject, message, service.path, evidence=(*reads[:5], *service.evidence(looked))
            )
