"""An example shows code that panics on some input.

Examples are copied into programs that get other input: an answer without choices, a title with an accent. What was
good enough to show becomes a crash in somebody's production.

## Fix

Show the form that can't panic; it is no longer:

```rust
let Some(choice) = response.choices.first() else { return Err("no answer".into()) };
```

## Gap

```toml Cargo.toml
[package]
name = "shop"
version = "1.0.0"
```
```rust examples/chat.rs
fn main() {
    let response = shop::ask("hello");
    println!("{}", response.choices[0].text);  ← gap
}
```

## No gap

```toml Cargo.toml
[package]
name = "shop"
version = "1.0.0"
```
```rust examples/chat.rs
fn main() {
    let response = shop::ask("hello");
    println!("{}", response.choices.first().map_or("", |choice| &choice.text));
}
```
"""

from collections.abc import Iterator

from checks.derived.cargo_examples import CargoExamples
from checks.derived.rust_panics import RustPanics
from checks.facts.roles import Role
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=CargoExamples, blocks=Stage.NONE, effort=(0.1, 0.5), on_trial=True)
def unsafe_example(snapshot: Snapshot) -> Iterator[Finding]:
    for path, panics in snapshot.derived(RustPanics).of(Role.EXAMPLE):
        first = panics[0]
        evidence = tuple(Evidence(f"`{p.hazard.text}`: {p.why}", path, p.hazard.line) for p in panics)
        yield Gap("panics", f"`{first.hazard.text}`: {first.why}.", path, first.hazard.line, evidence)
