"""A container runs as root.

Whoever breaks into the program is then root in the container: able to install tools, to read every mounted secret, and
one kernel or mount mistake away from root on the host. Many clusters refuse to start such an image at all.

## Fix

Make a user and switch to it in the final stage; use its number, so that Kubernetes can tell that it isn't root:

```dockerfile Dockerfile
FROM python:3.12-slim
RUN useradd --uid 10001 --no-create-home app   # on Alpine: adduser -D -H -u 10001 app
USER 10001
CMD ["python", "-m", "app"]
```

## Gap

### No user in the final stage

```dockerfile Dockerfile
FROM golang:1.24 AS build
RUN useradd app
USER app
RUN go build -o /app .
FROM debian:12-slim  ← gap
COPY --from=build /app /app
CMD ["/app"]
```

### Root again at the end

```dockerfile Dockerfile
FROM python:3.12-slim
USER app
USER root  ← gap
CMD ["python", "-m", "app"]
```

## No gap

### A user of its own

```dockerfile Dockerfile
FROM python:3.12-slim AS base
USER app
FROM base
CMD ["python", "-m", "app"]
```

### A base that isn't root

```dockerfile Dockerfile
FROM gcr.io/distroless/static-debian12:nonroot
COPY app /app
ENTRYPOINT ["/app"]
```

### The entry point drops its rights

```dockerfile Dockerfile
FROM debian:12-slim
ENTRYPOINT ["gosu", "app", "/app"]
```
"""

from collections.abc import Iterator

from checks.derived.containers.container_users import ContainerUsers
from checks.model import Evidence, Finding, Gap, Severity, Undecided
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=ContainerUsers, effort=(0.25, 2.0))
def container_runs_as_root(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(ContainerUsers).all:
        if found.is_root is None:
            yield Undecided(f"{found.path}: {found.reason}", found.path)
        elif found.is_root:
            yield Gap(
                subject=found.stage,
                message=f"The image's program runs as root: {found.reason}.",
                path=found.path,
                line=found.line,
                evidence=(Evidence(found.reason, found.path, found.line),),
                severity=None if found.serves else Severity.MEDIUM,
            )
