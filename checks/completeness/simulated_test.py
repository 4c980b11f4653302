"""A test only sleeps and counts, and says so.

It is listed with the others and takes its hours; a green run says that the clock works. What it is named after is never
called, and the report that quotes it vouches for something that nobody tried.

## Fix

Drive the program itself (its command, its API) and assert on what it did, or take the file out of the suite and call it
a harness.

## Gap

```rust tests/extended.rs
/// NOTE: this is a simulation test. It does not exercise real requests.
#[tokio::test]
async fn two_hour_session() {  ← gap
    for _ in 0..7200 {
        metrics.record(true);
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    assert!(metrics.count() > 0);
}
```
```python tests/test_load.py
def test_sustained_load():  ← gap
    # Simulated load: does not call the real service.
    for _ in range(100):
        time.sleep(0.1)
        counter.increment()
    assert counter.value == 100
```

## No gap

```python tests/test_load.py
from service import client

def test_sustained_load():
    # Simulates a slow network; the client is the real one.
    time.sleep(0.1)
    assert client.get("/") == 200
```
"""

import re
from collections.abc import Iterator

from checks.facts.roles import Role
from checks.facts.source import Definition, DefinitionKind, Source
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

SAYS_SO = re.compile(
    r"\bsimulat(?:ion|ed)[- ](?:only|test|load|session)\b|\bdoes(?: not|n't) (?:exercise|call|use|start|run)\s+(?:the |any )?(?:real|actual)\b",
    re.IGNORECASE,
)
SLEEPS = re.compile(r"(?:^|[.:])(?:sleep|Sleep|sleep_ms|setTimeout|wait_for_timeout)$")
TESTED = re.compile(r"(?:^|::)(?:test|rstest|ignore)\b")


@check(severity=Severity.LOW, about=Source, blocks=Stage.NONE, effort=(2.0, 16.0))
def simulated_test(snapshot: Snapshot) -> Iterator[Finding]:
    for path, source in snapshot.files(Source):
        if snapshot.role(path) is not Role.TEST:
            continue
        sleeping = {call.inside for call in source.calls if SLEEPS.search(call.callee)}
        found = [d for d in source.definitions if d.name in sleeping and _says_so(d, source)]
        if found:
            evidence = tuple(Evidence(f"`{d.name}` only sleeps and counts", path, d.line) for d in found[:10])
            message = f"`{found[0].name}` says of itself that it simulates what it is named after."
            yield Gap("simulated tests", message, path, found[0].line, evidence)


def _says_so(definition: Definition, source: Source) -> bool:
    name = definition.name.rpartition(".")[2]
    is_test = re.match("_*[tT]est", name) or any(TESTED.search(text) for text in definition.decorators)
    said = [definition.doc or "", *definition.decorators]
    said += [c.text for c in source.comments if definition.line <= c.line <= definition.end_line]
    functions = (DefinitionKind.FUNCTION, DefinitionKind.METHOD)
    return bool(definition.kind in functions and is_test and any(SAYS_SO.search(text) for text in said))
