"""A script uses a command that works on Linux only, in a repository that is for macOS too.

`stat -c`, `sed -i`, `date -d` and their like are GNU's: macOS has BSD's tools under the same names, which stop with
"illegal option" or, worse, do something else. The script breaks on half of the developers' machines.

## Fix

Use what both understand, or ask which one is there:

```bash
modified() { stat -c %Y "$1" 2>/dev/null || stat -f %m "$1"; }
sed -i.bak 's/a/b/' file && rm file.bak
started=$(date +%s)   # keep the number instead of parsing a date later
```

## Gap

```bash scripts/report.sh
#!/usr/bin/env bash
set -euo pipefail
start=$(stat -c %Y config.json)  ← gap
```
```yaml .github/workflows/ci.yml
on: push
jobs: {test: {runs-on: macos-14, steps: [{run: make test}]}}
```

## No gap

```bash scripts/report.sh
#!/usr/bin/env bash
set -euo pipefail
start=$(stat -c %Y config.json 2>/dev/null || stat -f %m config.json)
sed -i.bak 's/a/b/' report.txt
```
```yaml .github/workflows/ci.yml
on: push
jobs: {test: {runs-on: macos-14, steps: [{run: make test}]}}
```
"""

from collections.abc import Iterator

from checks.derived.own_scripts import OwnScripts
from checks.derived.tests.nonportable_commands import NonPortableCommands
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=OwnScripts, blocks=Stage.NONE, effort=(0.25, 1.0))
def non_portable_command(snapshot: Snapshot) -> Iterator[Finding]:
    commands = snapshot.derived(NonPortableCommands)
    for (path, program), found in commands.found.items():
        first = found[0]
        other = "macOS" if first.only == "GNU" else "Linux"
        message = f"{first.form} in `{path}` is {first.only}'s and fails on {other}; nothing tells the systems apart."
        places = [Evidence(f"`{item.command.text[:80]}`", path, item.command.line) for item in found]
        promise = Evidence("says that the repository is for macOS", commands.promise)
        yield Gap(program, message, path, first.command.line, (*places, promise))
