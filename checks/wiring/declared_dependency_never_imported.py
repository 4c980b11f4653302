"""A dependency is declared and no source file uses it.

It is compiled, audited, updated and shipped for nothing; each of its advisories has to be looked at, and a reader
believes that a feature is built on it.

## Fix

Remove it from the manifest.

```toml Cargo.toml
[package]
name = "shop"
version = "0.1.0"
edition = "2021"

[dependencies]
itoa = "1"
```

## Gap

```toml Cargo.toml
[package]
name = "shop"
version = "0.1.0"
edition = "2021"

[dependencies]
itoa = "1"
hmac = "0.12"  ← gap
```

```rust src/main.rs
fn main() {
    println!("{}", itoa::Buffer::new().format(1));
}
```

## No gap

```toml Cargo.toml
[package]
name = "shop"
version = "0.1.0"
edition = "2021"

[dependencies]
itoa = "1"
```

```rust src/main.rs
fn main() {
    println!("{}", itoa::Buffer::new().format(1));
}
```
"""

from collections.abc import Iterator

from checks.derived.wiring.unused_crates import UnusedCrates
from checks.derived.wiring.unused_requirements import UnusedRequirements
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.LOW,
    about=(UnusedCrates, UnusedRequirements),
    blocks=Stage.NONE,
    effort=(0.1, 0.3),
    proof=Proof.ABSENCE,
)
def declared_dependency_never_imported(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(UnusedCrates).unused:
        name = found.dependency.name
        sought = (
            Evidence(f"looked for {name.replace('-', '_')} in every Rust file of the package: not there"),
        )
        message = f"`{name}` is declared and used by no source file of the package."
        yield Gap(name, message, found.manifest, found.dependency.line, sought)
    for item in snapshot.derived(UnusedRequirements).unused:
        sought = (Evidence(f"looked for an import of it in every file of {item.language} of the tree: none"),)
        message = f"`{item.name}` is declared and imported by no file of {item.language}."
        yield Gap(item.name, message, item.manifest, item.line, sought)
