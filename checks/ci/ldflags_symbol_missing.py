"""A build stamps its version into a variable that doesn't exist.

The Go linker ignores `-X main.version=1.2.3` without a word when there is no such variable. Every release then reports the
version `dev`, and a bug report can't be matched to a build.

## Fix

Name the variable as it is declared (capitals count), or declare it as the build names it:

```go cmd/app/main.go
package main

var version = "dev" // set by -ldflags "-X main.version=..."

func main() { println(version) }
```

## Gap

```dockerfile Dockerfile
FROM golang:1.24
COPY . .
RUN go build -ldflags "-s -X main.version=1.0" -o /app ./cmd/app  ← gap
```
```go cmd/app/main.go
package main

var Version = "dev"

func main() { println(Version) }
```

## No gap

```dockerfile Dockerfile
FROM golang:1.24
COPY . .
RUN go build -ldflags "-s -X main.Version=1.0" -o /app ./cmd/app
```
```go cmd/app/main.go
package main

var Version = "dev"

func main() { println(Version) }
```
"""

from collections.abc import Iterator

from checks.derived.ci.go_builds import GoBuilds
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=GoBuilds, blocks=Stage.NONE, effort=(0.1, 0.5))
def ldflags_symbol_missing(snapshot: Snapshot) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for build in snapshot.derived(GoBuilds).all:
        for symbol in build.missing_symbols:
            if (build.path, symbol) in seen:
                continue
            seen.add((build.path, symbol))
            place = f"`{build.folder or '.'}`"
            yield Gap(
                subject=symbol,
                message=f"`-X {symbol}=...` sets a variable that {place} doesn't declare.",
                path=build.path,
                line=build.line,
                evidence=(
                    Evidence(build.text, build.path, build.line),
                    Evidence("looked for the variable", build.source),
                ),
            )
