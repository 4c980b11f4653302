"""An image of somebody else is named by a tag, not by its digest.

A tag is a label that its owner moves: `python:3.12-slim` of today is not that of next week. Two builds of one commit
then differ, a rollback doesn't bring back what ran, and a hijacked image comes in without a change here.

## Fix

Name the digest beside the tag, in the place of these zeros. `docker buildx imagetools inspect valkey/valkey:8.1` prints it,
Dependabot and Renovate keep both current:

```yaml k8s/cache.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: cache}
spec:
  template:
    spec:
      containers:
        - name: cache
          image: valkey/valkey:8.1@sha256:0000000000000000000000000000000000000000000000000000000000000000
```

In a Dockerfile it stands in the same place: `FROM golang:1.24@sha256:...`.

## Gap

```dockerfile Dockerfile
FROM golang:1.24 AS build  ← gap
RUN go build -o /app .
FROM gcr.io/distroless/static:nonroot  ← gap
COPY --from=build /app /app
```

```yaml k8s/cache.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: cache}
spec:
  template:
    spec:
      containers:
        - name: cache
          image: valkey/valkey:8.1  ← gap
```

## No gap

```dockerfile Dockerfile
FROM golang:1.24@sha256:d764629ce0ddd8c71fd371e9901efb324a95789d2315a47db7e4d27e78f1b0e9 AS build
RUN go build -o /app .
FROM scratch
COPY --from=build /app /app
```
"""

from collections.abc import Iterator

from checks.derived.image_references import ImageReference, ImageReferences
from checks.derived.own_names import OwnNames
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=ImageReferences, blocks=Stage.NONE, effort=(0.1, 0.25))
def base_image_not_digest_pinned(snapshot: Snapshot) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    own = snapshot.derived(OwnNames).names
    for reference in snapshot.derived(ImageReferences).all:
        key = (reference.path, reference.image.name)
        if not _is_due(reference, own) or key in seen:
            continue
        seen.add(key)
        written = f"{'FROM' if reference.kind == 'base' else 'image:'} {reference.image.written}"
        yield Gap(
            subject=reference.image.name,
            message=f"`{written}` names a tag that can move.",
            path=reference.path,
            line=reference.line,
            evidence=(Evidence("no @sha256: digest", reference.path, reference.line),),
        )


def _is_due(reference: ImageReference, own: frozenset[str]) -> bool:
    """Bases, and the images of others in manifests. `latest` is a gap of its own there."""
    if not reference.is_stated or reference.image.is_pinned:
        return False
    if reference.kind == "container":
        return (
            reference.image.tag not in (None, "latest") and reference.image.name.rpartition("/")[2] not in own
        )
    return reference.kind == "base"
