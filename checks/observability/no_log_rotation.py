"""A log grows until the disk is full, or ends where nobody collects it.

A file that is only ever appended to, and Docker's default log driver, take more and more room until the machine has
none left and everything on it fails. Audit events that are only printed are gone with the container.

## Fix

Log to standard output and let the platform keep a limited amount, or rotate the file:

```yaml
services:
  api:
    logging: {driver: json-file, options: {max-size: 10m, max-file: "5"}}
```

Python: `RotatingFileHandler`. Go: `lumberjack.Logger`. Audit events belong in a store of their own.

## Gap

```python service/logs.py
import logging

handler = logging.FileHandler("/var/log/orders.log")  ← gap
```
```go pkg/audit/file.go
package audit

import "os"

func open(path string) (*os.File, error) {
        return os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0600)  ← gap
}
```
```yaml compose.yml
services:
  api:  ← gap
    image: shop/api
    restart: always
```

## No gap

```python service/logs.py
from logging.handlers import RotatingFileHandler

handler = RotatingFileHandler("/var/log/orders.log", maxBytes=10_000_000, backupCount=5)
```
```yaml compose.yml
services:
  api:
    image: shop/api
    restart: always
    logging: {driver: json-file, options: {max-size: 10m}}
```
"""

from collections.abc import Iterator

from checks.derived.observability.log_sinks import LogSinks
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=LogSinks, blocks=Stage.NONE, effort=(0.25, 1.0))
def no_log_rotation(snapshot: Snapshot) -> Iterator[Finding]:
    for sink in snapshot.derived(LogSinks).all:
        if not sink.limited:
            evidence = (Evidence(f"looked for {sink.looked_for}"),)
            yield Gap(sink.subject, sink.message, sink.path, sink.line, evidence)
