"""An image starts a file by a path that puts its own packages out of its reach.

`python workers/task.py` puts `workers/` on sys.path, not the working folder. The file's imports of its sibling
packages fail with ModuleNotFoundError before the first line of work: the container starts and dies.

## Fix

Start it as a module, or put the working folder on PYTHONPATH.

```dockerfile
CMD ["python", "-m", "workers.task"]
```

## Gap

```dockerfile Dockerfile
FROM python:3.12-slim
WORKDIR /app
COPY . .
CMD ["python", "workers/task.py"]  ← gap
```

```python workers/task.py
from core.log import log

log("started")
```

```python core/__init__.py
```

```python core/log.py
def log(text):
    print(text)
```

## No gap

```dockerfile Dockerfile
FROM python:3.12-slim
WORKDIR /app
ENV PYTHONPATH=/app
COPY . .
CMD ["python", "workers/task.py"]
```

```python workers/task.py
from core.log import log

log("started")
```

```python core/__init__.py
```

```python core/log.py
def log(text):
    print(text)
```
"""

from collections.abc import Iterator

from checks.derived.wiring.import_breaks import ScriptStarts
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.CRITICAL, about=ScriptStarts, blocks=Stage.STAGING, effort=(0.1, 0.5))
def entrypoint_script_breaks_import_root(snapshot: Snapshot) -> Iterator[Finding]:
    for broken in snapshot.derived(ScriptStarts).broken:
        folder = broken.script.rpartition("/")[0]
        message = (
            f"`{broken.command}` puts {folder}/ on the path, where `{broken.first.module}` can't be found."
        )
        evidence = (
            Evidence("the started file's first import out of reach", broken.script, broken.first.line),
            Evidence("stands here, beside the folder and not in it", broken.target, 1),
            Evidence("looked for PYTHONPATH, an installation of the project, sys.path edits: none"),
        )
        yield Gap(broken.script, message, broken.image, broken.line, evidence)
