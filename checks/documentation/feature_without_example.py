"""The README speaks of parts of a library that no example shows.

An example is where people begin, and what they copy. A part that only the reference names is found by few.

## Fix

Add a short program that uses the part from outside, as its users will. Cargo builds it together with the tests, so it
can't rot:

```rust examples/checkpoint.rs
use shop::checkpoint::Checkpoint;

fn main() -> Result<(), shop::Error> {
    Checkpoint::load("orders")?.resume()
}
```

Code in the module's documentation (a `//!` comment with a fence) counts as well: `cargo test` runs it.

## Gap

````markdown README.md
Payment, delivery and checkpoints.
````
```toml Cargo.toml
[package]  ← gap
name = "shop"
```
```rust src/lib.rs
pub mod payment;
pub mod delivery;
pub mod checkpoint;
```
```rust src/payment.rs
pub fn pay() {}
```
```rust src/delivery.rs
pub fn deliver() {}
```
```rust src/checkpoint.rs
pub fn resume() {}
```
```rust examples/one.rs
fn main() { shop::payment::pay(); }
```
```rust examples/two.rs
fn main() { shop::payment::pay(); }
```
```rust examples/three.rs
fn main() { shop::payment::pay(); }
```

## No gap

````markdown README.md
Payment and checkpoints.
````
```toml Cargo.toml
[package]
name = "shop"
```
```rust src/lib.rs
pub mod payment;
```
```rust src/payment.rs
pub fn pay() {}
```
```rust examples/one.rs
fn main() { shop::payment::pay(); }
```
```rust examples/two.rs
fn main() { shop::payment::pay(); }
```
```rust examples/three.rs
fn main() { shop::payment::pay(); }
```
"""

from collections.abc import Iterator

from checks.derived.documentation.unshown_modules import ShownModules
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

FEWEST = 2


@check(severity=Severity.LOW, about=ShownModules, blocks=Stage.NONE, effort=(1.0, 8.0))
def feature_without_example(snapshot: Snapshot) -> Iterator[Finding]:
    for library in snapshot.derived(ShownModules).all:
        missing = [module for module in library.modules if not module.is_shown]
        names = ", ".join(module.name for module in missing[:6]) + (", ..." if len(missing) > 6 else "")
        count = f"{len(missing)} of the {len(library.modules)} public modules"
        message = f"No example shows {count} that the README of `{library.crate}` speaks of: {names}."
        places = ((module.name, place) for module in missing[:20] for place in module.places)
        parts = tuple(Evidence(f"`{name}` is in no example", place) for name, place in places)
        read = tuple(Evidence("looked through", path, searched=True) for path in library.examples[:20])
        if len(missing) >= FEWEST:
            yield Gap(library.crate, message, library.manifest, 1, (*parts, *read))
