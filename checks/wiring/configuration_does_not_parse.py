"""A configuration file that breaks its own format.

A merge left both sides standing in it, a bracket or a quote is missing, a line is indented by one blank too many: the
program that reads the file stops at that line. Where that program is the deployment, nothing notices before the
deployment does.

## Fix

Settle the conflict, or mend the line; let CI read the file once, with the program that it is for (`npm pkg get name`,
`docker compose config --quiet`):

```json package.json
{
  "name": "shop",
  "scripts": {
    "test": "vitest run"
  }
}
```

## Gap

```yaml compose.yml
services:
  shop:
    build: .
<<<<<<< HEAD  ← gap
    ports: ["8002:8000"]
=======
    ports: ["8000:8000"]
>>>>>>> feature
```

### JSON with a comma too many

```json package.json
{
  "name": "shop",
  "scripts": {
    "test": "vitest run",
  }  ← gap
}
```

### TOML

```toml pyproject.toml
[project]
name = "shop  ← gap
```

## No gap

```yaml compose.yml
services:
  shop:
    build: .
    ports: ["8000:8000"]
```
"""

from collections.abc import Iterator

from checks.derived.wiring.malformed_files import MalformedFiles
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=MalformedFiles, blocks=Stage.STAGING, effort=(0.1, 0.5))
def configuration_does_not_parse(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(MalformedFiles).all:
        evidence = (Evidence("reading stops here", found.path, found.line),)
        name = found.path.rpartition("/")[2]
        yield Gap(name, f"`{found.path}` is {found.reason}.", found.path, found.line, evidence)
