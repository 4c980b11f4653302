"""Release files and packages are published without a signature or attestation.

Whoever downloads a release can't tell whether this repository made it. A stolen token or a swapped file goes unnoticed,
and the installer runs it with the rights of whoever installs.

## Fix

GitHub attests that this workflow made the files; `gh attestation verify FILE --repo OWNER/NAME` checks it:

```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
permissions: {id-token: write, attestations: write, contents: write}
jobs:
  release:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - run: make dist
      - uses: actions/attest@1e69f48acb82d1966a394da916b4c1698aa569d6 # v4.2.2
        with: {subject-path: "dist/*"}
      - uses: softprops/action-gh-release@b4309332981a82ec1c5618f44dd2e27cc8bfbfda # v3.0.0
        with: {files: "dist/*"}
```

## Gap

```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
jobs:
  release:
    runs-on: ubuntu-24.04
    steps:
      - run: make dist
      - {uses: softprops/action-gh-release@v2, with: {files: "dist/*"}}
```

## No gap

```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
jobs:
  release:
    runs-on: ubuntu-24.04
    steps:
      - run: make dist
      - run: cosign sign-blob --yes dist/app.tar.gz --bundle dist/app.sigstore
      - {uses: softprops/action-gh-release@v2, with: {files: "dist/*"}}
```
"""

from collections.abc import Iterator

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.supply_chain.release_safeguards import SIGNING, PublishedFiles, published_evidence
from checks.model import Finding, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=PublishedFiles, effort=(0.5, 4.0), proof=Proof.ABSENCE)
def no_artifact_signing(snapshot: Snapshot) -> Iterator[Finding]:
    published = snapshot.derived(PublishedFiles)
    yield from SIGNING.missing(
        snapshot.derived(ContinuousIntegration),
        "artifact signing",
        f"CI publishes {published.names}, and nothing signs or attests them.",
        because=published_evidence(published.all),
    )
