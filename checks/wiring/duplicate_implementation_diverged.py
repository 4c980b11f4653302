"""The live one of two implementations lacks a protection that the unused one has.

Somebody wrote the hardened client, and the program still uses the other. Whoever reads the code, or a status document,
finds the protection and believes that it is in force.

## Fix

Use the protected one, or move its checks to the one that is used, and delete the other.

```go
client, err := ollama.NewClient(baseURL)  // validates the host
```

## Gap

```go go.mod
module shop
```

```go main.go
package main

import "shop/internal/inference"

func main() { inference.Generate("x") }
```

```go internal/inference/client.go
package inference

func Generate(base string) error {
        get(base + "/api/tags")  ← gap
        return post(base + "/api/generate")
}
```

```go internal/runtime/client.go
package runtime

func Generate(base string) error {
        validateHost(base)
        get(base + "/api/tags")
        return post(base + "/api/generate")
}
```

## No gap

```go go.mod
module shop
```

```go main.go
package main

import "shop/internal/runtime"

func main() { runtime.Generate("x") }
```

```go internal/runtime/client.go
package runtime

func Generate(base string) error {
        validateHost(base)
        get(base + "/api/tags")
        return post(base + "/api/generate")
}
```

```go internal/inference/client.go
package inference

func Generate(base string) error {
        get(base + "/api/tags")
        return post(base + "/api/generate")
}
```
"""

from collections.abc import Iterator

from checks.derived.wiring.diverged_twins import DivergedTwins
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=DivergedTwins, effort=(0.5, 4.0))
def duplicate_implementation_diverged(snapshot: Snapshot) -> Iterator[Finding]:
    for twins in snapshot.derived(DivergedTwins).pairs:
        lacks = ", ".join(f"`{name}`" for name, _, _ in twins.protections[:4])
        both = ", ".join(f"`{one}`" for one in twins.endpoints[:4])
        message = f"Talks to {both} without {lacks}, which {twins.unused} has, and nothing uses that one."
        evidence = tuple(
            Evidence(f"calls `{name}`", path, line) for name, path, line in twins.protections[:6]
        )
        yield Gap(twins.unused.rpartition("/")[2], message, twins.live, twins.live_line, evidence)
