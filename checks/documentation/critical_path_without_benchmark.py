"""A benchmark exercises no code of the product.

It is called after a component and prints numbers, but imports nothing of the product: it measures a copy, or the
standard library. Those who read its name believe that the component is watched.


## Fix

Import the code that ships, and measure that:

```rust
use criterion::{criterion_group, criterion_main, Criterion};

fn parse(c: &mut Criterion) {
    c.bench_function("parse", |b| b.iter(|| shop::parser::parse("x")));
}
criterion_group!(benches, parse);
criterion_main!(benches);
```

## Gap

```toml Cargo.toml
[package]
name = "shop"
version = "0.1.0"
```
```rust benches/parsing.rs
fn count(text: &str) -> usize {  ← gap
    text.split_whitespace().count()
}

fn main() {
    count("x");
}
```

## No gap

```toml Cargo.toml
[package]
name = "shop"
version = "0.1.0"
```
```rust benches/parsing.rs
use shop::parse;

fn main() {
    parse("x");
}
```
"""

from collections.abc import Iterator

from checks.derived.benchmarks import Benchmarks
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=Benchmarks, blocks=Stage.NONE, effort=(1.0, 6.0))
def critical_path_without_benchmark(snapshot: Snapshot) -> Iterator[Finding]:
    for benchmark in snapshot.derived(Benchmarks).all:
        if benchmark.exercises_product is False:
            message = "This benchmark imports nothing of the product."
            yield Gap(
                benchmark.path,
                message,
                benchmark.path,
                1,
                (Evidence("looked for the repository's own crates"),),
            )
