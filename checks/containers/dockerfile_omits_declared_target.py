"""A Dockerfile runs Cargo before a target that the manifest declares is there.

Cargo reads the whole manifest first and refuses it when a benchmark, example or binary that it declares without a path has
no file: "can't find `x` bench at `benches/x.rs`". Copying only the manifest and `src/` to warm the cache of dependencies looks like a speed-up; the image
can't be built at all.

## Fix

Copy what the manifest declares before the first Cargo command, or let the manifest find targets by itself:

```dockerfile
COPY Cargo.toml Cargo.lock ./
COPY benches ./benches
COPY src ./src
RUN cargo build --release --locked
```

## Gap

```dockerfile Dockerfile
FROM rust:1.95 AS build
WORKDIR /app
COPY Cargo.toml Cargo.lock ./
COPY src ./src
RUN cargo build --release --locked  ← gap
```
```toml Cargo.toml
[package]
name = "shop"
[[bench]]
name = "prices"
harness = false
```
```rust benches/prices.rs
fn main() {}
```

## No gap

```dockerfile Dockerfile
FROM rust:1.95 AS build
WORKDIR /app
COPY Cargo.toml Cargo.lock ./
RUN mkdir -p src examples && echo "fn main() {}" > examples/tour.rs
COPY bench* ./benches
COPY src ./src
RUN cargo build --release --locked
```
```toml Cargo.toml
[package]
name = "shop"
[[bench]]
name = "prices"
harness = false
[[example]]
name = "tour"
[[test]]
name = "orders"
path = "tests/orders.rs"
```
```rust benches/prices.rs
fn main() {}
```
```rust examples/tour.rs
fn main() {}
```
```rust tests/orders.rs
fn main() {}
```
"""

from collections.abc import Iterator

from checks.derived.containers.cargo_in_images import CargoInImages
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.CRITICAL, about=CargoInImages, effort=(0.25, 1.0))
def dockerfile_omits_declared_target(snapshot: Snapshot) -> Iterator[Finding]:
    for run in snapshot.derived(CargoInImages).runs:
        if run.missing:
            names = ", ".join(f"{target.kind} `{target.name}`" for target in run.missing)
            message = f"`{run.command}` refuses the manifest: {names} isn't copied before it."
            declared = (
                Evidence(f"declares {target.kind} {target.name}", run.manifest, target.line)
                for target in run.missing
            )
            yield Gap(run.manifest, message, run.path, run.line, tuple(declared))
