"""What a loop opens is only closed when the function returns.

Go runs a `defer` at the end of the function, not of the loop's pass. Each pass leaves one more response, file or lock
open: connections run out while a long list is worked through, and a lock taken in the second pass waits for ever.

## Fix

Make the pass a function of its own, and the `defer` ends with it:

```go
for _, address := range addresses {
        if err := fetchOne(client, address); err != nil {
                return err
        }
}

func fetchOne(client *http.Client, address string) error {
        resp, err := client.Get(address)
        if err != nil {
                return err
        }
        defer resp.Body.Close()
        return use(resp.Body)
}
```

## Gap

```go pkg/fetch.go
package pkg

func fetch(client *http.Client, addresses []string) error {
        for _, address := range addresses {
                resp, err := client.Get(address)
                if err != nil {
                        return err
                }
                defer resp.Body.Close()  ← gap
        }
        return nil
}
```

## No gap

```go pkg/fetch.go
package pkg

func fetch(client *http.Client, addresses []string) {
        for _, address := range addresses {
                go func() {
                        resp, _ := client.Get(address)
                        defer resp.Body.Close()
                }()
        }
}
```
"""

from collections import defaultdict
from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.facts.go_source import GoSource
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=GoSource, effort=(0.25, 1.0), ranked_by=LiveCode)
def defer_in_loop(snapshot: Snapshot) -> Iterator[Finding]:
    for path, source in snapshot.shipped(GoSource):
        places: dict[str, list[int]] = defaultdict(list)
        for function, line in source.loop_defers:
            places[function].append(line)
        for function, lines in places.items():
            message = f"`{function}` defers in a loop: nothing is closed before it returns."
            evidence = tuple(Evidence("a `defer` in a loop", path, line) for line in lines)
            yield Gap(function, message, path, lines[0], evidence)
