"""A Dockerfile copies the whole folder, and no .dockerignore keeps anything out.

`COPY . .` then sends `.git`, local `.env` files, dependencies and test data into the build, and often into the image:
secrets of a developer's machine get shipped, and every change of any file makes the build start over.

## Fix

At the root of the build, beside the Dockerfile, list what the image never needs:

```text .dockerignore
.git
.env*
node_modules
**/__pycache__
```

## Gap

```dockerfile Dockerfile
FROM python:3.12-slim
COPY . .  ← gap
```

## No gap

```dockerfile Dockerfile
FROM python:3.12-slim
COPY . .
```
```text .dockerignore
.git
```
"""

from collections.abc import Iterator

from checks.derived.image_references import is_for_development
from checks.derived.tree_paths import parents
from checks.facts.dockerfile import Dockerfile
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_WHOLE = frozenset({".", "./"})


@check(severity=Severity.LOW, about=Dockerfile, blocks=Stage.NONE, effort=(0.1, 0.5))
def dockerignore_missing(snapshot: Snapshot) -> Iterator[Finding]:
    for path, dockerfile in snapshot.shipped(Dockerfile):
        copies = (copy for stage in dockerfile.stages for copy in stage.copies)
        whole = next(
            (copy for copy in copies if copy.source_stage is None and _WHOLE & set(copy.sources)), None
        )
        if whole is None or is_for_development(path) or f"{path}.dockerignore" in snapshot.paths:
            continue
        folders = tuple(parents(path))
        if not any(f"{folder}/.dockerignore".lstrip("/") in snapshot.paths for folder in folders):
            looked = ", ".join(f"`{folder}/`" if folder else "the root" for folder in folders)
            yield Gap(
                subject=path.rpartition("/")[2],
                message="The whole build context is copied, and no .dockerignore keeps anything out.",
                path=path,
                line=whole.line,
                evidence=(
                    Evidence("copies everything", path, whole.line),
                    Evidence(f"looked for .dockerignore in {looked}"),
                ),
            )
