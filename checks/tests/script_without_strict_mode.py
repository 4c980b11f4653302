"""A shell script goes on after a command has failed.

Without `set -e` a script's failed step is a line among others: a deployment goes on without the build, a backup reports
success over an empty file, a test script ends with the exit status of its last `echo`.

## Fix

Put this under the shebang, then say for each command that may fail what happens then:

```bash
#!/usr/bin/env bash
set -euo pipefail
```

## Gap

```bash scripts/deploy.sh
#!/usr/bin/env bash  ← gap
npm ci
npm run build
rsync -a dist/ www:/srv/app
echo done
```

## No gap

```bash scripts/deploy.sh
#!/usr/bin/env bash
set -euo pipefail
npm ci
npm run build
rsync -a dist/ www:/srv/app
```
```bash scripts/status-by-hand.sh
#!/bin/sh
npm ci || exit 1
npm run build
rsync -a dist/ www:/srv/app
```
```bash scripts/one-command.sh
#!/bin/sh
exec npm test
```
"""

from collections.abc import Iterator

from checks.derived.own_scripts import OwnScript, OwnScripts
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

FEWEST = 3  # commands; the status of the last one is the script's own
LOOKS = frozenset({"cat", "grep", "tput", "clear", "ls", "which", "head", "tail", "sed", "awk", "cut", "tr", "read", "whoami", "uname", "source", "."})  # fmt: skip


@check(severity=Severity.MEDIUM, about=OwnScripts, blocks=Stage.NONE, effort=(0.25, 1.0))
def script_without_strict_mode(snapshot: Snapshot) -> Iterator[Finding]:
    for script in snapshot.derived(OwnScripts):
        if script.exits_on_failure or _handles_failures(script):
            continue
        lost = [c for c in script.working if c.program not in LOOKS and c.part in ("", "function")]
        if len(lost) < FEWEST:
            continue
        message = f"`{script.path}` goes on when a command fails: `set -e` is nowhere in it."
        evidence = [Evidence(f"`{c.text[:80]}` may fail unnoticed", script.path, c.line) for c in lost[:3]]
        yield Gap("set -e", message, script.path, 1, tuple(evidence))


def _handles_failures(script: OwnScript) -> bool:
    """Whether the author looks at the outcomes by hand."""
    return script.structure.reads_status or bool(script.structure.exits) or script.cleans_up
