"""Shipped code stands in for the real thing, and says so.

A comment admits that the real call is missing, or a result is made up to look like one: a stream that is a finished
answer cut into pieces, a container that is only said to have started. Whoever depends on it finds out in production.

## Fix

Make the real call, or refuse until there is one. What is left for demonstrations belongs among the examples.

## Gap

```python service/runner.py
def run_container(image):
    # In a real implementation, this would talk to Docker.  ← gap
    container_id = image[:12]
    return container_id
```
```go pkg/provider/stream.go
package provider

func NewSimulatedStream(text string, size int) Stream { return cut(text, size) }
```
```go pkg/provider/provider.go
package provider

func (p *Provider) CreateStreaming(ctx context.Context, r Request) (Stream, error) {
        answer, err := p.Create(ctx, r)
        if err != nil {
                return nil, err
        }
        return NewSimulatedStream(answer.Content, 15), nil  ← gap
}
```
```rust src/devops.rs
fn detect() -> Runtime {
    // In real implementation, would check for docker  ← gap
    Runtime::Docker
}
```

## No gap

```python service/runner.py
def run_container(image):
    # The real implementation is in docker.py; a dry run only prints.
    return docker.run(image)
```
```go pkg/anneal/anneal.go
package anneal

func Solve(p Problem) Answer { return NewSimulatedAnnealing(p).Run() }
```
"""

from collections.abc import Iterator

from checks.derived.completeness.simulations import Simulations
from checks.derived.live_code import LiveCode
from checks.facts.source import Source
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=Source, effort=(2.0, 16.0), ranked_by=LiveCode)
def simulated_implementation(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(Simulations).found:
        evidence = tuple(Evidence(note, path, line) for note, path, line in found.notes[:10])
        yield Gap(found.name, found.message, found.path, found.line, evidence, found.severity)
