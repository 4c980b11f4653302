"""A document names a path that does not exist.

A README, an agent's instructions or a status document says that a file or folder is there, and the tree does
not hold it. Whoever follows it gets stuck; whoever trusts it believes that work is done which isn't. Words
decide: what is planned, missing, an example or made at run time is not counted, nor are plans, reviews,
changelogs and blog posts. A path that the words around it call done is worse than a stale pointer.

## Fix

Create the file, or correct the document. Where it is planned, say so: `planned: webhooks/jira_handler.py`.

## Gap

### A component that was never written

````markdown README.md
# Gateway

## Key components

- `webhooks/github_handler.py` - GitHub webhooks
- `webhooks/jira_handler.py` - Jira webhooks  ← gap
````
```python webhooks/github_handler.py
HANDLERS = {}
```

### Done, says the status document

````markdown docs/STATUS.md
# Status

- ✅ Implemented: `backend/queen_orchestrator.py`  ← gap
````

## No gap

````markdown README.md
# Gateway

- `webhooks/github_handler.py` - GitHub webhooks
- `webhooks/jira_handler.py` - planned
````
```python webhooks/github_handler.py
HANDLERS = {}
```
"""

from collections.abc import Iterator

from checks.derived.claim_context import Context
from checks.derived.claims.claims import Claims, PathClaim, Unmet
from checks.derived.documents import Standing
from checks.model import Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=Claims, effort=(0.25, 8.0))
def documented_path_missing(snapshot: Snapshot) -> Iterator[Finding]:
    for unmet in snapshot.derived(Claims).unmet:
        if unmet.moved_to is None and unmet.ignored is None:
            yield _gap(unmet)


def _gap(unmet: Unmet) -> Gap:
    claim = unmet.first
    message = f"The document {_says(claim)} `{claim.path.path}`, which is not in the tree."
    severity = max((_severity(one) for one in unmet.claims), key=lambda severity: -severity.rank)
    return Gap(claim.path.path, message, claim.document.path, claim.line, unmet.evidence, severity)


def _says(claim: PathClaim) -> str:
    return "calls done" if claim.context is Context.DONE else "names"


def _severity(claim: PathClaim) -> Severity:
    if claim.context is Context.DONE:
        return Severity.HIGH
    return Severity.LOW if claim.document.standing is Standing.GUIDE else Severity.MEDIUM
