"""A Dockerfile copies or builds a path that isn't in the repository.

The image can't be built: not by CI, not for a release, not by whoever has to ship a fix at night. Most often a folder
was renamed and the Dockerfile, which nobody builds, was forgotten.

## Fix

Name the path as it is now, seen from the folder that the image is built from:

```dockerfile
RUN go build -o /bin/app ./cmd/server
```

Let CI build the image (`docker build .`), so that the next rename fails there.

## Gap

### A folder that was renamed

```dockerfile api/Dockerfile
FROM python:3.12-slim
WORKDIR /app
COPY packages/jira_rest_api ./jira  ← gap
COPY requirements.txt .
```
```text api/requirements.txt
aiohttp
```
```python packages/jira_api/main.py
print("hello")
```

### A program that isn't there

```dockerfile Dockerfile
FROM golang:1.24
COPY . .
RUN go build -o /bin/app ./cmd/app  ← gap
```
```go cmd/server/main.go
package main
```

## No gap

```dockerfile api/Dockerfile
FROM node:22 AS build
COPY package*.json api/src ./
COPY dist/ ./dist
RUN go build ./cmd/server
FROM node:22-slim
COPY --from=build /app/out /app
COPY . .
```
```json package.json
{"name": "x"}
```
```text api/src/app.js
```
```text .gitignore
dist/
```
```go cmd/server/main.go
package main
```
"""

from collections import defaultdict
from collections.abc import Iterator

from checks.derived.containers.image_paths import ImagePaths, MissingPath
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.CRITICAL, about=ImagePaths, effort=(0.25, 4.0))
def dockerfile_references_missing_path(snapshot: Snapshot) -> Iterator[Finding]:
    by_file: dict[str, list[MissingPath]] = defaultdict(list)
    for found in snapshot.derived(ImagePaths).missing:
        by_file[found.path].append(found)
    for path, missing in by_file.items():
        first = missing[0]
        folders = ", ".join(f"`{folder}`" if folder else "the root" for folder in first.looked_in)
        more = f"; {len(missing) - 1} more" if len(missing) > 1 else ""
        message = f"`{first.instruction}` needs `{first.written}`, which isn't in the tree{more}."
        places = (Evidence(f"{one.instruction} {one.written}", path, one.line) for one in missing)
        # One gap, however many paths: the image can't be built.
        yield Gap("paths", message, path, first.line, (*places, Evidence(f"looked below {folders}")))
