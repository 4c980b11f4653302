"""An image or a workflow uses an older toolchain than the manifest needs.

`go.mod`, `rust-version`, `requires-python` or `engines` name the lowest version; an image below it can't build the code, or
breaks at run time on the first new feature. Official Go images don't even download the newer toolchain.

## Fix

Raise the version in the image, and let CI read it from the manifest, so that there is one place less:

```dockerfile
FROM golang:1.24-alpine
```
```yaml .github/workflows/ci.yml
on: push
permissions: {contents: read}
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - uses: actions/setup-go@b7ad1dad31e06c5925ef5d2fc7ad053ef454303e # v7.0.0
        with: {go-version-file: go.mod}
      - run: go test ./...
```

## Gap

```text go.mod
module example.org/app

go 1.24
```
```dockerfile Dockerfile
FROM golang:1.23-alpine  ← gap
RUN go build ./...
```
```yaml .github/workflows/ci.yml
on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/setup-go@v5
        with:
          go-version: "1.23"  ← gap
```

## No gap

```text go.mod
module example.org/app

go 1.24
```
```dockerfile Dockerfile
FROM golang:1.24-alpine
RUN go build ./...
```
```yaml .github/workflows/ci.yml
on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/setup-go@v5
        with: {go-version-file: go.mod}
      - uses: actions/setup-go@v5
        with: {go-version: stable}
```
"""

from collections.abc import Iterator

from checks.derived.ci.used_toolchains import UsedToolchains
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=UsedToolchains, effort=(0.25, 2.0))
def toolchain_version_mismatch(snapshot: Snapshot) -> Iterator[Finding]:
    for used in snapshot.derived(UsedToolchains).too_old:
        needed = used.needed
        yield Gap(
            subject=needed.language,
            message=f"{used.where} uses {needed.language} {used.version}; `{needed.manifest}` needs {needed.text}.",
            path=used.path,
            line=used.line,
            evidence=(
                Evidence(f"needs {needed.text}", needed.manifest, needed.line),
                Evidence(used.where, used.path, used.line),
            ),
            severity=None
            if used.is_image
            else Severity.MEDIUM,  # in CI a newer toolchain is often downloaded
        )
