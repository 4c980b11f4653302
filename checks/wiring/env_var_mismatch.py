"""An environment variable is set for a program that never reads it.

Whoever operates the service believes that the value counts: a log level, a limit, a secret, an address. It is
under another name in the code, or the code that read it is gone. Changing it in production changes nothing.

## Fix

Use the name that the code reads, or remove the variable.

```yaml
SHOP_DATABASE_URL: postgresql://db/shop
```

## Gap

```yaml compose.yml
services:
  api:
    build: .
    environment:
      SHOP_DB_URL: postgresql://db/shop  ← gap
```

```dockerfile Dockerfile
FROM python:3.12-slim
COPY . .
CMD ["python", "main.py"]
```

```python main.py
import os

url = os.environ["SHOP_DATABASE_URL"]
```

## No gap

```yaml compose.yml
services:
  api:
    build: .
    environment:
      SHOP_DATABASE_URL: postgresql://db/shop
      PYTHONUNBUFFERED: "1"
  database:
    image: acme/database:1
    environment:
      ACME_MODE: cluster
```

```dockerfile Dockerfile
FROM python:3.12-slim
COPY . .
CMD ["python", "main.py"]
```

```python main.py
import os

url = os.environ["SHOP_DATABASE_URL"]
```
"""

from collections.abc import Iterator

from checks.derived.environment import SetVariables
from checks.derived.wiring.overwritten_exports import OverwrittenExports
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.MEDIUM,
    about=(SetVariables, OverwrittenExports),
    blocks=Stage.NONE,
    effort=(0.2, 1.0),
    proof=Proof.ABSENCE,
)
def env_var_mismatch(snapshot: Snapshot) -> Iterator[Finding]:
    known = snapshot.derived(SetVariables)
    for name in known.unread:
        places = sorted(known.places[name], key=lambda place: not place.deployed)
        first = places[0]
        evidence = [Evidence(f"set here for {place.what}", place.path, place.line) for place in places[:6]]
        evidence.append(Evidence(f"looked for {name} in code, scripts, templates and settings: not read"))
        severity = None if first.deployed else Severity.LOW
        message = f"`{name}` is set for {first.what} and read by nothing."
        if (meant := known.meant.get(name)) is not None:
            message += f" The code reads `{meant.name}`, which nothing sets."
            evidence.insert(0, Evidence(f"reads {meant.name}", meant.path, meant.line))
        yield Gap(name, message, first.path, first.line, tuple(evidence), severity)
    for found in snapshot.derived(OverwrittenExports).exports:
        message = f"`{found.name}` is exported for {found.set_in}, which sets it anew and never reads it."
        place = Evidence("set here, whatever it was before", found.set_in, found.set_at)
        yield Gap(found.name, message, found.path, found.line, (place,))
