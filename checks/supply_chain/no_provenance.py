"""Releases are signed, but nothing says from which commit and workflow they come.

A signature proves who had the key. It doesn't tell a release of this repository's CI from one that was built on a laptop, with
changes that nobody has seen, and signed with the same key. Provenance does, and can be checked by machine.

## Fix

Provenance is a signed note of how a file was made; GitHub writes it, and `gh attestation verify FILE --repo OWNER/NAME` checks it:

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
      - run: gpg --detach-sign dist/app.tar.gz
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
      - {uses: actions/attest-build-provenance@v2, with: {subject-path: "dist/*"}}
      - {uses: softprops/action-gh-release@v2, with: {files: "dist/*"}}
```
"""

from collections.abc import Iterator

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.supply_chain.provenance import PROVENANCE, SignedReleases
from checks.derived.supply_chain.release_safeguards import published_evidence
from checks.model import Finding, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=SignedReleases, blocks=Stage.NONE, effort=(0.5, 2.0), proof=Proof.ABSENCE)
def no_provenance(snapshot: Snapshot) -> Iterator[Finding]:
    yield from PROVENANCE.missing(
        snapshot.derived(ContinuousIntegration),
        "provenance",
        "CI signs its release files, and nothing says from which commit and workflow they come.",
        because=published_evidence(snapshot.derived(SignedReleases).all),
    )
