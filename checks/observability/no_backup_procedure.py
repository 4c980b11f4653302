"""A database is deployed and nothing backs it up.

Disks fail, and a wrong migration or a deleted volume takes everything with it. What nobody copies regularly, and
nobody has ever restored, is gone.

## Fix

Let a job copy it to another place every night, and write down how to restore it; try that once. `rclone` writes to the storage of
any provider:

```bash scripts/backup.sh
#!/usr/bin/env bash
set -euo pipefail
pg_dump --format=custom "$DATABASE_URL" | rclone rcat "backup:orders/$(date +%F).dump"
```

## Gap

```yaml compose.yml
services:
  database:  ← gap
    image: postgres:17
    volumes: ["data:/var/lib/postgresql/data"]
```

## No gap

```yaml compose.yml
services:
  database:
    image: postgres:17
```
````markdown docs/operate.md
# Operating orders

## Backup and restore

`pg_dump` every night; `pg_restore --clean` to restore.
````
"""

import re
from collections.abc import Iterator

from checks.derived.operated_services import OperatedServices
from checks.derived.operations import Operation, Operations
from checks.derived.procedures import Procedures
from checks.derived.stateful_stores import StatefulStores
from checks.model import Evidence, Finding, Gap, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot

_WORDS = re.compile(
    r"\bback(?:ing)?[- ]?ups?\b|\brestor(?:e|ing)\b|\bdisaster recovery\b|\bpoint[- ]in[- ]time\b"
)


@check(severity=Severity.MEDIUM, about=StatefulStores, proof=Proof.ABSENCE, effort=(2.0, 8.0))
def no_backup_procedure(snapshot: Snapshot) -> Iterator[Finding]:
    procedures = snapshot.derived(Procedures)
    written = next(procedures.about(_WORDS), None) is not None
    if written or snapshot.derived(Operations).has(Operation.BACKUPS):
        return
    first, *others = snapshot.derived(StatefulStores).all
    looked = f"looked for backup tools and jobs in all configuration, and for backup or restore in the headings of {procedures.documents} documents"
    also = (Evidence(f"`{store.name}` too", store.path, store.line) for store in others[:10])
    message = f"`{first.name}` holds data that nothing backs up."
    # Who runs a published product backs it up as everything else they run.
    severity = None if len(snapshot.derived(OperatedServices)) else Severity.LOW
    yield Gap(first.name, message, first.path, first.line, (*also, Evidence(looked)), severity)
