"""A script talks to one particular machine whose address is written into it.

It works for the one who wrote it, on the network where that machine stands, until it gets another address. Everybody
else's run fails, or, where somebody else has the address now, tests something else.

## Fix

Take the address from outside:

```bash
: "${MODEL_URL:?the address of the model server, such as http://gpu-1:8000}"
curl -fsS "$MODEL_URL/v1/models"
```

## Gap

```bash scripts/smoke-test.sh
#!/usr/bin/env bash
set -euo pipefail
curl -fsS http://192.168.1.170:8000/v1/models  ← gap
```

## No gap

```bash scripts/smoke-test.sh
#!/usr/bin/env bash
set -euo pipefail
curl -fsS "${MODEL_URL:-http://localhost:8000}/v1/models"
curl -fsS https://api.github.com/zen
```
"""

from collections.abc import Iterator

from checks.derived.own_scripts import OwnScripts
from checks.derived.tests.script_endpoints import ScriptEndpoints
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=OwnScripts, blocks=Stage.NONE, effort=(0.1, 0.5))
def hardcoded_endpoint(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(ScriptEndpoints).endpoints:
        message = f"`{found.path}` talks to `{found.address}`, whatever it is told."
        evidence = (Evidence(f"`{found.text[:100]}`", found.path, found.line),)
        yield Gap(found.address, message, found.path, found.line, evidence)
