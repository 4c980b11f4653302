"""A script leaves processes, containers or temporary files behind when it fails.

The clean-up at the end of the script is never reached when a step before it fails: the server keeps its port, the next
run fails with "address in use", and temporary folders fill the disk of the machine that runs it every night.

## Fix

Clean up in a trap on `EXIT`, which also runs after a failure:

```bash
server & server_pid=$!
trap 'kill "$server_pid" 2>/dev/null || true; rm -rf "$work"' EXIT
```

## Gap

```bash scripts/system-test.sh
#!/usr/bin/env bash
set -euo pipefail
trap cleanup INT TERM
./server --port 8080 &  ← gap
server_pid=$!
pytest tests/system
kill "$server_pid"
```

## No gap

```bash scripts/system-test.sh
#!/usr/bin/env bash
set -euo pipefail
trap 'kill "$server_pid"' EXIT
./server --port 8080 &
server_pid=$!
pytest tests/system
```
```bash scripts/both-at-once.sh
#!/usr/bin/env bash
set -e
pytest tests/a &
pytest tests/b &
wait
```
"""

from collections.abc import Iterator

from checks.derived.own_scripts import OwnScripts
from checks.derived.tests.leftovers import ScriptLeftovers
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=OwnScripts, blocks=Stage.NONE, effort=(0.25, 1.0))
def no_cleanup_on_failure(snapshot: Snapshot) -> Iterator[Finding]:
    for path, leftovers in snapshot.derived(ScriptLeftovers).by_script:
        first = leftovers[0]
        message = (
            f"When `{path}` fails after line {first.line}, {first.what} stays: no trap on EXIT cleans up."
        )
        evidence = [Evidence(f"`{item.text[:80]}`: {item.what}", path, item.line) for item in leftovers]
        yield Gap("trap EXIT", message, path, first.line, tuple(evidence))
