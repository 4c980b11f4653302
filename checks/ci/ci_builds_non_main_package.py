"""CI builds a library as if it were a program.

`go build -o bin/app .` on a package that isn't `main` succeeds, and writes an archive that no system can start. It gets
packed, signed and published, and the first user finds out.

## Fix

Name the package of the program, and start what was built:

```yaml
- run: go build -o bin/app ./cmd/app && bin/app --version
```

## Gap

```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: go build -o bin/app .  ← gap
```
```go app.go
package app
```
```go cmd/app/main.go
package main

func main() {}
```

## No gap

```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: go build -o bin/app ./cmd/app
```
```go cmd/app/main.go
package main

func main() {}
```
"""

from collections.abc import Iterator

from checks.derived.ci.go_builds import GoBuilds
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=GoBuilds, effort=(0.25, 1.0))
def ci_builds_non_main_package(snapshot: Snapshot) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for build in snapshot.derived(GoBuilds).all:
        if build.package in (None, "main") or not build.output or (build.path, build.folder) in seen:
            continue
        seen.add((build.path, build.folder))
        yield Gap(
            subject=build.folder or "the root package",
            message=f"`{build.text}` writes `{build.output}` from the package {build.package}, which is no program.",
            path=build.path,
            line=build.line,
            evidence=(
                Evidence(f"package {build.package}", build.source),
                Evidence(build.text, build.path, build.line),
            ),
        )
