"""An example that the build tool passes over.

An example is code that users copy. When the build tool doesn't know it, nobody compiles it, and it goes on
showing an interface that no longer exists. Cargo finds `examples/x.rs` and `examples/x/main.rs` by itself; with
`autoexamples = false`, in deeper folders, or for a package that the workspace doesn't list, it must be told.

## Fix

Declare it in `Cargo.toml`, or move it to where Cargo looks:

```toml Cargo.toml
[package]
name = "garden"
version = "0.1.0"
autoexamples = false

[[example]]
name = "water"

[[example]]
name = "swarm"
path = "examples/swarm.rs"
```

A package of its own goes into the workspace: `members = ["examples/*"]`.

## Gap

```toml Cargo.toml
[package]
name = "garden"
version = "0.1.0"
autoexamples = false

[[example]]
name = "water"
```
```rust examples/water.rs
fn main() {}
```
```rust examples/swarm.rs
fn main() {}  ← gap
```

## No gap

```toml Cargo.toml
[package]
name = "garden"
version = "0.1.0"
edition = "2021"
```
```rust examples/swarm.rs
fn main() {}
```
"""

from collections.abc import Iterator

from checks.derived.documentation.cargo_examples import CargoExamples
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=CargoExamples, blocks=Stage.NONE, effort=(0.1, 0.5))
def example_not_registered(snapshot: Snapshot) -> Iterator[Finding]:
    for example in snapshot.derived(CargoExamples).all:
        if example.why is not None:
            message = f"Cargo passes over {example.path}: {example.why}."
            yield Gap(
                example.path, message, example.path, 1, (Evidence("looked for it in", example.manifest),)
            )
