"""An example tells people to set variables that nothing reads.

Whoever sets the number of workers or the limit of a size there believes that it holds. It does not: the program uses what
is written in its code, and the difference shows under load.

## Fix

Read the variable where the setting is used, or take it out of the example.

```python service/main.py
import os

TOKEN = os.environ["API_TOKEN"]
GOAL = int(os.environ.get("GOAL_PER_DAY", "4"))
```

## Gap

```text .env.example
API_TOKEN=
GOAL_PER_DAY=20  ← gap
```
```python service/main.py
import os

TOKEN = os.environ["API_TOKEN"]
GOAL = 4
```

## No gap

```text .env.example
API_TOKEN=
APP_WORKER_CONCURRENCY=2
LOG_STYLE=json
POSTGRES_PASSWORD=
NGROK_AUTHTOKEN=
```
```python service/settings.py
import os

TOKEN = os.environ["API_TOKEN"]

class Settings(BaseSettings):
    worker_concurrency: int = 2
```
```yaml compose.yaml
services:
  proxy:
    image: proxy:1
    environment:
      STYLE: ${LOG_STYLE}
  ngrok:
    image: ngrok/ngrok:3
    env_file: [.env]
```
"""

from collections.abc import Iterator

from checks.derived.example_variables import ExampleVariables
from checks.model import Evidence, Finding, Gap, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=ExampleVariables, effort=(0.25, 2.0), proof=Proof.ABSENCE)
def documented_env_var_unread(snapshot: Snapshot) -> Iterator[Finding]:
    for path, variables in snapshot.derived(ExampleVariables).unread.items():
        names = [f"`{variable.name}`" for variable in variables]
        evidence = tuple(
            Evidence(f"`{v.name}`: no code, script or configuration names it", path, v.line)
            for v in variables[:20]
        )
        rest = f" and {len(names) - 6} more" if len(names) > 6 else ""
        message = f"Nothing reads {', '.join(names[:6])}{rest}."
        yield Gap("unread variables", message, path, variables[0].line, evidence)
