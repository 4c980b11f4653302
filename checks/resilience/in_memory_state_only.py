"""A service keeps its state where it is lost.

Sessions, jobs and workflow state in the process, or in files beside it, are gone with a restart, a crash or a new
release, and a second replica knows nothing of them. Users are signed out, work is done twice or never.

## Fix

Keep what must outlive the process in a database, a cache or a queue, and write files to a temporary name first:

```python
await redis.hset(f"session:{session_id}", mapping=session)
```

## Gap

```python main.py
from fastapi import FastAPI

app = FastAPI()
sessions = {}  ← gap


@app.post("/login")
def login(user: str) -> str:
    sessions[user] = "open"
    return user
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```

## No gap

```python main.py
import redis
from fastapi import FastAPI

app = FastAPI()
sessions = redis.Redis()


@app.post("/login")
def login(user: str) -> str:
    sessions.set(user, "open")
    return user
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```
"""

from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.derived.resilience.state_stores import StateStores
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=StateStores, effort=(4.0, 24.0), ranked_by=LiveCode)
def in_memory_state_only(snapshot: Snapshot) -> Iterator[Finding]:
    for state in snapshot.derived(StateStores).all:
        evidence = (Evidence(f"looked for {state.looked_for}"),)
        yield Gap(state.subject, state.message, state.path, state.line, evidence)
