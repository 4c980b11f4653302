"""The documentation leaves out what people need to run the software.

Whoever is called at night looks for the page that says how it is deployed, which settings it knows and what to do when it
doesn't start. If there is none they read the code, or ask the one person who knows.

## Fix

Add what is missing where people look first, the README or `docs/`; a page that only says the essential is enough:

````markdown docs/operations.md
# Architecture and security
One process behind a proxy, which ends TLS; all state is in PostgreSQL.
# Deployment and configuration
`docker run --env SHOP_DATABASE=postgresql://... ghcr.io/example/shop:1.4.2`
# Running the tests
`pytest`, with a PostgreSQL on port 5432.
# Troubleshooting
`connection refused` at the start: the database is not up yet; the service tries again for a minute.
````

## Gap

````markdown README.md
Sells things.
````
```python app.py
from fastapi import FastAPI
import uvicorn

app = FastAPI()

if __name__ == "__main__":
    uvicorn.run(app)
```
```dockerfile Dockerfile
FROM python:3.14
CMD ["python", "app.py"]
```

## No gap

````markdown README.md
# Shop

## Architecture
One process and a database.
## Deployment with Docker
`docker run shop`
## Configuration
There is none.
## Security
Only the proxy may reach it.
````
```python app.py
from fastapi import FastAPI
import uvicorn

app = FastAPI()

if __name__ == "__main__":
    uvicorn.run(app)
```
```dockerfile Dockerfile
FROM python:3.14
CMD ["python", "app.py"]
```
"""

from collections.abc import Iterator

from checks.derived.documentation.documented_sections import DocumentedSections
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage, Undecided
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.LOW,
    about=DocumentedSections,
    blocks=Stage.NONE,
    effort=(1.0, 8.0),
    proof=Proof.ABSENCE,
)
def docs_section_missing(snapshot: Snapshot) -> Iterator[Finding]:
    sections = snapshot.derived(DocumentedSections)
    counted = [one for one in sections.missing if one.counts]
    if not (any(one.weighs for one in counted) or len(counted) > 1):
        return
    if sections.elsewhere:
        yield Undecided(f"the documentation at {sections.elsewhere}, which can't be read, may have it")
        return
    names = [one.name for one in sections.missing]
    evidence = [Evidence(f"no heading or document speaks of {name}") for name in names]
    if sections.untold:
        first = ", ".join(sections.untold[:8])
        evidence.append(Evidence(f"{len(sections.untold)} variables are read and named nowhere: {first}"))
    evidence.append(Evidence(f"looked through the headings of {sections.documents} documents"))
    message = f"The documentation of this {sections.kinds[0]} leaves out: {', '.join(names)}."
    yield Gap("documentation", message, evidence=tuple(evidence))
