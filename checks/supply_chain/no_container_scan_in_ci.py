"""Images are built, but none is scanned for known weaknesses.

An image carries a whole operating system's packages besides the program. Weaknesses in them are found every week, and
a scan of the repository's files doesn't see them: only a scan of the built image does.

The gap weighs most for a service of a closed project: a public image is looked at by those who run it too, and the image of a
command line tool runs where nobody reaches it.

## Fix

Scan the image that was built, and fail on what can be mended:

```yaml
- run: docker build -t app:${{ github.sha }} .
- uses: aquasecurity/trivy-action@ed142fd0673e97e23eac54620cfb913e5ce36c25 # v0.36.0
  with: {image-ref: "app:${{ github.sha }}", exit-code: "1", severity: "HIGH,CRITICAL", ignore-unfixed: true}
```

## Gap

### Only the files are scanned

```dockerfile Dockerfile
FROM python:3.12-slim
```
```yaml .github/workflows/ci.yml
on: push
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - run: docker build -t app .
      - uses: aquasecurity/trivy-action@0.33.1
        with: {scan-type: fs, exit-code: "1"}
```

## No gap

```dockerfile Dockerfile
FROM python:3.12-slim
```
```yaml .github/workflows/ci.yml
on: push
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - run: docker build -t app .
      - run: trivy image --exit-code 1 app
```
"""

from collections.abc import Iterator

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.image_scans import SCAN, ShippedImages, scans_image
from checks.derived.security_scans import is_service
from checks.derived.supply_chain.licenses import PublicProject
from checks.derived.template import Template
from checks.model import Evidence, Finding, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=ShippedImages, effort=(0.5, 2.0), proof=Proof.ABSENCE)
def no_container_scan_in_ci(snapshot: Snapshot) -> Iterator[Finding]:
    ci, images = snapshot.derived(ContinuousIntegration), snapshot.derived(ShippedImages)
    first = images.paths[0]
    count = f"{len(images)} Dockerfiles, first `{first}`" if len(images) > 1 else f"`{first}`"
    built = "CI builds images" if images.is_built_in_ci else "The repository ships images"
    scans = (Evidence("scans files, not an image", path, line) for path, line in images.file_scans)
    message = f"{built} ({count}), and nothing in CI scans them."
    because = (Evidence("makes an image", first), *scans)
    severity = _severity(snapshot)
    yield from SCAN.missing(
        ci, "container scan", message, because=because, counts=scans_image, severity=severity
    )


def _severity(snapshot: Snapshot) -> Severity | None:
    """What is made from a template is built, and scanned, in the projects' own pipelines; a tool's image serves nobody."""
    if not is_service(snapshot):
        return Severity.LOW
    seen_by_others = len(snapshot.derived(PublicProject)) or snapshot.derived(Template).is_one
    return Severity.MEDIUM if seen_by_others else None
