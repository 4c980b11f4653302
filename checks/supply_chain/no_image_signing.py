"""Images are pushed without a signature or attestation.

A cluster that pulls the image can't tell whether this repository's CI built it or somebody who got hold of the registry's
password. With a signature an admission policy refuses everything else. Where the repository deploys to no cluster that could
ask for one, the gap weighs less.

## Fix

cosign signs with the identity of the workflow, so there is no key to keep; `cosign verify` and admission policies of a cluster check it:

```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
permissions: {contents: read, packages: write, id-token: write}
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - uses: docker/login-action@dbcb813823bdd20940b903addbd779551569679f # v4.6.0
        with: {registry: ghcr.io, username: "${{ github.actor }}", password: "${{ github.token }}"}
      - uses: docker/build-push-action@53b7df96c91f9c12dcc8a07bcb9ccacbed38856a # v7.3.0
        id: build
        with: {push: true, tags: "ghcr.io/example/app:${{ github.ref_name }}"}
      - uses: sigstore/cosign-installer@6f9f17788090df1f26f669e9d70d6ae9567deba6 # v4.1.2
      - run: cosign sign --yes "ghcr.io/example/app@$DIGEST"
        env: {DIGEST: "${{ steps.build.outputs.digest }}"}
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
from checks.derived.supply_chain.release_safeguards import IMAGE_SIGNING, PublishedImages, published_evidence
from checks.derived.workloads import Workloads
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
        severity=None if len(snapshot.derived(Workloads)) else Severity.LOW,
    )
