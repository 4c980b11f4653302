"""A service takes input or settings as they come.

A field that accepts anything passes every payload on, to where it breaks in the middle of the work or reaches what it
should not. A setting that is read where it is used is found missing, or misspelt, when the first request needs it.

## Fix

Say what is allowed, once, at the edge; refuse the rest at the start or with 422:

```python main.py
from fastapi import FastAPI
from pydantic import BaseModel, Field

app = FastAPI()

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

from collections import defaultdict
from collections.abc import Iterator

from checks.derived.security.untyped_inputs import OpenModel, UntypedInputs
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=UntypedInputs, effort=(1.0, 4.0))
def no_config_validation(snapshot: Snapshot) -> Iterator[Finding]:
    inputs = snapshot.derived(UntypedInputs)
    by_file: dict[str, list[OpenModel]] = defaultdict(list)
    for model in inputs.models:
        by_file[model.path].append(model)
    for path, models in by_file.items():
        first, more = models[0], len(models) - 1
        names = ", ".join(f"`{name}`" for name, _ in first.fields[:4])
        others = f", and {more} more {'model does' if more == 1 else 'models do'}" if more else ""
        evidence = tuple(
            Evidence(f"`{name}` of `{model.name}` accepts anything", path, line)
            for model in models
            for name, line in model.fields
        )
        message = f"`{first.name}` accepts anything in {names}{others}."
        yield Gap("open models", message, path, first.line, evidence, Severity.LOW)
    for found in inputs.settings:
        service = found.service
        reads = tuple(Evidence(f"reads `{name}`", path, line) for path, line, name in found.places)
        message = f"{service.name} reads {found.names} variables that have no default one by one, with no model that checks them at the start."
        evidence = (*reads, *service.evidence("a settings model or validator"))
        yield Gap(service.subject, message, service.path, evidence=evidence)
