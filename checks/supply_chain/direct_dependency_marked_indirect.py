"""A Go module is imported here, while go.mod says that only others need it.

Tools and people read `// indirect` as "not ours": updates pass it over, and whoever tidies up may drop it. It also shows that
`go mod tidy` wasn't run on what was merged, so the build may pick another version than the one that was tested.

## Fix

```sh
go mod tidy
```

and let CI see to it: `go mod tidy -diff`.

## Gap

```text go.mod
module example.org/app

go 1.24

require google.golang.org/grpc v1.70.0 // indirect  ← gap
```
```go transport.go
package app

import "google.golang.org/grpc/codes"

var OK = codes.OK
```

## No gap

```text go.mod
module example.org/app

go 1.24

require (
        google.golang.org/grpc v1.70.0
        golang.org/x/net v0.34.0 // indirect
)
```
```go transport.go
package app

import "google.golang.org/grpc/codes"

var OK = codes.OK
```
"""

from collections.abc import Iterator

from checks.derived.supply_chain.misplaced_indirect import MisplacedIndirects
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=MisplacedIndirects, blocks=Stage.NONE, effort=(0.1, 0.25))
def direct_dependency_marked_indirect(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(MisplacedIndirects).all:
        module = found.requirement.path
        yield Gap(
            subject=module,
            message=f"`{module}` is marked `// indirect`, and `{found.importer}` imports it.",
            path=found.path,
            line=found.requirement.line,
            evidence=(Evidence(f'imports "{found.imported}"', found.importer, found.line),),
        )
