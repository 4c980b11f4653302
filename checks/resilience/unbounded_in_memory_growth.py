"""A map in memory gets an entry for each caller and never loses one.

Whoever may choose the key, a client's address, a user, a session, decides how large the map grows. A service that runs
for weeks, or one script with changing keys, fills the memory until the process is killed.

## Fix

Bound it: drop what was not used for a while, or use a cache with a size and a lifetime:

```python
from cachetools import TTLCache

attempts: TTLCache[str, int] = TTLCache(maxsize=10_000, ttl=600)
```

Go: `hashicorp/golang-lru/v2/expirable`. Rust: `moka`. Node: `lru-cache`.

## Gap

```go pkg/limit/limit.go
package limit

func (l *Limiter) of(clientID string) *rate.Limiter {
        limiter := rate.NewLimiter(l.rate, l.burst)
        l.clients[clientID] = limiter  ← gap
        return limiter
}
```
```python service/limit.py
class Limiter:
    def allow(self, user_id: str) -> bool:
        self.seen[user_id] = time.time()  ← gap
        return True
```

## No gap

```python service/limit.py
class Limiter:
    def allow(self, user_id: str) -> bool:
        self.seen[user_id] = time.time()
        return True

    def forget(self, user_id: str) -> None:
        self.seen.pop(user_id, None)
```
"""

import re
from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.facts.source import Call, Source
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

ENTRY = re.compile(
    r"^((?:\w+\.)+\w+)\[(?:\w+\.)*(?:client|user|session|ip|addr|address|remote|tenant|account|caller|visitor|conversation|chat|room|peer)_?(?:id|addr(?:ess)?|key|ip|name)?\]$",
    re.IGNORECASE,
)
CALLER = re.compile(
    r"limit|session|client|user|visitor|conversation|attempt|throttl|bucket|peer|seen", re.IGNORECASE
)
FORGETS = re.compile(r"(?:^|\.)(?:pop|popitem|clear|delete|remove|retain|discard|Delete|Remove|evict\w*)$")
BOUNDED = re.compile(
    r"evict|expir|\bttl|lru|max_?(?:size|entries)|prune|purge|clean_?up|sweep|janitor", re.IGNORECASE
)


@check(severity=Severity.MEDIUM, about=Source, effort=(0.5, 3.0), ranked_by=LiveCode)
def unbounded_in_memory_growth(snapshot: Snapshot) -> Iterator[Finding]:
    for path, source in snapshot.shipped(Source):
        found = {
            match.group(1): binding
            for binding in reversed(source.bindings)
            if binding.inside and (match := ENTRY.match(binding.name)) and CALLER.search(match.group(1))
        }
        for name, entry in found.items() if found and not _bounded(source) else ():
            if not any(_forgets(call, name) for call in source.calls) and not source.in_test(entry.line):
                message = f"`{entry.name}` adds an entry for each key, and nothing removes one."
                looked = "looked for a removal, a size or a lifetime in the file"
                yield Gap(name, message, path, entry.line, (Evidence(looked),))


def _bounded(source: Source) -> bool:
    return any(BOUNDED.search(name) for name in source.references) or any(
        BOUNDED.search(one.name) for one in source.definitions
    )


def _forgets(call: Call, name: str) -> bool:
    field = name.rpartition(".")[2]
    if not FORGETS.search(call.callee):
        return False
    return call.callee.rpartition(".")[0].endswith(field) or any(
        a.text.endswith(field) for a in call.arguments[:1]
    )
