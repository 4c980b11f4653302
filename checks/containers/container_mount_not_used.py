"""A documented command mounts the reader's folder where the image doesn't look.

Whoever types the command expects the program to work on the files of the folder; it starts elsewhere in the image and sees
none of them. What it writes lies in the container's own layer and is gone with it.

## Fix

Mount the folder at the image's `WORKDIR`, or start the program in the mounted folder with `-w`:

```bash
docker run --rm -it -v "$(pwd):/workspace" -w /workspace greeter
```

## Gap

```dockerfile Dockerfile
FROM debian:12-slim
COPY greeter /usr/local/bin/greeter
WORKDIR /home/greeter
ENTRYPOINT ["greeter"]
```
```markdown README.md
# greeter
~~~bash
docker build -t greeter .
docker run --rm -it -v $(pwd):/workspace greeter chat  ← gap
~~~
```

## No gap

### Started in the folder

```dockerfile Dockerfile
FROM debian:12-slim
COPY greeter /usr/local/bin/greeter
WORKDIR /home/greeter
ENTRYPOINT ["greeter"]
```
```markdown README.md
# greeter
~~~bash
docker build -t greeter .
docker run --rm -it -v $(pwd):/workspace -w /workspace greeter chat
docker run --rm -it -v $(pwd):/data greeter read /data/names.txt
~~~
```
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.derived.containers.documented_mounts import DocumentedMount, DocumentedMounts
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=DocumentedMounts, blocks=Stage.NONE, effort=(0.1, 0.5))
def container_mount_not_used(snapshot: Snapshot) -> Iterator[Finding]:
    found: dict[tuple[str, str, str], list[DocumentedMount]] = {}
    for mount in snapshot.derived(DocumentedMounts).all:
        if mount.used_by is None:
            found.setdefault((mount.command.document.path, mount.image, mount.target), []).append(mount)
    for (path, image, target), mounts in found.items():
        built_by = mounts[0].built_by
        final = built_by.dockerfile.stages[-1]
        where = built_by.dockerfile.effective("WORKDIR")
        evidence = (
            *(Evidence(f"`{mount.command.text}`", path, mount.command.line) for mount in mounts),
            Evidence(
                f"the image works in {built_by.workdir}", built_by.path, where.line if where else final.line
            ),
            Evidence(f"{target} is named neither in the image nor in the code"),
        )
        message = f"`docker run` mounts the folder at {target}; the image `{image}` works in {built_by.workdir} and names {target} nowhere."
        yield Gap(f"{image}: {target}", message, path, mounts[0].command.line, evidence)
