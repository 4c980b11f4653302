"""The code starts a program that its image doesn't have.

The image builds, starts and passes its health check. The first request or job that needs the program ends in "No such file or
directory", on every machine, while it works for developers who have the program installed.

## Fix

Install the program in the stage that runs, in a fixed version where there is one, and let a test start it inside the image:

```dockerfile
FROM python:3.12-slim
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg && rm -rf /var/lib/apt/lists/*
```

## Gap

```dockerfile Dockerfile
FROM python:3.12-slim  ← gap
WORKDIR /app
COPY worker.py .
CMD ["python", "worker.py"]
```
```python worker.py
import subprocess


def convert(source: str, target: str) -> None:
    subprocess.run(["ffmpeg", "-i", source, target], check=True, timeout=60)
```

## No gap

### Installed

```dockerfile Dockerfile
FROM python:3.12-slim
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg
WORKDIR /app
COPY worker.py .
CMD ["python", "worker.py"]
```
```python worker.py
import subprocess


def convert(source: str, target: str) -> None:
    subprocess.run(["ffmpeg", "-i", source, target], check=True, timeout=60)
```

### The full image of the language has it

```dockerfile Dockerfile
FROM golang:1.24
WORKDIR /src
COPY . .
RUN go build -o /usr/local/bin/mirror .
CMD ["/usr/local/bin/mirror"]
```
```go main.go
package main

import "os/exec"

func main() {
        _ = exec.Command("git", "fetch").Run()
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.derived.containers.missing_programs import NeededPrograms
from checks.model import Evidence, Finding, Gap, Severity, Undecided
from checks.registry import check
from checks.snapshot import Snapshot

_SHOWN = 5


@check(severity=Severity.HIGH, about=NeededPrograms, effort=(0.25, 1.0))
def external_binary_not_in_image(snapshot: Snapshot) -> Iterator[Finding]:
    for need in snapshot.derived(NeededPrograms).all:
        if need.answer.has is None:
            yield Undecided(need.answer.why, need.image)
        elif not need.answer.has:
            evidence = (
                *(
                    Evidence(f"starts `{need.program}`", path, start.line)
                    for path, start in need.starts[:_SHOWN]
                ),
                Evidence(f"the image starts this code: {need.entry.form}", need.image, need.entry.line),
                Evidence(need.answer.why, need.image, need.line),
            )
            message = f"Code of this image starts `{need.program}`; {need.answer.why}."
            yield Gap(need.program, message, need.image, need.line, evidence)
