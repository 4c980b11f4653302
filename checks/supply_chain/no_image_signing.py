"""Images are pushed without a signature or attestation.

A cluster that pulls the image can't tell whether this repository's CI built it or somebody who got hold of the registry's
password. With a signature an admission policy refuses everything else.

## Fix

```yaml
- run: cosign sign --yes ghcr.io/example/app@${{ steps.build.outputs.digest }}
```

## Gap

```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
jobs:
  release:
    runs-on: ubuntu-24.04
    steps:
      - run: make dist
      - run: docker push ghcr.io/example/app:1.0.0
```

## No gap

```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
jobs:
  release:
    runs-on: ubuntu-24.04
    steps:
      - run: make dist
      - run: cosign sign --yes ghcr.io/example/app
      - run: docker push ghcr.io/example/app:1.0.0
```
"""

from collections.abc import Iterator

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.release_safeguards import IMAGE_SIGNING, PublishedImages, published_evidence
from checks.model import Finding, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=PublishedImages, effort=(0.5, 4.0), proof=Proof.ABSENCE)
def no_image_signing(snapshot: Snapshot) -> Iterator[Finding]:
    published = snapshot.derived(PublishedImages)
    yield from IMAGE_SIGNING.missing(
        snapshot.derived(ContinuousIntegration),
        "image signing",
        "CI pushes images, and nothing signs or attests them.",
        because=published_evidence(published.all),
    )
