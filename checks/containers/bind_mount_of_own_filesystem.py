"""A program in a container mounts its own folder into a container that it starts.

It talks to the host's Docker, which looks for the path on the host. There it isn't: Docker makes an empty folder, the new
container finds nothing, and what it writes is lost.

## Fix

Share a folder of the host at the same path on both sides, so that the program and Docker mean the same place by it:

```yaml compose.yaml
services:
  runner:
    build: .
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock
      - /srv/jobs:/srv/jobs
```
```python
subprocess.run(["docker", "run", "-v", "/srv/jobs:/jobs", "worker"], timeout=60)
```

## Gap

```yaml compose.yaml
services:
  runner:
    build: .
    volumes: ["/var/run/docker.sock:/var/run/docker.sock"]
```
```dockerfile Dockerfile
FROM python:3.12-slim
WORKDIR /app
COPY . .
CMD ["python", "runner.py"]
```
```python runner.py
import subprocess

subprocess.run(["docker", "run", "-v", "/app/jobs:/jobs", "worker"], timeout=60)  ← gap
```

## No gap

```yaml compose.yaml
services:
  runner:
    build: .
    volumes: ["/var/run/docker.sock:/var/run/docker.sock", "/srv/jobs:/srv/jobs"]
```
```dockerfile Dockerfile
FROM python:3.12-slim
WORKDIR /app
COPY . .
CMD ["python", "runner.py"]
```
```python runner.py
import subprocess

subprocess.run(["docker", "run", "-v", "/srv/jobs:/jobs", "worker"], timeout=60)
```
"""

from collections.abc import Iterator

from checks.derived.containers.sibling_mounts import SiblingMounts
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=SiblingMounts, effort=(0.5, 2.0), on_trial=True)
def bind_mount_of_own_filesystem(snapshot: Snapshot) -> Iterator[Finding]:
    for mount in snapshot.derived(SiblingMounts).all:
        yield Gap(
            subject=mount.folder,
            message=f"`{mount.text}` mounts a folder of the container that `{mount.service}` runs in, not of the host.",
            path=mount.path,
            line=mount.line,
            evidence=(Evidence("talks to the host's Docker", mount.compose, mount.compose_line),),
        )
