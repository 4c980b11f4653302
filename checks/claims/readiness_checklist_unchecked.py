"""A readiness checklist has open boxes.

The repository keeps a checklist of what must be true before production, and it says itself that it isn't. Either
the work is open, or it was done and nobody ticked it; in both cases nobody can tell. Templates that are copied
for each release or pull request are not counted.

## Fix

Do what is open, and tick it in the change that does it. Move what isn't required to another document.

## Gap

````markdown docs/PRODUCTION_CHECKLIST.md
# Production checklist

- [ ] Restore was tried once  ← gap
- [ ] Alerts reach somebody
- [x] Secrets are in the vault
````

## No gap

````markdown docs/PRODUCTION_CHECKLIST.md
# Production checklist

- [x] Restore was tried once
- [x] Alerts reach somebody
- [x] Secrets are in the vault
````
"""

from collections.abc import Iterator

from checks.derived.claims.checklists import Checklists
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=Checklists, effort=(1.0, 16.0))
def readiness_checklist_unchecked(snapshot: Snapshot) -> Iterator[Finding]:
    for checklist in snapshot.derived(Checklists).all:
        if checklist.open:
            total = len(checklist.open) + checklist.ticked
            first = checklist.open[0]
            message = f"{checklist.path}: {len(checklist.open)} of {total} boxes are open."
            evidence = tuple(
                Evidence(item.text[:100], checklist.path, item.line) for item in checklist.open[:8]
            )
            yield Gap(checklist.path, message, checklist.path, first.line, evidence)
