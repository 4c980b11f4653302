"""An option is declared and parsed, and nothing in the program reads it.

Whoever sets it in production believes in a limit or a dry run that does not exist. Nothing fails.

## Fix

Use the value where it was meant to count, or remove the option.

```go
client := http.Client{Timeout: config.Timeout}
```

## Gap

```go config.go
package main

import "time"

type Config struct {
        Address string        `yaml:"address"`
        Timeout time.Duration `yaml:"timeout"`  ← gap
}
```

```go main.go
package main

func main() {
        config := load()
        serve(config.Address)
}
```

### a flag that goes nowhere

```go main.go
package main

import "flag"

var _ = flag.String("log-level", "info", "how much is logged")  ← gap
func main() {
        flag.Parse()
}
```

## No gap

```go config.go
package main

type Config struct {
        Address string `yaml:"address"`
}
```

```go main.go
package main

func main() {
        config := load()
        serve(config.Address)
}
```
"""

from collections import defaultdict
from collections.abc import Iterator

from checks.derived.ignored_flags import IgnoredFlags
from checks.derived.settings import SettingsTypes, UnreadField
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.HIGH,
    about=(SettingsTypes, IgnoredFlags),
    blocks=Stage.PRODUCTION,
    effort=(0.5, 4.0),
    proof=Proof.ABSENCE,
)
def config_field_parsed_but_never_used(snapshot: Snapshot) -> Iterator[Finding]:
    for flag in snapshot.derived(IgnoredFlags).flags:
        places = tuple(Evidence(note, path, line) for path, line, note in flag.places[:8])
        message = f"The option `{flag.name}` has no effect: {flag.why}."
        yield Gap(flag.name, message, flag.path, flag.line, places)
    groups: dict[tuple[str, str], list[UnreadField]] = defaultdict(list)
    for found in snapshot.derived(SettingsTypes).unread:
        groups[found.path, found.type].append(found)
    for (path, owner), fields in sorted(groups.items()):
        names = ", ".join(f"`{item.field.name}`" for item in fields)
        evidence = [
            Evidence(f"{item.field.name}: no code reads it", path, item.field.line) for item in fields
        ]
        evidence += [Evidence(f"{i.field.name} is only handed on", p, n) for i in fields for p, n in i.copied]
        message = f"{names} of {owner} can be set, and nothing reads {'it' if len(fields) == 1 else 'them'}."
        yield Gap(owner, message, path, fields[0].field.line, tuple(evidence))
