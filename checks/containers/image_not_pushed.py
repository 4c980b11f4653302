"""The repository's image is pushed to no registry by CI.

What runs in production then comes from somebody's machine, with whatever lay around there, and nobody can say which commit
it was. A push that only a person starts is forgotten after a fix.

## Fix

Push from CI, on tags or on the main branch:

```yaml .github/workflows/ci.yml
on: {push: {tags: ["v*"]}}
permissions: {contents: read, packages: write}
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - uses: docker/login-action@dbcb813823bdd20940b903addbd779551569679f # v4.6.0
        with: {registry: ghcr.io, username: "${{ github.actor }}", password: "${{ github.token }}"}
      - uses: docker/build-push-action@53b7df96c91f9c12dcc8a07bcb9ccacbed38856a # v7.3.0
        with: {push: true, tags: "ghcr.io/example/app:${{ github.ref_name }}"}
```

## Gap

### Built, never pushed

```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["python", "-m", "app"]
```
```yaml .github/workflows/ci.yml
on: push
jobs: {image: {runs-on: ubuntu-24.04, steps: [{run: docker build -t app .}]}}
```

### Only when a person starts it

```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["python", "-m", "app"]
```
```yaml .github/workflows/release.yml
on: workflow_dispatch
jobs: {image: {runs-on: ubuntu-24.04, steps: [{run: docker push ghcr.io/example/app}]}}
```

## No gap

```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["python", "-m", "app"]
```
```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
jobs: {image: {runs-on: ubuntu-24.04, steps: [{run: docker push ghcr.io/example/app}]}}
```
"""

from collections.abc import Iterator

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.unbuilt_images import PushableImages, ServedImages
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage, Undecided
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.MEDIUM, about=PushableImages, blocks=Stage.NONE, effort=(0.5, 2.0), proof=Proof.ABSENCE
)
def image_not_pushed(snapshot: Snapshot) -> Iterator[Finding]:
    images, ci = snapshot.derived(PushableImages), snapshot.derived(ContinuousIntegration)
    # A switched off workflow is a gap of its own (deployment-workflow-disabled): with it the push is off as well.
    if images.is_pushed or images.is_switched_off:
        return
    if ci.opaque:
        what, where, line = ci.opaque[0]
        yield Undecided(f"{where}:{line} calls {what}, which can't be read; it may push", where)
        return
    first = images.paths[0]
    count = f"{len(images)} Dockerfiles, first `{first}`" if len(images) > 1 else f"`{first}`"
    by_hand = images.pushed_by_hand
    what = (
        "Only a person can start the push of images"
        if by_hand
        else "Nothing in CI pushes an image"
        if len(ci)
        else "There is no CI that pushes an image"
    )
    place = (Evidence("pushes when a person starts it", *by_hand),) if by_hand else ()
    built = tuple(Evidence("builds, pushes nothing", path, line) for path, line in images.builds[:3])
    serves = len(snapshot.derived(ServedImages))
    yield Gap(
        subject="image push",
        message=f"{what} ({count}).",
        evidence=(Evidence("makes an image", first), *(place or built)),
        severity=None if serves else Severity.LOW,
    )
