"""A file holds functions that are longer than the limit.

What doesn't fit on a screen is not read as a whole, and every fix makes it longer.

## Fix

Take out the parts that have a name. The limit is the policy's `limits.function_lines`; twice that in `.tsx` and `.jsx`.

## Gap

```python service/report.py
def build(rows):  ← gap




























































    return sum(rows)
```

## No gap

```python service/report.py
def build(rows): return sum(rows)
```
"""

from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.facts.source import Source
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=Source, blocks=Stage.NONE, effort=(0.5, 4.0), ranked_by=LiveCode)
def function_too_long(snapshot: Snapshot) -> Iterator[Finding]:
    for path, source in snapshot.shipped(Source):
        most = snapshot.policy.limits.function_lines * (1 + path.endswith((".tsx", ".jsx")))  # the markup too
        long = [(d.end_line - d.line, d) for d in source.functions() if d.end_line - d.line > most]
        if long:
            evidence = tuple(Evidence(f"`{d.name}`: {lines} lines", path, d.line) for lines, d in long)
            message = f"{len(long)} function{'s are' if long[1:] else ' is'} longer than {most} lines."
            yield Gap("long functions", message, path, long[0][1].line, evidence)
