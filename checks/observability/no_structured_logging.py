"""A service writes its logs as plain text.

Lines made for eyes can't be searched by machines: to find all failures of one customer, or one request across
services, every log needs fields (time, level, request, user) that a log store understands. A service that only
uses the plain logger or `print` gives its operators text to grep, one container at a time.

## Fix

Log JSON with fields, to standard output. Here structlog, for Python; Go has `log/slog`, Node `pino`, Rust `tracing`:

```python main.py
import structlog
from fastapi import FastAPI

structlog.configure(processors=[structlog.processors.add_log_level, structlog.processors.JSONRenderer()])
structlog.get_logger().info("order placed", order="o-1")
app = FastAPI()
```

## Gap

```python main.py
import logging

from fastapi import FastAPI

app = FastAPI()
logging.info("starting")
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```

## No gap

```python main.py
import structlog
from fastapi import FastAPI

app = FastAPI()
structlog.get_logger().info("starting")
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```
"""

import re
from collections.abc import Iterator

from checks.derived.observability.telemetry import STRUCTURED_LOGGING
from checks.derived.service_code import RunningServices
from checks.model import Finding, Gap, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot

_PLAIN = re.compile(
    r"^(?:logging|log|console|logger|fmt|_?log(?:ger)?)\.(?:info|warn(?:ing)?|error|debug|log|Print\w*|getLogger|basicConfig|exception)$|^print$"
)
_FORMATTER = re.compile(
    r"json[\w.]*(?:formatter|renderer|logger|encoder)|(?:formatter|logger)[\w.]*json|structured_?log",
    re.IGNORECASE,
)


@check(severity=Severity.LOW, about=RunningServices, proof=Proof.ABSENCE, effort=(1.0, 4.0))
def no_structured_logging(snapshot: Snapshot) -> Iterator[Finding]:
    for service in snapshot.derived(RunningServices):
        structured = (
            service.imported(STRUCTURED_LOGGING)
            or service.calls(_FORMATTER)
            or service.defines(_FORMATTER)
            or service.says(_FORMATTER)
        )
        if service.calls(_PLAIN) and not structured:
            message = f"{service.name} writes plain text logs."
            evidence = service.evidence("a structured logging library or a JSON formatter")
            yield Gap(service.subject, message, service.path, evidence=evidence)
