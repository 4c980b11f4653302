"""A service takes input or settings as they come.

A field that accepts anything passes every payload on, to where it breaks in the middle of the work or reaches what it
should not. A setting that is read where it is used is found missing, or misspelt, when the first request needs it.

## Fix

Say what is allowed, once, at the edge; refuse the rest at the start or with 422:

```python
class Repository(BaseModel):
    full_name: str = Field(max_length=200)

class PushPayload(BaseModel):
    repository: Repository
```

Settings: `pydantic-settings`, `envalid`, `zod`, `caarlos0/env`, `figment`.

## Gap

```python main.py
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class PushPayload(BaseModel):  ← gap
    action: str
    repository: dict[str, Any]
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```

## No gap

```python main.py
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Repository(BaseModel):
    full_name: str


class PushPayload(BaseModel):
    action: str
    repository: Repository
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```
"""

from collections.abc import Iterator

from checks.derived.untyped_inputs import UntypedInputs
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=UntypedInputs, effort=(1.0, 4.0))
def no_config_validation(snapshot: Snapshot) -> Iterator[Finding]:
    inputs = snapshot.derived(UntypedInputs)
    for model in inputs.models:
        names = ", ".join(f"`{name}`" for name, _ in model.fields[:4])
        evidence = tuple(
            Evidence(f"`{name}` accepts anything", model.path, line) for name, line in model.fields
        )
        message = f"`{model.name}` accepts anything in {names}."
        yield Gap(model.name, message, model.path, model.line, evidence, Severity.LOW)
    for found in inputs.settings:
        service = found.service
        reads = tuple(Evidence(f"reads `{name}`", path, line) for path, line, name in found.places)
        message = f"{service.name} reads {found.names} variables one by one and checks none at the start."
        evidence = (*reads, *service.evidence("a settings model or validator"))
        yield Gap(service.subject, message, service.path, evidence=evidence)
