"""What is published carries no bill of materials.

When the next library turns out to be broken, the first question is: which of our releases hold it? A bill of materials
answers in a minute; without one every release has to be unpacked and searched. Many customers and public bodies ask for it.

## Fix

This writes the list of everything that is built in, and attaches it to the release:

```yaml .github/workflows/sbom.yml
on: {release: {types: [published]}}
permissions: {contents: write}
jobs:
  sbom:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - uses: anchore/sbom-action@e22c389904149dbc22b58101806040fa8d37a610 # v0.24.0
        with: {format: spdx-json, output-file: sbom.spdx.json}
```

For an image name it with `image:`; `docker/build-push-action` writes one itself with `sbom: true`.

## Gap

```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
jobs:
  release:
    runs-on: ubuntu-24.04
    steps:
      - run: make dist
      - run: gh release upload v1 dist/app.tar.gz
```

## No gap

```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
jobs:
  release:
    runs-on: ubuntu-24.04
    steps:
      - run: make dist
      - run: syft dir:. -o spdx-json=dist/sbom.json
      - run: gh release upload v1 dist/app.tar.gz
```

```yaml .github/workflows/image.yml
on: {push: {tags: ["v*"]}}
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - run: docker buildx build --sbom=true --push -t ghcr.io/acme/app:v1 .
      - uses: docker/build-push-action@v6
        with: {push: true, sbom: true, tags: "ghcr.io/acme/app:v2"}
```
"""

from collections.abc import Iterator

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.supply_chain.release_safeguards import SBOM, PublishedThings, published_evidence
from checks.model import Finding, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=PublishedThings, effort=(0.5, 4.0), proof=Proof.ABSENCE)
def no_sbom(snapshot: Snapshot) -> Iterator[Finding]:
    published = snapshot.derived(PublishedThings)
    yield from SBOM.missing(
        snapshot.derived(ContinuousIntegration),
        "SBOM",
        f"CI publishes {published.names}, and nothing makes a bill of materials (SBOM).",
        because=published_evidence(published.all),
    )
