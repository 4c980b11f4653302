"""CI doesn't build the examples.

Examples are the first code a user runs and the last that its authors look at. When no pipeline compiles them, a
renamed function breaks them silently, for every newcomer. `cargo test` and `--all-targets` build Rust's; `./...`
builds those of Go, but stops at an examples module with a `go.mod` of its own.

## Fix

Build them where the tests run:

```yaml
- run: cargo build --examples --all-features
- run: go build ./...
  working-directory: examples
```

## Gap

```go go.mod
module example.org/shop

go 1.24
```
```go examples/go.mod
module example.org/shop/examples

go 1.24
```
```go examples/order/main.go
package main

func main() {}
```
```yaml .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: go test ./...
```

## No gap

```go go.mod
module example.org/shop

go 1.24
```
```go examples/order/main.go
package main

func main() {}
```
```yaml .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: go vet ./...
```
"""

from collections.abc import Iterator

from checks.derived.documentation.built_examples import BuiltExamples
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage, Undecided
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.MEDIUM, about=BuiltExamples, blocks=Stage.NONE, proof=Proof.ABSENCE, effort=(0.25, 2.0)
)
def examples_not_built_in_ci(snapshot: Snapshot) -> Iterator[Finding]:
    examples = snapshot.derived(BuiltExamples)
    for suite in examples.all:
        if suite.built_by is None and examples.opaque:
            yield Undecided("CI calls something that can't be read", suite.folder or None)
        elif suite.built_by is None:
            message = f"No CI command builds the {len(suite.paths)} {suite.language} examples below {suite.folder or 'the root'}."
            evidence = (
                *(Evidence("an example", path) for path in suite.paths[:5]),
                Evidence("looked for a command that builds them"),
            )
            yield Gap(suite.folder or suite.language, message, suite.folder or None, evidence=evidence)
