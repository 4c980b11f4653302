"""A compose file names a path that isn't in the repository.

`docker compose up` stops, or worse: for a file that is mounted and missing Docker makes an empty folder in its place, and
the service starts without its configuration.

## Fix

Name the path as it is now. A file that everybody makes for themselves belongs into `.gitignore`, with a template beside it; one that
may be missing is marked so:

```yaml
services:
  api:
    env_file: [{path: .env, required: false}]
```

## Gap

```yaml compose.yaml
services:
  api:
    build: ./services/api  ← gap
  web:
    build:
      context: web
      dockerfile: Dockerfile.prod  ← gap
  proxy:
    image: nginx:1.29
    volumes:
      - ./nginx/nginx.conf:/etc/nginx/nginx.conf:ro  ← gap
```
```dockerfile web/Dockerfile
FROM node:22
```

### A program that the image holds elsewhere

```yaml compose.yaml
services:
  api:
    build: .
    command: ["/app/api", "--port", "80"]  ← gap
```
```dockerfile Dockerfile
FROM golang:1.25 AS build
COPY . .
RUN go build -o /out/api .
FROM alpine:3.22
COPY --from=build /out/api /usr/local/bin/api
```

## No gap

```yaml compose.yaml
services:
  web:
    build: web
    env_file: .env
    volumes:
      - ./data:/data
      - ./web/src:/app/src
  db:
    image: postgres:17
```
```dockerfile web/Dockerfile
FROM node:22
```
"""

from collections.abc import Iterator

from checks.derived.containers.compose_paths import ComposePaths
from checks.derived.containers.compose_programs import ComposePrograms
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.CRITICAL, about=(ComposePaths, ComposePrograms), effort=(0.25, 2.0))
def compose_references_missing_path(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(ComposePaths).missing:
        yield Gap(
            subject=f"{found.service}: {found.written}",
            message=f"The {found.what} `{found.written}` of {found.service} isn't in the tree.",
            path=found.path,
            line=found.line,
            evidence=(Evidence(f"looked for {found.target or found.written}", found.path, found.line),),
            severity=None if found.stops_build else Severity.HIGH,
        )
    for program in snapshot.derived(ComposePrograms).misplaced:
        message = f"{program.service} starts `{program.program}`; its image holds that program at `{program.copied_to}`."
        copied = Evidence(f"copied to {program.copied_to}", program.dockerfile, program.copied_line)
        yield Gap(f"{program.service}: {program.program}", message, program.path, program.line, (copied,))
