"""An HTTP call has no time limit.

When the other side accepts the connection and then says nothing, the call waits for ever. Threads, connections and
queue slots fill up with waiting calls, and the outage of one dependency becomes the outage of the whole service.
In a command that somebody runs at a terminal it weighs less: there it is seen, and stopped with a key.

## Fix

Give every client or call a limit: `requests.get(url, timeout=10)`, `&http.Client{Timeout: 10 * time.Second}`,
`reqwest::Client::builder().timeout(..)`, `axios.create({ timeout: 10_000 })`.

## Gap

```python service/api.py
import requests

def fetch(url):
    return requests.get(url)  ← gap
```
```go pkg/api.go
package pkg

import "net/http"

func fetch(url string) { http.Get(url) }  ← gap

var client = &http.Client{}  ← gap
```
```rust src/api.rs
fn client() -> reqwest::Client { reqwest::Client::new() }  ← gap
```

## No gap

```python service/api.py
import httpx
import requests

def fetch(url):
    return requests.get(url, timeout=10) or httpx.get(url)
```
```go pkg/api.go
package pkg

import "net/http"

var client = &http.Client{Timeout: limit}
```
"""

from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.derived.resilience.http_calls import HttpCalls
from checks.model import Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=HttpCalls, effort=(0.25, 1.0), ranked_by=LiveCode)
def http_call_without_timeout(snapshot: Snapshot) -> Iterator[Finding]:
    for call in snapshot.derived(HttpCalls).calls:
        if call.limited:
            continue
        message = f"`{call.callee}` has no time limit: {call.why}."
        # Node's own fetch gives up after five minutes, a person at a terminal sooner.
        severity = Severity.MEDIUM if call.callee == "fetch" or call.is_attended else None
        yield Gap(
            f"{call.inside or 'module'}: {call.callee}", message, call.path, call.line, severity=severity
        )
