"""A script looks for some of the programs it needs, and not for others.

On a machine without one of the others it stops in the middle, with half of its work done and "command not found" in a
log, or takes the missing program for a failed test: "endpoint unreachable", since there is no `curl`.

## Fix

Look for all of them at the start, before anything is done:

```bash
for program in cargo jq uuidgen; do
  command -v "$program" >/dev/null || { echo "$program is needed" >&2; exit 1; }
done
```

## Gap

```bash scripts/system-test.sh
#!/usr/bin/env bash
set -euo pipefail
command -v python3 >/dev/null || { echo "python3 is needed" >&2; exit 1; }
session="run-$(uuidgen)"  ← gap
python3 runner.py "$session"
```

## No gap

```bash scripts/system-test.sh
#!/usr/bin/env bash
set -euo pipefail
command -v python3 >/dev/null || { echo "python3 is needed" >&2; exit 1; }
command -v uuidgen >/dev/null || { echo "uuidgen is needed" >&2; exit 1; }
session="run-$(uuidgen)"
python3 runner.py "$session"
```
"""

from collections.abc import Iterable, Iterator

from checks.derived.own_scripts import OwnScripts
from checks.derived.tests.unchecked_tools import UncheckedTools
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=OwnScripts, blocks=Stage.NONE, effort=(0.1, 0.5))
def missing_tool_check(snapshot: Snapshot) -> Iterator[Finding]:
    for path, tools in snapshot.derived(UncheckedTools).by_script.items():
        names, checked = _listed(tool.program for tool in tools), _listed(tools[0].checked)
        message = (
            f"It looks for {checked}, but not for {names}."
            if checked
            else f"It runs {names}, which this repository installs, without looking whether it is there."
        )
        evidence = tuple(Evidence(f"`{tool.text[:80]}`", path, tool.line) for tool in tools)
        yield Gap("tools", message, path, tools[0].line, evidence)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
