"""A health check falls back to a command that always succeeds.

The service is down, the check says it is well: nothing restarts it, no load balancer takes it out, no deployment stops. A
check that can't fail is worse than none, since everybody believes it.

## Fix

Let the question decide alone; `1` says unhealthy:

```dockerfile Dockerfile
FROM debian:13-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
HEALTHCHECK CMD curl -fsS http://127.0.0.1:8080/healthz || exit 1
CMD ["shop"]
```

## Gap

```dockerfile Dockerfile
FROM debian:13-slim
RUN apt-get update && apt-get install -y curl
HEALTHCHECK CMD curl -sf http://127.0.0.1:8080/ || shop --version  ← gap
CMD ["shop"]
```
```yaml compose.yml
services:
  cache:
    image: valkey/valkey:8
    healthcheck:  ← gap
      test: ["CMD-SHELL", "valkey-cli ping || exit 0"]
```

## No gap

```dockerfile Dockerfile
FROM debian:13-slim
RUN apt-get update && apt-get install -y curl
HEALTHCHECK CMD curl -sf http://127.0.0.1:8080/ || exit 1
CMD ["shop"]
```
```yaml compose.yml
services:
  cache:
    image: valkey/valkey:8
    healthcheck:
      test: ["CMD-SHELL", "valkey-cli ping || (echo down && exit 1)"]
```
"""

from collections.abc import Iterator

from checks.derived.health_checks import HealthChecks
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=HealthChecks, effort=(0.1, 0.5))
def healthcheck_fails_open(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(HealthChecks).all:
        if found.fallback:
            message = f"The health check can't fail: `{found.fallback}` succeeds when the question doesn't."
            evidence = Evidence(f"|| {found.fallback}", found.path, found.line)
            yield Gap(found.subject, message, found.path, found.line, (evidence,))
