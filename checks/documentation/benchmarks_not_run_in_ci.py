"""Benchmarks exist and CI never runs them.

A benchmark that nobody runs measures nothing: it stops compiling, then stops meaning anything, while documents go
on quoting its old numbers. Compiling it (`--no-run`) only keeps it from rotting. Shared runners are noisy, so a
scheduled run whose numbers are kept is enough.

## Fix

`cargo bench` runs what is in `benches/`, `go test -bench . ./...` and `pytest --benchmark-only` their languages' own:

```yaml .github/workflows/benchmarks.yml
on:
  schedule: [{cron: "0 3 * * 1"}]
permissions: {contents: read}
jobs:
  bench:
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - run: cargo bench --locked
```

## Gap

```rust benches/parse.rs
fn main() {
    shop::parse("x");
}
```
```yaml .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: cargo bench --no-run
```

## No gap

```rust benches/parse.rs
fn main() {
    shop::parse("x");
}
```
```yaml .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: cargo bench
```
"""

from collections.abc import Iterator

from checks.derived.benchmarks import Benchmarks
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage, Undecided
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=Benchmarks, blocks=Stage.NONE, proof=Proof.ABSENCE, effort=(0.5, 3.0))
def benchmarks_not_run_in_ci(snapshot: Snapshot) -> Iterator[Finding]:
    benchmarks = snapshot.derived(Benchmarks)
    if benchmarks.are_run or not len(benchmarks.ci):
        return
    if benchmarks.ci.opaque:
        yield Undecided("CI calls something that can't be read", benchmarks.ci.opaque[0][1])
        return
    compiled = tuple(
        Evidence("compiles them only", command.path, command.line) for command in benchmarks.compiled_by[:3]
    )
    files = tuple(Evidence("benchmarks", one.path) for one in benchmarks.all[:5])
    does = "compiles the benchmarks and never runs them" if compiled else "never runs the benchmarks"
    yield Gap("benchmarks", f"CI {does} ({len(benchmarks)} files).", evidence=(*compiled, *files))
