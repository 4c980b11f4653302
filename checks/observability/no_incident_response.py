"""No document says what to do in an incident.

When it burns, somebody has to decide who leads, whom to tell and what may be switched off. Without a written order
everyone debugs at once, nobody informs the users, and secrets that leaked stay valid.

## Fix

One page is enough: who is called, who decides, where the incident is written down, how users are told.

````markdown docs/incidents.md
# Incidents
## Whom to call
The person on call: +44 20 7946 0000, who leads until somebody else is named.
## First ten minutes
1. Open a thread in #incidents. 2. Roll back the last release. 3. Revoke what may have leaked.
## Telling users
The one who leads writes on the status page every thirty minutes.
````

## Gap

```python main.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/orders")
def order(body: dict) -> str:
    return "ok"
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```

## No gap

```python main.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/orders")
def order(body: dict) -> str:
    return "ok"
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```
````markdown docs/incidents.md
# Incident response

## Whom to call
````
"""

import re
from collections.abc import Iterator

from checks.derived.operated_services import OperatedServices
from checks.derived.procedures import Procedures
from checks.model import Finding, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot

_WORDS = re.compile(
    r"\bincidents?\b|\bon[- ]?call\b|\bescalation\b|\boutages?\b|\bemergenc(?:y|ies)\b|\bpost-?mortems?\b|\bdisaster\b"
)


@check(severity=Severity.MEDIUM, about=OperatedServices, proof=Proof.ABSENCE, effort=(1.0, 4.0))
def no_incident_response(snapshot: Snapshot) -> Iterator[Finding]:
    procedures = snapshot.derived(Procedures)
    if next(procedures.about(_WORDS), None) is None:
        looked_for = f"incidents, outages, escalation or on-call in the names and headings of {procedures.documents} documents"
        services = snapshot.derived(OperatedServices)
        yield services.without("incident response", "no document says what to do in an incident", looked_for)
