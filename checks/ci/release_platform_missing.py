"""The documentation offers a build for a platform that the release doesn't make.

Who downloads it gets an error page, or last year's version, and can't tell whether it was forgotten or given up.

## Fix

Add the target to the release, or take it out of the documentation:

```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
permissions: {contents: write}
jobs:
  release:
    runs-on: ${{ matrix.runner }}
    strategy:
      matrix:
        include:
          - {runner: ubuntu-24.04, target: x86_64-unknown-linux-gnu}
          - {runner: windows-11-arm, target: aarch64-pc-windows-msvc}
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - run: cargo build --release --locked --target ${{ matrix.target }}
      - run: gh release upload "$GITHUB_REF_NAME" target/${{ matrix.target }}/release/shop*
        env: {GH_TOKEN: "${{ github.token }}"}
```

## Gap

````markdown README.md
# Shop

Download `shop-x86_64-unknown-linux-gnu.tar.gz` or `shop-aarch64-pc-windows-msvc.zip`.  ← gap
````
```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
jobs:
  release:
    runs-on: ubuntu-24.04
    strategy: {matrix: {target: [x86_64-unknown-linux-gnu, aarch64-apple-darwin]}}
    steps:
      - run: cargo build --release --target ${{ matrix.target }}
      - {uses: softprops/action-gh-release@v2, with: {files: "dist/*"}}
```

## No gap

````markdown README.md
# Shop

Download `shop-x86_64-unknown-linux-gnu.tar.gz`.
````
```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
jobs:
  release:
    runs-on: ubuntu-24.04
    strategy: {matrix: {target: [x86_64-unknown-linux-gnu, aarch64-apple-darwin]}}
    steps:
      - run: cargo build --release --target ${{ matrix.target }}
      - {uses: softprops/action-gh-release@v2, with: {files: "dist/*"}}
```
"""

from collections.abc import Iterator

from checks.derived.ci.offered_platforms import OfferedPlatforms
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=OfferedPlatforms, blocks=Stage.NONE, effort=(0.5, 4.0), on_trial=True)
def release_platform_missing(snapshot: Snapshot) -> Iterator[Finding]:
    offered = snapshot.derived(OfferedPlatforms)
    for target, (path, line) in offered.not_built.items():
        message = f"It offers a build for {target}; CI builds {len(offered.built)} other targets."
        looked = Evidence(f"looked for it among {', '.join(sorted(offered.built)[:8])}")
        yield Gap(target, message, path, line, (looked,))
