"""An option is declared and parsed, and nothing in the program reads it.

Whoever sets it, or has a script write it, believes in a limit or a dry run that does not exist. Nothing fails.

## Fix

Use the value where it was meant to count, or remove the option.

```go
client := http.Client{Timeout: config.Timeout}
```

## Gap

```go main.go
package main

type Config struct {
        Address string `yaml:"address"`
        Timeout int    `yaml:"timeout"`  ← gap
}

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

```go main.go
package main

type Config struct {
        Address string `yaml:"address"`
}

func main() {
        config := load()
        serve(config.Address)
}
```
"""

from collections import defaultdict
from collections.abc import Iterator

from checks.derived.wiring.ignored_flags import IgnoredFlags
from checks.derived.wiring.settings import SettingsTypes, UnreadField
from checks.derived.wiring.unknown_settings import WrittenSettings
from checks.derived.wiring.unread_sections import UnreadSections
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.HIGH,
    about=(SettingsTypes, UnreadSections, IgnoredFlags, WrittenSettings),
    blocks=Stage.PRODUCTION,
    effort=(0.5, 4.0),
    proof=Proof.ABSENCE,
)
def config_field_parsed_but_never_used(snapshot: Snapshot) -> Iterator[Finding]:
    for flag in snapshot.derived(IgnoredFlags).flags:
        places = tuple(Evidence(note, path, line) for path, line, note in flag.places[:8])
        message = f"The option `{flag.name}` has no effect: {flag.why}."
        yield Gap(flag.name, message, flag.path, flag.line, places)
    yield from (found.gap() for found in snapshot.derived(WrittenSettings).unknown)
    sections = snapshot.derived(UnreadSections).unread
    for section in sections:
        names = ", ".join(f"`{field.name}`" for field in section.fields[:12])
        message = f"Nothing reads the section `{section.key.name}`: {names} have no effect."
        sought = Evidence(f"looked for a read of .{section.key.name}: none", section.path, section.key.line)
        yield Gap(section.type.name, message, section.type_path, section.type.line, (sought,))
    dead = {(section.type_path, section.type.name) for section in sections}
    told = {(section.path, section.key.line) for section in sections}
    groups: dict[tuple[str, str], list[UnreadField]] = defaultdict(list)
    for found in snapshot.derived(SettingsTypes).unread:
        if (found.path, found.type) not in dead and (found.path, found.field.line) not in told:
            groups[found.path, found.type].append(found)
    for (path, owner), fields in sorted(groups.items()):
        names = ", ".join(f"`{item.field.name}`" for item in fields)
        evidence = [Evidence(f"{i.field.name}: no code reads it", path, i.field.line) for i in fields]
        evidence += [Evidence(f"{i.field.name} is only handed on", p, n) for i in fields for p, n in i.copied]
        message = f"{names} of {owner} can be set, and nothing reads {'it' if len(fields) == 1 else 'them'}."
        yield Gap(owner, message, path, fields[0].field.line, tuple(evidence))
