"""A server is stopped in the middle of its requests.

On every deployment, scale-down and node drain the platform sends SIGTERM and waits. A server that doesn't listen for
it drops the requests in flight, half-done work included, each time that a new version is rolled out.

## Fix

Stop accepting, finish what runs, then exit:

```go cmd/api/main.go
package main

import ("context"; "net/http"; "os/signal"; "syscall"; "time")

func main() {
        ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
        defer stop()
        server := &http.Server{Addr: ":8080", ReadHeaderTimeout: 5 * time.Second}
        go server.ListenAndServe()
        <-ctx.Done()
        limit, cancel := context.WithTimeout(context.Background(), 20*time.Second)
        defer cancel()
        server.Shutdown(limit)
}
```

## Gap

```go cmd/api/main.go
package main

import "net/http"

func main() { http.ListenAndServe(":8080", nil) }
```

## No gap

```go cmd/api/main.go
package main

import ("net/http"; "os/signal")

func main() {
        server := &http.Server{Addr: ":8080"}
        go server.ListenAndServe()
        signal.Notify(stop, term)
        server.Shutdown(ctx)
}
```
"""

from collections.abc import Iterator

from checks.derived.resilience.listeners import Listeners
from checks.model import Evidence, Finding, Gap, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=Listeners, effort=(1.0, 4.0), proof=Proof.ABSENCE)
def no_graceful_shutdown(snapshot: Snapshot) -> Iterator[Finding]:
    listeners = snapshot.derived(Listeners)
    for listener in listeners.places:
        if not listener.stopped:
            evidence = (
                Evidence(f"`{listener.callee}` serves here", listener.path, listener.line),
                Evidence(f"looked for {listener.looked_for} in the shipped code around it"),
            )
            message = f"This serves with `{listener.callee}` and nothing ends it gracefully on SIGTERM."
            yield Gap(listener.callee, message, listener.path, None, evidence)
