"""A build passes an argument that its Dockerfile doesn't declare.

Docker only warns. What the argument was to choose (the service, the version, the profile) stays at what the Dockerfile has,
so an image goes out under a name that says something else than what is in it.

## Fix

Declare it in the stage that uses it, or stop passing it. Its value after `=` counts where none is passed:

```dockerfile Dockerfile
FROM golang:1.24
ARG SERVICE=orchestrator
ARG VERSION=dev
RUN go build -ldflags "-X main.version=${VERSION}" -o /app ./cmd/${SERVICE}
```

## Gap

```dockerfile Dockerfile
FROM golang:1.24
RUN go build -o /app ./cmd/orchestrator
```
```yaml .github/workflows/release.yml
on: push
jobs:
  image:
    runs-on: ubuntu-24.04
    strategy:
      matrix: {image: [{name: server, args: SERVICE=server}]}
    steps:
      - uses: docker/build-push-action@v6
        with:
          context: .
          build-args: ${{ matrix.image.args }}  ← gap
      - run: docker build --build-arg VERSION=1 .  ← gap
```

## No gap

```dockerfile Dockerfile
FROM golang:1.24
ARG SERVICE=orchestrator
RUN go build -o /app ./cmd/${SERVICE}
```
```yaml .github/workflows/release.yml
on: push
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - uses: docker/build-push-action@v6
        with:
          context: .
          build-args: |
            SERVICE=server
            HTTP_PROXY=http://proxy:3128
```
"""

from collections.abc import Iterator

from checks.derived.containers.build_arguments import PassedArguments
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=PassedArguments, effort=(0.1, 1.0))
def build_arg_not_declared(snapshot: Snapshot) -> Iterator[Finding]:
    for argument in snapshot.derived(PassedArguments).undeclared:
        files = ", ".join(f"`{path}`" for path in argument.dockerfiles)
        yield Gap(
            subject=argument.name,
            message=f"The build passes {argument.name}, which {files} doesn't declare.",
            path=argument.path,
            line=argument.line,
            evidence=(
                Evidence(f"passes {argument.name}", argument.path, argument.line),
                *(Evidence(f"has no ARG {argument.name}", path) for path in argument.dockerfiles),
            ),
            severity=Severity.LOW if argument.for_development else None,
        )
