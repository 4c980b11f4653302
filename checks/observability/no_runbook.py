"""A service has no runbook.

At three in the morning somebody who did not write the service has to keep it running: how to see that it is
unwell, restart it, roll a release back, restore data, and whom to wake. What is not written down is found out
during the outage. How to install or deploy is no runbook; how to operate, roll back or handle an incident is.

## Fix

Write it, and try every step once:

````markdown docs/runbook.md
# Runbook
## Is it healthy?
`curl -fsS https://orders.example.org/readyz`; the dashboard "Orders" shows since when it isn't.
## Restart
`kubectl rollout restart deployment/orders`
## Roll back a release
`kubectl rollout undo deployment/orders`
## Whom to call
The person on call: +44 20 7946 0000.
````

## Gap

```python main.py
from fastapi import FastAPI

app = FastAPI()
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```
````markdown README.md
# Orders

## Install
````

## No gap

```python main.py
from fastapi import FastAPI

app = FastAPI()
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```
````markdown docs/operate.md
# Operating orders

## Rolling back a release

`kubectl rollout undo deployment/orders`
````
"""

import re
from collections.abc import Iterator

from checks.derived.operated_services import OperatedServices
from checks.derived.procedures import Procedures
from checks.model import Evidence, Finding, Gap, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot

_OPERATING = re.compile(
    r"\brunbooks?\b|\bplaybooks?\b|\boperat(?:e|ing|ions?|ional|or)\b|\bon[- ]?call\b|\bincidents?\b|\boutages?\b|\broll(?:ing)?[- ]?backs?\b|"
    r"\bdisaster\b|\brestor(?:e|ing)\b|\bbackups?\b|\bescalation\b|\bday[- ]2\b|\bsre\b|\bproduction troubleshooting\b"
)


@check(severity=Severity.MEDIUM, about=OperatedServices, proof=Proof.ABSENCE, effort=(4.0, 16.0))
def no_runbook(snapshot: Snapshot) -> Iterator[Finding]:
    procedures = snapshot.derived(Procedures)
    if next(procedures.about(_OPERATING), None) is not None:
        return
    services = snapshot.derived(OperatedServices).components
    starts = tuple(
        Evidence(f"{s.what} starts a server", s.path, s.line) for one in services[:5] for s in one.starts[:1]
    )
    looked_for = Evidence(
        f"looked for operation, rollback, backup or incident procedures in the names and headings of {procedures.documents} documents"
    )
    name = snapshot.derived(OperatedServices).name
    message = f"{name} is deployed and no document says how to operate it."
    yield Gap("runbook", message, evidence=(*starts, looked_for))
