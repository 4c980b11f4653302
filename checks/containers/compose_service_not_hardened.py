"""A compose file runs the product without restart, limits or protection.

A process that dies at night stays dead, one that leaks takes the whole machine with it, and whoever gets into a container
has every right that Docker gives away by default. A database that is published is a database for everyone on the network.

## Fix

Say all of it in the compose file; `tmpfs: [/tmp]` gives a program that writes there a place under `read_only`:

```yaml compose.yaml
services:
  api:
    build: ./api
    ports: ["8080:8080"]
    restart: unless-stopped
    mem_limit: 512m
    read_only: true
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
  postgres:
    image: postgres:17
    restart: unless-stopped
    mem_limit: 1g
    security_opt: ["no-new-privileges:true"]
    ports: ["127.0.0.1:5432:5432"]
```

## Gap

```yaml compose.yaml
services:
  api:  ← gap
    build: ./api
    ports: ["8080:8080"]
  postgres:
    image: postgres:17
    restart: unless-stopped
    ports: ["5432:5432"]  ← gap
```
```dockerfile api/Dockerfile
FROM python:3.12-slim
```

## No gap

```yaml compose.yaml
services:
  api:
    build: ./api
    restart: unless-stopped
    mem_limit: 512m
    cap_drop: [ALL]
  postgres:
    image: postgres:17
    restart: always
    mem_limit: 1g
    security_opt: ["no-new-privileges:true"]
    ports: ["127.0.0.1:5432:5432"]
```
"""

from collections.abc import Callable, Iterator

from checks.derived.containers.compose_stacks import Stack, Stacks, published_datastore_ports
from checks.facts.compose import Service
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=Stacks, blocks=Stage.NONE, effort=(0.25, 1.0))
def compose_service_not_hardened(snapshot: Snapshot) -> Iterator[Finding]:
    for stack in snapshot.derived(Stacks).all:
        unrestarted = stack.lacking(lambda service: service.restart is not None)
        # A stack without any policy is started by hand, to try it; one that is left out of several was forgotten.
        severity = Severity.LOW if len(unrestarted) == len(stack.lasting) else None
        for service in unrestarted:
            message = f"`{service.name}` is not started again when it dies: it has no restart policy."
            yield Gap(f"{service.name} restart", message, stack.path, service.line, severity=severity)
        for service in stack.compose.services:
            for port in published_datastore_ports(service):
                message = f"`{service.name}` is open to everyone who reaches the host, on port {port.host}."
                yield Gap(f"{service.name} port", message, stack.path, port.line)
        yield from _group(stack, "limits", "no limit of memory or processor", lambda s: s.has_limits)
        yield from _group(stack, "privileges", "every privilege that Docker gives by default", _is_guarded)


def _is_guarded(service: Service) -> bool:
    options = " ".join(service.security_options)
    return bool(service.dropped_capabilities or service.read_only or "no-new-privileges" in options)


def _group(stack: Stack, subject: str, what: str, holds: Callable[[Service], bool]) -> Iterator[Gap]:
    lacking = stack.lacking(holds)
    if lacking:
        names = ", ".join(f"`{service.name}`" for service in lacking[:5])
        more = f" and {len(lacking) - 5} more" if len(lacking) > 5 else ""
        evidence = tuple(Evidence(f"{s.name}: {what}", stack.path, s.line) for s in lacking[:5])
        message = f"{names}{more}: {what}."
        yield Gap(subject, message, stack.path, lacking[0].line, evidence, Severity.LOW)
