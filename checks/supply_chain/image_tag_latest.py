"""An image is taken as `latest`, or without any tag.

`latest` is whatever was pushed last. Nobody can say which version runs, two replicas may run different ones after a
restart, and going back means guessing.

## Fix

Name a version, best with its digest, which the push and `docker buildx imagetools inspect` print (here zeros stand for it):

```yaml
image: ghcr.io/example/api:1.8.2@sha256:0000000000000000000000000000000000000000000000000000000000000000
```

## Gap

```yaml deploy/api.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  template:
    spec:
      containers:
        - name: api
          image: ghcr.io/example/api:latest  ← gap
```
```dockerfile Dockerfile
FROM node  ← gap
```
```yaml compose.yaml
services:
  cache:
    image: redis  ← gap
```

## No gap

```dockerfile Dockerfile
FROM node:22
```
```yaml compose.yaml
services:
  api:
    build: .
    image: api:latest
```
"""

from collections.abc import Iterator

from checks.derived.image_references import ImageReference, ImageReferences
from checks.derived.own_names import OwnNames
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=ImageReferences, effort=(0.1, 0.5))
def image_tag_latest(snapshot: Snapshot) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    own = snapshot.derived(OwnNames).names
    for reference in snapshot.derived(ImageReferences).all:
        key = (reference.path, reference.image.name)
        if not _is_moving(reference) or key in seen:
            continue
        seen.add(key)
        how = "as `latest`" if reference.image.tag else "without a tag, which means `latest`"
        yield Gap(
            subject=reference.image.name,
            message=f"{reference.user} takes `{reference.image.name}` {how}.",
            path=reference.path,
            line=reference.line,
            evidence=(Evidence(f"image {reference.image.written}", reference.path, reference.line),),
            severity=Severity.LOW if _is_offered(reference, own) else None,
        )


def _is_offered(reference: ImageReference, own: frozenset[str]) -> bool:
    """Whether a compose file offers the repository's own image to who tries it: the newest is what they look for."""
    return reference.kind == "service" and reference.image.name.rpartition("/")[2] in own


def _is_moving(reference: ImageReference) -> bool:
    """Built on the spot, its tag is only a name."""
    stated = reference.is_stated and not reference.image.is_pinned and not reference.is_built_here
    return stated and reference.image.tag in (None, "latest")
