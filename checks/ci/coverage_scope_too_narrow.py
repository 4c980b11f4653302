"""The coverage figure leaves a good part of the shipped code out.

A threshold of 80 % over what is easy to test says nothing about the rest, and the figure on the badge rises with every
file that is left out. What can't be tested yet is what a reader of the figure should see.

## Fix

Leave out what isn't written by hand, count the rest, and set the threshold to what is measured. Here for tarpaulin, which measures
Rust; Python's coverage has `omit` and `fail_under`, Vitest and Jest have lists to exclude and thresholds:

```toml .tarpaulin.toml
[config]
fail-under = 61
exclude-files = ["src/generated/*"]
```

## Gap

```toml .tarpaulin.toml
[config]
fail-under = 80
exclude-files = ["src/ui/*", "src/cli.rs"]
```
```rust src/lib.rs
pub fn add(a: u8) -> u8 { a + 1 }
```
```rust src/cli.rs
pub fn parse(a: u8) -> u8 { a + 2 }
```
```rust src/ui/one.rs
pub fn draw(a: u8) -> u8 { a + 3 }
```
```rust src/ui/two.rs
pub fn redraw(a: u8) -> u8 { a + 4 }
```

## No gap

```toml .tarpaulin.toml
[config]
fail-under = 60
exclude-files = ["src/main.rs"]
```
```rust src/lib.rs
pub fn add(a: u8) -> u8 { a + 1 }
```
"""

from collections.abc import Iterator

from checks.derived.ci.coverage_scope import CoverageScopes
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

SHARE, FEWEST = 0.08, 3


@check(severity=Severity.MEDIUM, about=CoverageScopes, effort=(1.0, 16.0))
def coverage_scope_too_narrow(snapshot: Snapshot) -> Iterator[Finding]:
    for scope in snapshot.derived(CoverageScopes).all:
        count = len(scope.left_out)
        if count >= FEWEST and scope.share >= SHARE:
            message = (
                f"`{scope.path}` leaves {count} of {scope.of} files of shipped code out of the coverage."
            )
            evidence = tuple(Evidence("does not count", path) for path in scope.left_out[:30])
            yield Gap("coverage scope", message, scope.path, None, evidence)
