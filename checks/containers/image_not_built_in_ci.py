"""An image that is deployed is never built by CI.

Whether the Dockerfile still builds is found out on the day of the deployment: a renamed folder, a package that is gone or
a base that moved on breaks it, and every test stays green.

## Fix

Build it on every change; nothing needs to be pushed for that:

```yaml
- uses: docker/build-push-action@53b7df96c91f9c12dcc8a07bcb9ccacbed38856a # v7.3.0
  with: {context: ./gateway, push: false}
```

## Gap

```dockerfile gateway/Dockerfile
FROM python:3.12-slim  ← gap
CMD ["python", "-m", "gateway"]
```
```yaml compose.yaml
services:
  gateway:
    build: ./gateway
```
```yaml .github/workflows/ci.yml
on: push
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: pytest}]}}
```

## No gap

```dockerfile gateway/Dockerfile
FROM python:3.12-slim
CMD ["python", "-m", "gateway"]
```
```yaml compose.yaml
services:
  gateway:
    build: ./gateway
```
```yaml .github/workflows/ci.yml
on: push
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: docker compose build}]}}
```
"""

from collections.abc import Iterator

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.image_scans import BUILD
from checks.derived.unbuilt_images import ServedImages
from checks.model import Evidence, Finding, Gap, Met, Proof, Severity, Undecided
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=ServedImages, effort=(0.25, 2.0), proof=Proof.ABSENCE, says_met=True)
def image_not_built_in_ci(snapshot: Snapshot) -> Iterator[Finding]:
    ci = snapshot.derived(ContinuousIntegration)
    for image in snapshot.derived(ServedImages).all:
        if image.built or image.by_platform:
            yield Met(image.path, (Evidence("builds the image", *(image.built or image.by)),), image.path)
            continue
        if ci.opaque:
            what, where, line = ci.opaque[0]
            yield Undecided(f"{where}:{line} calls {what}, which can't be read; it may build it", image.path)
            continue
        why = "opens a port" if image.by[0] == image.path else "deploys the image"
        yield Gap(
            subject=image.path,
            message="No step of CI builds this image." if len(ci) else "No CI builds this image.",
            path=image.path,
            line=image.line,
            evidence=(Evidence(why, *image.by), *BUILD.looked_for(ci)),
        )
