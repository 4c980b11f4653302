"""A health check calls what its image doesn't have.

The check then fails for ever: the container is marked unhealthy, whatever waits for it never starts, and an orchestrator
kills a program that works. Or people learn to ignore the mark, and don't see the day it is true.

## Fix

Call what is there: the language's own client, busybox' wget on Alpine, or a subcommand that the program really has.

```dockerfile
HEALTHCHECK CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
```

## Gap

### No curl in a slim image

```dockerfile Dockerfile
FROM python:3.12-slim
HEALTHCHECK CMD curl -f http://localhost:8000/healthz || exit 1  ← gap
CMD ["python", "-m", "app"]
```

### A subcommand that the program doesn't have

```dockerfile Dockerfile
FROM golang:1.24 AS build
COPY . .
RUN go build -o /app ./cmd/app
FROM debian:12-slim
COPY --from=build /app /usr/local/bin/app
HEALTHCHECK CMD ["/usr/local/bin/app", "health"]  ← gap
ENTRYPOINT ["/usr/local/bin/app"]
```
```go cmd/app/main.go
package main

import "flag"

func main() {
        flag.Parse()
}
```

### Half a list

```dockerfile Dockerfile
FROM alpine:3.20
HEALTHCHECK CMD ["/app", "health"] || exit 1  ← gap
```

## No gap

### Installed

```dockerfile Dockerfile
FROM python:3.12-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl
HEALTHCHECK CMD curl -f http://localhost:8000/healthz
```

### Alpine has wget

```dockerfile Dockerfile
FROM node:22-alpine
HEALTHCHECK CMD wget -qO- http://localhost:3000/healthz
```
"""

from collections.abc import Iterator

from checks.derived.health_checks import HealthChecks
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=HealthChecks, effort=(0.25, 1.0))
def healthcheck_command_not_supported(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(HealthChecks).all:
        if found.problem:
            yield Gap(
                subject=found.subject,
                message=f"The health check can't succeed: {found.problem}.",
                path=found.path,
                line=found.line,
                evidence=(Evidence(found.problem, found.path, found.line),),
            )
