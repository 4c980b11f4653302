"""Versions are released, and nothing says what changed between them.

Whoever runs the program has to decide whether an upgrade is safe, urgent or breaking. Without notes they read every commit,
or don't upgrade: then the fix of a hole reaches nobody.

## Fix

Keep a `CHANGELOG.md` (<https://keepachangelog.com>), or let the release write it:

```yaml
- uses: softprops/action-gh-release@b4309332981a82ec1c5618f44dd2e27cc8bfbfda # v3.0.0
  with: {generate_release_notes: true}
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

### A file

```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
jobs:
  release:
    runs-on: ubuntu-24.04
    steps:
      - {uses: softprops/action-gh-release@v2, with: {files: "dist/*"}}
```
```markdown CHANGELOG.md
# Changelog

## 1.2.0

- Reads the configuration only once
```

### Written by the release

```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
jobs:
  release:
    runs-on: ubuntu-24.04
    steps:
      - {uses: softprops/action-gh-release@v2, with: {files: "dist/*", generate_release_notes: true}}
```
"""

from collections.abc import Iterator

from checks.derived.community import Releases
from checks.model import Evidence, Finding, Gap, Met, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=Releases, blocks=Stage.NONE, effort=(0.25, 2.0))
def changelog_missing(snapshot: Snapshot) -> Iterator[Finding]:
    releases = snapshot.derived(Releases)
    if releases.notes is not None:
        written = releases.notes if snapshot.exists(releases.notes) else None
        yield Met("changelog", (Evidence("says what changed", written),))
    else:
        first = releases.all[0]
        looked = (
            "looked for CHANGELOG, CHANGES, HISTORY, NEWS and release notes, in files and in what CI releases"
        )
        yield Gap(
            "changelog",
            "CI releases versions, and neither a file nor the release says what changed.",
            evidence=(Evidence(looked), Evidence(f"releases: {first.how}", first.path, first.line)),
        )
