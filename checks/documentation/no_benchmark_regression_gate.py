"""Nothing compares benchmarks with an earlier run.

Numbers that are printed and forgotten show no change. Without a stored baseline to compare with, software gets
slower by a few percent a release until a user notices; by then the change that did it is months old.

## Fix

Keep a baseline and fail, or at least comment, beyond a threshold. This action keeps the numbers of the main branch in a branch of
its own and fails beyond twice the time:

```yaml .github/workflows/benchmarks.yml
on: {push: {branches: [main]}}
permissions: {contents: write}
jobs:
  bench:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - run: cargo bench -- --output-format bencher | tee out.txt
      - uses: benchmark-action/github-action-benchmark@a60cea5bc7b49e15c1f58f411161f99e0df48372 # v1.22.0
        with: {tool: cargo, output-file-path: out.txt, fail-on-alert: true, auto-push: true, github-token: "${{ github.token }}"}
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
      - run: cargo bench
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
      - run: cargo bench -- --baseline main
```
"""

from collections.abc import Iterator

from checks.derived.benchmarks import Benchmarks
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage, Undecided
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=Benchmarks, blocks=Stage.NONE, proof=Proof.ABSENCE, effort=(2.0, 8.0))
def no_benchmark_regression_gate(snapshot: Snapshot) -> Iterator[Finding]:
    benchmarks = snapshot.derived(Benchmarks)
    if benchmarks.are_compared or not len(benchmarks.ci):
        return
    if benchmarks.ci.opaque:
        yield Undecided("CI calls something that can't be read", benchmarks.ci.opaque[0][1])
        return
    where = (*benchmarks.runs, *benchmarks.compiled_by)[:2]
    evidence = (
        *(Evidence("handles benchmarks", command.path, command.line) for command in where),
        *(Evidence("benchmarks", one.path) for one in benchmarks.all[:5]),
        Evidence("looked for a comparison with a baseline in everything that CI runs"),
    )
    yield Gap("benchmark baseline", "CI compares no benchmark with an earlier run.", evidence=evidence)
