"""A function's outcome is "not implemented".

It can be called, it type-checks, it may even have a route or a setting that leads to it; the first user who takes
that way gets an exception or a 501. Where only one branch refuses, the setting that selects it is a promise the
program does not keep.

## Fix

Implement it, or take away the way that leads to it (the option, the route, the method of the interface), so that the
refusal comes when the program starts and not when a user is waiting.

## Gap

```python service/queue.py
def redis_queue(url):
    raise NotImplementedError("Redis queue not yet implemented")  ← gap

def cache(kind):
    if kind == "redis":
        raise NotImplementedError("Redis cache not yet implemented")  ← gap
    return {}
```
```go pkg/transport.go
package pkg

func Send(data []byte) error {
        return errors.New("send is not implemented")  ← gap
}
```
```rust src/lib.rs
pub fn sync() {
    todo!()  ← gap
}
```
```typescript src/store.ts
export async function save(item: Item) { throw new Error("Not implemented"); }  ← gap
```

## No gap

```python service/queue.py
from abc import ABC, abstractmethod

class Queue(ABC):
    @abstractmethod
    def put(self, item):
        raise NotImplementedError

class Base:
    def run(self):
        raise NotImplementedError("subclasses must implement run")

def unset(prompt):
    raise NotImplementedError("No model is configured. Please configure one in .env")

def open_queue(kind):
    raise NotImplementedError(f"unknown kind {kind}")
```
```go pkg/transport.go
package pkg

type UnimplementedServer struct{}

func (UnimplementedServer) Send() error { return errors.New("method Send not implemented") }
```
"""

from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.derived.unfinished import Unfinished
from checks.facts.source import Source
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=Source, effort=(2.0, 16.0), ranked_by=LiveCode)
def stub_returns_not_implemented(snapshot: Snapshot) -> Iterator[Finding]:
    for refusal in snapshot.derived(Unfinished).refusals:
        how = "does nothing but refuse" if refusal.whole else "refuses on one of its ways"
        message = f"`{refusal.name}` {how}: `{refusal.quote[:100]}`."
        evidence = tuple(Evidence("refuses here", refusal.path, line) for line in refusal.lines[:10])
        severity = None if refusal.whole and not refusal.is_done_by_others else Severity.MEDIUM
        subject = refusal.name if refusal.whole else f"{refusal.name}: {refusal.quote[:80]}"
        yield Gap(subject, message, refusal.path, refusal.line, evidence, severity)
