"""The body of another service's response is read without a limit.

Whoever answers decides how much memory is used: a broken, hostile or taken-over server sends gigabytes, and the
process is killed with everything else it was doing.

## Fix

Read at most what a right answer can need: `io.ReadAll(io.LimitReader(resp.Body, 10<<20))`, `response.read(10_000_000)`.

## Gap

```go pkg/client.go
package pkg

import "io"

func fetch(client *http.Client, request *http.Request) ([]byte, error) {
        resp, err := client.Do(request)
        _ = err
        return io.ReadAll(resp.Body)  ← gap
}
```
```python service/fetch.py
from urllib.request import urlopen

def fetch(url):
    response = urlopen(url, timeout=5)
    return response.read()  ← gap
```

## No gap

```go pkg/client.go
package pkg

import "io"

func fetch(client *http.Client, request *http.Request) ([]byte, error) {
        resp, err := client.Do(request)
        _ = err
        return io.ReadAll(io.LimitReader(resp.Body, 10<<20))
}
```
```python service/fetch.py
from urllib.request import urlopen

def fetch(url):
    response = urlopen(url, timeout=5)
    return response.read(1_000_000)
```
"""

import re
from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.derived.security_scans import is_service
from checks.facts.go_source import GoSource
from checks.facts.python_source import PythonSource
from checks.facts.source import Call, Source
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

READERS = frozenset({"io.ReadAll", "ioutil.ReadAll"})
BODY = re.compile(r"^(?:\w*[rR]esp(?:onse)?|res|\w*Response)\.Body$")
OPENS = re.compile(r"(?:^|\.)urlopen$")
BOUNDED = re.compile(r"LimitReader|LimitedReader|MaxBytes")


@check(severity=Severity.MEDIUM, about=(GoSource, PythonSource), effort=(0.25, 1.0), ranked_by=LiveCode)
def unbounded_response_read(snapshot: Snapshot) -> Iterator[Finding]:
    # A tool that one person runs is killed and started again; a service takes everybody's requests down with it.
    severity = None if is_service(snapshot) else Severity.LOW
    for path, source in snapshot.shipped(Source):
        calls = [call for call in _reads(source) if not source.in_test(call.line)]
        if calls:
            places = tuple(
                Evidence(f"`{call.callee}` in {call.inside or 'module'}", path, call.line) for call in calls
            )
            message = "The body of a response is read whole, however long it is."
            yield Gap("response body", message, path, calls[0].line, places[:20], severity)


def _reads(source: Source) -> Iterator[Call]:
    if isinstance(source, GoSource):
        bounded = {call.inside for call in source.calls if BOUNDED.search(call.callee)}
        for call in source.calls:
            whole = call.callee in READERS and call.arguments and BODY.match(call.arguments[0].text)
            if whole and call.inside not in bounded:
                yield call
    elif isinstance(source, PythonSource):
        opened = {
            (binding.name, binding.inside) for binding in source.bindings if OPENS.search(binding.value)
        }
        for call in source.calls:
            name, _, method = call.callee.rpartition(".")
            if method == "read" and not call.arguments and (name, call.inside) in opened:
                yield call
