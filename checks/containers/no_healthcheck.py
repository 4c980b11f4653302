"""A service's container has no health check.

A process that hangs is still running: without a health check nothing notices that it answers no more, and nothing that
depends on it waits until it is ready. It stays in the load balancer and swallows requests until a person looks.

## Fix

Docker runs this command every half minute and marks the container unhealthy once it fails three times. Ask the service itself, with
a tool that is in the image; Kubernetes has probes for it instead:

```dockerfile api/Dockerfile
FROM python:3.12-slim
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["uvicorn", "app:app"]
```

## Gap

```dockerfile api/Dockerfile
FROM python:3.12-slim  ← gap
EXPOSE 8000
CMD ["uvicorn", "app:app"]
```
```yaml compose.yaml
services:
  api:
    build: api
    ports: ["8000:8000"]
```

## No gap

### In the compose file

```dockerfile api/Dockerfile
FROM python:3.12-slim
EXPOSE 8000
CMD ["uvicorn", "app:app"]
```
```yaml compose.yaml
services:
  api:
    build: api
    ports: ["8000:8000"]
    healthcheck: {test: [CMD, python, -m, app.health]}
```

### In the image

```dockerfile Dockerfile
FROM python:3.12-slim
EXPOSE 8000
HEALTHCHECK CMD ["python", "-m", "app.health"]
CMD ["uvicorn", "app:app"]
```
"""

from collections.abc import Iterator

from checks.derived.service_images import ServiceImages
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=ServiceImages, effort=(0.25, 1.0))
def no_healthcheck(snapshot: Snapshot) -> Iterator[Finding]:
    for image in snapshot.derived(ServiceImages).all:
        if image.checked_by is None:
            yield Gap(
                subject=image.stage,
                message=f"The service's image ({image.why}) has no HEALTHCHECK, and nothing that deploys it asks for its health.",
                path=image.path,
                line=image.line,
                evidence=(
                    Evidence(image.why, image.path, image.line),
                    Evidence(
                        "looked for HEALTHCHECK, healthcheck: of compose services, probes of manifests, checks of platforms"
                    ),
                ),
            )
