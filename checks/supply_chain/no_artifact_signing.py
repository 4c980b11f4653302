"""Release files and packages are published without a signature or attestation.

Whoever downloads a release can't tell whether this repository made it. A stolen token or a swapped file goes unnoticed,
and the installer runs it with the rights of whoever installs.

## Fix

GitHub attests that this workflow made the files; `gh attestation verify FILE --repo OWNER/NAME` checks it:

```yaml
permissions: {id-token: write, attestations: write, contents: write}
steps:
  - uses: actions/attest-build-provenance@e8998f949152b193b063cb0ec769d69d929409be # v2.4.0
    with: {subject-path: "dist/*"}
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
