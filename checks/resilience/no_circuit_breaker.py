"""A service keeps calling what has failed.

When another service is down, every request still waits for its timeout. Threads and connections fill up with waiting,
and one failure spreads to everything that shares them. A breaker fails at once and tries again later.

## Fix

Wrap the client of each dependency. Here pybreaker: after five failures in a row it refuses at once, and tries again after 30 seconds:

```python main.py
import httpx
import pybreaker
from fastapi import FastAPI

app = FastAPI()
breaker = pybreaker.CircuitBreaker(fail_max=5, reset_timeout=30)

@app.get("/rates")
@breaker
def rates() -> dict:
    return httpx.get("https://rates.example.org", timeout=5).raise_for_status().json()
```

Go: `gobreaker.NewCircuitBreaker`. Node: `new CircuitBreaker(call)` of opossum.

## Gap

```python main.py
import httpx
from fastapi import FastAPI

app = FastAPI()


@app.get("/rates")
def rates() -> dict:
    return httpx.get("https://rates.example.org").json()
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```

## No gap

```python main.py
import httpx
import pybreaker
from fastapi import FastAPI

app = FastAPI()


@app.get("/rates")
def rates() -> dict:
    return httpx.get("https://rates.example.org").json()
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```
"""

from collections.abc import Iterator

from checks.derived.operations import Operations
from checks.derived.safeguards import CIRCUIT_BREAKER
from checks.derived.service_code import RunningServices
from checks.derived.service_routes import outbound_calls
from checks.model import Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.LOW, about=RunningServices, blocks=Stage.NONE, proof=Proof.ABSENCE, effort=(2.0, 8.0)
)
def no_circuit_breaker(snapshot: Snapshot) -> Iterator[Finding]:
    if snapshot.derived(Operations).names(CIRCUIT_BREAKER.directives):
        return
    for service in snapshot.derived(RunningServices):
        calls = tuple(outbound_calls(service))
        if calls and not CIRCUIT_BREAKER.in_code(service):
            message = f"{service.name} calls other services and goes on calling them while they fail."
            evidence = (*calls[:5], *service.evidence("a circuit breaker"))
            yield Gap(service.subject, message, service.path, evidence=evidence)
