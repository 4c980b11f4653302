"""The README praises the speed, and nothing in the repository measures it.

Speed that nobody measures is lost without a word: one more copy, one more query for each row. And those who chose the
project for its speed can't see whether they still get it.

## Fix

Measure the path that the claim is about, and keep the measurement beside the code. Go's test runner and Rust's Criterion
need one file; for Python pytest-benchmark calls the function until its time is known:

```python tests/benchmarks/test_parse.py
import shop


def test_parse(benchmark):  # pip install pytest-benchmark
    assert benchmark(shop.parse, "x" * 10_000)
```

Or say less in the README.

## Gap

````markdown README.md
# Shop

A blazing fast parser of orders.  ← gap
````
```python shop.py
def parse(text): return text
```

## No gap

````markdown README.md
# Shop

A blazing fast parser of orders.
````
```python shop.py
def parse(text): return text
```
```python benchmarks/parse.py
from shop import parse

def run(): parse("x" * 10_000)
```
"""

from collections.abc import Iterator

from checks.derived.documentation.claimed_speed import ClaimedSpeed
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=ClaimedSpeed, blocks=Stage.NONE, effort=(1.0, 8.0), proof=Proof.ABSENCE)
def no_benchmarks(snapshot: Snapshot) -> Iterator[Finding]:
    speed = snapshot.derived(ClaimedSpeed)
    if speed.measured_by is None:
        message = f'The README says "{speed.words}", and nothing in the repository measures it.'
        looked = Evidence(
            "looked for benchmarks, load tests and files named after them, and links to results"
        )
        yield Gap("benchmarks", message, speed.path, speed.line, (looked,))
