"""A manifest or configuration names a file or folder that is not in the tree.

Installing, building or compiling stops there: a path dependency that was moved, an included requirements file
that was deleted, a project reference to a folder that no longer exists. An image whose program was never added
builds, and stops when it starts.

## Fix

Point it at the new place, or remove the entry.

```text requirements-dev.txt
-r requirements.txt
pytest==8.0.0
```

## Gap

```text requirements-dev.txt
-r requirements/base.txt  ← gap
pytest==8.0.0
```
```text requirements.txt
flask==3.1.0
```

### an image that starts what nobody wrote

```dockerfile Dockerfile
FROM python:3.12-slim
WORKDIR /app
COPY . .
CMD ["uvicorn", "main:app"]  ← gap
```

```python client.py
URL = "https://example.com"
```

## No gap

```text requirements-dev.txt
-r requirements.txt
pytest==8.0.0
```

```text requirements.txt
fastapi==0.115.0
```
"""

from collections.abc import Iterator

from checks.derived.wiring.config_references import ConfigReferences
from checks.derived.wiring.git_links import GitLinks
from checks.derived.wiring.missing_starts import MissingStarts
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.HIGH,
    about=(ConfigReferences, MissingStarts, GitLinks),
    blocks=Stage.STAGING,
    effort=(0.1, 1.0),
)
def config_references_missing_file(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(ConfigReferences).missing:
        name = found.path.rpartition("/")[2]
        moved = sorted(p for p in snapshot.folders | snapshot.paths if p.rpartition("/")[2] == name)
        evidence = [Evidence(f"looked for {found.path}: not in the tree")]
        evidence += [Evidence("has that name", place) for place in moved[:3]]
        message = f"Names `{found.written}` as {found.what}, which is not in the tree."
        yield Gap(found.written, message, found.file, found.line, tuple(evidence))
    for start in snapshot.derived(MissingStarts).missing:
        folder = start.context or "the tree"
        message = f"The image starts `{start.text}`, and there is no `{start.name}` in {folder}, all that it is built from."
        looked = Evidence(f"looked for `{start.name}` below {folder} and among what is installed: not there")
        yield Gap(start.name, message, start.path, start.line, (looked,))
    for path in snapshot.derived(GitLinks).unexplained:
        sought = (Evidence(f"looked for {path} in .gitmodules: not there"),)
        message = "Is a commit of another repository (a gitlink) that no .gitmodules names: a clone has an empty folder."
        yield Gap(path, message, path, None, sought, Severity.MEDIUM)
