"""No document says how to change a secret.

Secrets leak: in logs, on laptops, with people who leave. Whoever has to replace one in a hurry, without knowing where it
is used and in which order to change it, causes an outage or leaves the old one valid.

## Fix

Write down for each secret where it comes from, where it is used and how to change it without downtime:

````markdown docs/secrets.md
## Rotating the signing key
1. Add the new key as second. 2. Deploy. 3. Make it first. 4. Remove the old one.
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
````markdown docs/operate.md
# Operating orders

## Rotating the signing key

Add the new key as second, deploy, make it first, remove the old one.
````
"""

import re
from collections.abc import Iterator

from checks.derived.operated_services import OperatedServices
from checks.derived.procedures import Procedures
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_WORDS = re.compile(
    r"\brotat(?:e|es|ing|ion)\b|\b(?:renew|replac|chang|reset|revok)\w* (?:\w+ ){0,3}(?:secrets?|keys?|tokens?|passwords?|credentials?|certificates?)\b"
)


@check(
    severity=Severity.LOW, about=OperatedServices, blocks=Stage.NONE, proof=Proof.ABSENCE, effort=(1.0, 4.0)
)
def no_secret_rotation_procedure(snapshot: Snapshot) -> Iterator[Finding]:
    procedures = snapshot.derived(Procedures)
    if next(procedures.about(_WORDS), None) is None:
        services = snapshot.derived(OperatedServices)
        looked = Evidence(
            f"looked for rotating, renewing or revoking secrets in the names and headings of {procedures.documents} documents"
        )
        yield Gap(
            "secret rotation",
            f"{services.name} is deployed and no document says how to change its secrets.",
            evidence=(*services.evidence, looked),
        )
