"""One failed request ends the whole service.

The handler ends the process where it should answer with an error. Every other request that is being served is cut off, what is
kept in memory is gone, and whoever sends the same request again keeps the service down.

## Fix

Answer with an error, and leave the end of the process to `main`:

```go
if err != nil {
        log.Printf("load order: %v", err)
        http.Error(w, "internal error", http.StatusInternalServerError)
        return // the request has failed, the service goes on
}
```

## Gap

### Go

```go orders.go
package orders

func Show(w http.ResponseWriter, r *http.Request) {
        order, err := load(r.PathValue("id"))
        if err != nil {
                log.Fatal(err)  ← gap
        }
        write(w, order)
}
```

### Node

```javascript server.js
app.get("/orders/:id", (req, res) => {
  load(req.params.id, (error, order) => {
    if (error) process.exit(1);  ← gap
    res.json(order);
  });
});
```

## No gap

```go orders.go
package orders

func Show(w http.ResponseWriter, r *http.Request) {
        order, err := load(r.PathValue("id"))
        if err != nil {
                http.Error(w, "internal error", http.StatusInternalServerError)
                return // answered
        }
        write(w, order)
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.derived.resilience.fatal_handlers import FatalHandlers
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=FatalHandlers, effort=(0.25, 1.0), on_trial=True, ranked_by=LiveCode)
def error_not_recovered(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(FatalHandlers).all:
        handler, calls = found.handler, found.calls
        message = f"`{handler.name}` answers requests, and `{calls[0].callee}` in it ends the process."
        evidence = tuple(Evidence(f"`{call.callee}`", handler.path, call.line) for call in calls[:5])
        yield Gap(handler.name, message, handler.path, calls[0].line, evidence)
