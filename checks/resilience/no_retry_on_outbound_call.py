"""A call to another service, or a task, is tried once.

Networks drop connections and services restart all day. Without a second attempt after a growing pause each of these
moments becomes an error that a user sees, or a task that is never done.

## Fix

Retry what may safely be repeated, with a growing pause and an end. Here tenacity, for Python:

```python main.py
import httpx
from fastapi import FastAPI
from tenacity import retry, stop_after_attempt, wait_exponential_jitter

app = FastAPI()

@app.get("/rates")
@retry(stop=stop_after_attempt(4), wait=wait_exponential_jitter())
def rates() -> dict:
    return httpx.get("https://rates.example.org", timeout=5).raise_for_status().json()
```

gRPC: a `retryPolicy` in the service configuration. Go: `backoff.Retry`. Node: `p-retry`.

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
from fastapi import FastAPI
from tenacity import retry

app = FastAPI()


@app.get("/rates")
@retry
def rates() -> dict:
    return httpx.get("https://rates.example.org").json()
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```
"""

from collections.abc import Iterator

from checks.derived.import_graph import ImportGraph
from checks.derived.resilience.queue_consumers import QueueConsumers
from checks.derived.resilience.single_attempts import single_attempts
from checks.derived.safeguards import RETRY
from checks.derived.service_code import RunningServices
from checks.model import Evidence, Finding, Gap, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.MEDIUM, about=(RunningServices, QueueConsumers), proof=Proof.ABSENCE, effort=(1.0, 4.0)
)
def no_retry_on_outbound_call(snapshot: Snapshot) -> Iterator[Finding]:
    graph = snapshot.derived(ImportGraph)
    for service in snapshot.derived(RunningServices):
        calls = tuple(single_attempts(service, graph))
        if calls:
            elsewhere = RETRY.in_code(service)
            only = "elsewhere in its code, not here," if elsewhere else ""
            message = f"{service.name} calls other services once: {calls[0].note}."
            looked = f"retries and pauses {only} in these files".replace("  ", " ")
            evidence = (*calls[:20], *service.evidence(looked))
            severity = Severity.LOW if elsewhere else None
            yield Gap(service.subject, message, service.path, evidence=evidence, severity=severity)
    for consumer in snapshot.derived(QueueConsumers).all:
        if not consumer.kept and consumer.subject.rpartition(".")[2] != "join":
            message = "A task that fails is not tried again."
            evidence = (Evidence(f"looked for {consumer.looked_for} in the file"),)
            yield Gap(consumer.subject, message, consumer.path, consumer.line, evidence)
