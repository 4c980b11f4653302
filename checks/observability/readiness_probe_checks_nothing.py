"""The readiness answer is always yes.

A load balancer asks a service whether it can work before sending it traffic. A constant answer sends requests to
instances whose database or queue is gone, and keeps a bad release in rotation: every user sees errors, no probe does.

## Fix

Look at what a request needs, and answer 503 when it is not there:

```python
@app.get("/readyz")
async def readyz() -> dict[str, str]:
    await database.execute("select 1")
    return {"status": "ready"}
```

## Gap

```python main.py
@app.get("/readyz")
def readyz() -> dict[str, str]:  ← gap
    return {"status": "ready"}
```
```go cmd/server/main.go
package main

func main() {
        checker.RegisterCheck(health.PingCheck())  ← gap
}
```
```go pkg/health/ping.go
package health

func PingCheck() *Check {
        return &Check{CheckFunc: func(ctx context.Context) error { return nil }}
}
```

## No gap

```python main.py
@app.get("/readyz")
async def readyz() -> dict[str, str]:
    await database.execute("select 1")
    return {"status": "ready"}
```
```go cmd/server/main.go
package main

func main() {
        checker.RegisterCheck(health.PingCheck())
        checker.RegisterCheck(health.DatabaseCheck(pool.Ping))
}
```
"""

from collections.abc import Iterator

from checks.derived.observability.readiness_answers import ReadinessAnswers
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=ReadinessAnswers, effort=(0.5, 3.0))
def readiness_probe_checks_nothing(snapshot: Snapshot) -> Iterator[Finding]:
    for answer in snapshot.derived(ReadinessAnswers).all:
        if answer.always:
            evidence = (Evidence(answer.always, answer.defined_in, answer.defined_at),)
            yield Gap(answer.subject, answer.message, answer.path, answer.line, evidence)
