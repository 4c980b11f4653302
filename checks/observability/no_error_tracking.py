"""A service reports its errors nowhere but in its logs.

An exception in a log is found when somebody looks. An error tracker groups failures, counts them, says which
release and which user they hit, and tells people. Clients for the tracker's own API (issues, projects) don't count.

## Fix

Start a tracker at the entry point, and keep secrets out of what it sends. Sentry is one, hosted or run by yourself:

```python main.py
import os

import sentry_sdk
from fastapi import FastAPI

sentry_sdk.init(dsn=os.environ["SENTRY_DSN"], send_default_pii=False)
app = FastAPI()
```

## Gap

```python main.py
from fastapi import FastAPI

app = FastAPI()
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```

## No gap

```python main.py
import sentry_sdk
from fastapi import FastAPI

sentry_sdk.init()
app = FastAPI()
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```
"""

from collections.abc import Iterator

from checks.derived.observability.telemetry import ERROR_TRACKING
from checks.derived.service_code import RunningServices
from checks.model import Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.LOW, about=RunningServices, blocks=Stage.NONE, proof=Proof.ABSENCE, effort=(0.5, 2.0)
)
def no_error_tracking(snapshot: Snapshot) -> Iterator[Finding]:
    for service in snapshot.derived(RunningServices):
        if not service.imported(ERROR_TRACKING):
            message = f"{service.name} sends its errors to no error tracker."
            yield Gap(
                service.subject, message, service.path, evidence=service.evidence("an error tracking library")
            )
