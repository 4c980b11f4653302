"""A service is built here, and nothing deploys or publishes it.

Whoever brings it to production does so by hand, from a machine that nobody else has: the steps are in one head, they differ
each time, and in the night of an incident that head is asleep.

## Fix

Let CI push the image and roll it out, with the same steps every time:

```yaml
- run: docker push ghcr.io/example/api:${{ github.sha }}
- run: kubectl set image deployment/api api=ghcr.io/example/api:${{ github.sha }}
```

## Gap

```dockerfile Dockerfile
FROM python:3.12-slim
EXPOSE 8000
CMD ["uvicorn", "app:app"]
```
```yaml .github/workflows/ci.yml
on: push
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: pytest}]}}
```

## No gap

```dockerfile Dockerfile
FROM python:3.12-slim
EXPOSE 8000
CMD ["uvicorn", "app:app"]
```
```yaml .github/workflows/deploy.yml
on: {push: {branches: [main]}}
jobs: {deploy: {runs-on: ubuntu-24.04, steps: [{run: flyctl deploy --remote-only}]}}
```
"""

from collections.abc import Iterator

from checks.derived.ci.deploys import DEPLOY, gitops
from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.publications import Publications
from checks.derived.service_images import ServiceImages
from checks.model import Evidence, Finding, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=ServiceImages, effort=(4.0, 24.0), proof=Proof.ABSENCE)
def deployment_workflow_missing(snapshot: Snapshot) -> Iterator[Finding]:
    images = snapshot.derived(ServiceImages).all
    if len(snapshot.derived(Publications)) or gitops(snapshot):
        return
    names = ", ".join(f"`{image.path}`" for image in images[:3])
    message = f"Services are built here ({names}), and no command or action of CI deploys or publishes them."
    because = tuple(Evidence(f"a service: {image.path}, {image.why}") for image in images[:5])
    yield from DEPLOY.missing(snapshot.derived(ContinuousIntegration), "deployment", message, because=because)
