"""A service or a script waits for a program, or for another service, without a limit.

A program that waits for input, for a lock or for the network never ends, and with it the worker that started it. One
stuck command after another takes a worker away, until the service accepts work and does none.

## Fix

```python
process = await asyncio.create_subprocess_exec(*command)
try:
    await asyncio.wait_for(process.communicate(), timeout=600)
except TimeoutError:
    process.kill()
```

`subprocess.run(..., timeout=60)`, `exec.CommandContext(ctx, ...)`, `execFile(file, args, { timeout: 60_000 })` and
`tokio::time::timeout(limit, command.output())` do the same elsewhere.

## Gap

```python worker/main.py
import subprocess

import uvicorn
from fastapi import FastAPI

app = FastAPI()

@app.post("/clone")
def clone(url: str):
    subprocess.run(["git", "clone", url])  ← gap

if __name__ == "__main__":
    uvicorn.run(app)
```
```dockerfile worker/Dockerfile
FROM python:3.12
CMD ["python", "main.py"]
```

```bash scripts/start-tests.sh
#!/usr/bin/env bash
set -e
docker compose up -d
until curl -sf http://localhost:8080/healthz; do sleep 1; done  ← gap
pytest tests/system
```

## No gap

```python worker/main.py
import subprocess

import uvicorn
from fastapi import FastAPI

app = FastAPI()

@app.post("/clone")
def clone(url: str):
    subprocess.run(["git", "clone", url], timeout=60)

if __name__ == "__main__":
    uvicorn.run(app)
```
```dockerfile worker/Dockerfile
FROM python:3.12
CMD ["python", "main.py"]
```
"""

from collections.abc import Iterator

from checks.derived.tests.unlimited_commands import UnlimitedCommands
from checks.model import Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=UnlimitedCommands, effort=(0.25, 1.0))
def command_without_timeout(snapshot: Snapshot) -> Iterator[Finding]:
    for command in snapshot.derived(UnlimitedCommands).commands:
        call = command.call
        message = f"`{call.callee}` waits for a program without a limit: {command.why}."
        yield Gap(f"{call.inside or 'module'}: {call.callee}", message, command.path, call.line)
    for path, wait in snapshot.derived(UnlimitedCommands).waits:
        message = f"This loop waits for `{wait.text}` for ever: nothing but success ends it."
        yield Gap(f"loop: {wait.text}", message, path, wait.line)
