"""A shell script holds a defect that shellcheck knows.

A script that can't be parsed, a `cd` that fails before the `rm -rf`, an empty variable in front of `/*`: such lines work on
the machine where they were written and destroy something on another. What is a matter of quoting style is left to the linter.

## Fix

`shellcheck script.sh` explains each line. The two most frequent:

```sh
cd "$folder" || exit 1
rm -rf "${folder:?}/"*
```

## Gap

```sh deploy/clean.sh
#!/bin/bash
cd /srv/app/cache  ← gap
rm -rf "$CACHE/"*  ← gap
```

## No gap

```sh deploy/clean.sh
#!/bin/bash
cd /srv/app/cache || exit 1
rm -rf "${CACHE:?}/"*
```
"""

from collections.abc import Iterator

from checks.facts.roles import Role
from checks.facts.shell_audit import ShellAudit
from checks.model import Evidence, Finding, Gap, Severity, Stage, Undecided
from checks.registry import check
from checks.snapshot import Snapshot

_WORTH_IT = frozenset({"SC2115", "SC2164"})  # warnings to shellcheck; a lost folder to the operator
_OTHER_SHELL = frozenset({"SC1071", "SC2148"})  # which shell it is for can't be told, or isn't one it knows
_SHOWN = frozenset({Role.SHIPPED, Role.TOOL})


@check(severity=Severity.LOW, about=ShellAudit, blocks=Stage.NONE, effort=(0.1, 0.5))
def shell_script_defect(snapshot: Snapshot) -> Iterator[Finding]:
    for path, reason in snapshot.unreadable((ShellAudit.kind,)).items():
        yield Undecided(reason, path)
    for path, audit in snapshot.files(ShellAudit):
        if snapshot.role(path) not in _SHOWN or any(f.rule in _OTHER_SHELL for f in audit.findings):
            continue
        for found in audit.findings:
            if found.level == "error" or found.rule in _WORTH_IT:
                evidence = (Evidence(f"shellcheck's {found.rule}", path, found.line),)
                yield Gap(found.rule, f"{found.text.rstrip('.')}.", path, found.line, evidence)
