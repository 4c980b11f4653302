"""A test script takes a result that it could not read for zero.

`failed=$(grep -o '[0-9]* failed' log || echo 0)` finds nothing when the run crashed before its summary, and then says
that nothing failed: the worst run is counted as the best.

## Fix

Ask for the status of the run, and stop when its summary is not there:

```bash
summary=$(grep -E '[0-9]+ (passed|failed)' "$log") || { echo "no summary in $log" >&2; exit 1; }
```

## Gap

```bash scripts/run-tests.sh
#!/usr/bin/env bash
set -uo pipefail
pytest | tee test.log
failed=$(grep -oE '[0-9]+ failed' test.log || echo 0)  ← gap
exit "$failed"
```

## No gap

```bash scripts/run-tests.sh
#!/usr/bin/env bash
set -euo pipefail
pytest | tee test.log
```
"""

import re
from collections.abc import Iterator

from checks.derived.own_scripts import OwnScripts
from checks.derived.tests.ignored_tests import IgnoredTests
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

ZERO = re.compile(r"^\|\| (?:echo|printf) [\"']?0[\"']?$")
RESULT = re.compile(r"fail|error|pass|ok|broken", re.IGNORECASE)
READERS = ("grep", "jq", "awk", "sed", "tail")


@check(severity=Severity.LOW, about=IgnoredTests, blocks=Stage.NONE, effort=(0.25, 1.0), on_trial=True)
def result_not_validated(snapshot: Snapshot) -> Iterator[Finding]:
    for script in snapshot.derived(OwnScripts):
        if script.path not in snapshot.derived(IgnoredTests).scripts:
            continue
        results = {command.line for command in script.commands if RESULT.search(command.text)}
        defaulted = [
            command
            for command in script.commands
            if command.line in results and ZERO.match(command.swallowed or "") and command.runs(*READERS)
        ]
        if defaulted:
            first = defaulted[0]
            message = (
                f"`{script.path}` takes a result it can't read for 0: `{first.text[:80]} {first.swallowed}`."
            )
            evidence = tuple(Evidence(f"`{c.text[:80]}`", script.path, c.line) for c in defaulted)
            yield Gap("result", message, script.path, first.line, evidence)
