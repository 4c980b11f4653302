"""Programs are released for several processors, the image for one.

On ARM servers and on newer Macs the image then runs in emulation, many times slower, or doesn't start at all, while the
release page says that the processor is supported.

## Fix

Build for each processor; QEMU lets the runner run the other's programs meanwhile. Buildx is the builder that can make both:

```yaml
- uses: docker/setup-qemu-action@96fe6ef7f33517b61c61be40b68a1882f3264fb8 # v4.2.0
- uses: docker/setup-buildx-action@bb05f3f5519dd87d3ba754cc423b652a5edd6d2c # v4.2.0
- uses: docker/build-push-action@53b7df96c91f9c12dcc8a07bcb9ccacbed38856a # v7.3.0
  with:
    push: true
    platforms: linux/amd64,linux/arm64
    tags: ghcr.io/example/app:${{ github.ref_name }}
```

## Gap

```dockerfile Dockerfile
FROM debian:12-slim
COPY app /app
```
```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
jobs:
  release:
    runs-on: ubuntu-24.04
    strategy: {matrix: {target: [x86_64-unknown-linux-gnu, aarch64-unknown-linux-gnu]}}
    steps:
      - run: make dist
      - uses: softprops/action-gh-release@v2
        with: {files: "dist/*"}
  image:
    runs-on: ubuntu-24.04
    steps:
      - {uses: docker/build-push-action@v6, with: {context: ., push: true}}  ← gap
```

## No gap

```dockerfile Dockerfile
FROM debian:12-slim
COPY app /app
```
```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
jobs:
  release:
    runs-on: ubuntu-24.04
    strategy: {matrix: {target: [x86_64-unknown-linux-gnu, aarch64-unknown-linux-gnu]}}
    steps:
      - run: make dist
      - uses: softprops/action-gh-release@v2
        with: {files: "dist/*"}
  image:
    runs-on: ubuntu-24.04
    steps:
      - uses: docker/build-push-action@v6
        with: {context: ., push: true, platforms: "linux/amd64,linux/arm64"}
```
"""

from collections.abc import Iterator

from checks.derived.containers.processors import ReleasedProcessors
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=ReleasedProcessors, blocks=Stage.NONE, effort=(0.5, 2.0))
def no_multi_arch_image(snapshot: Snapshot) -> Iterator[Finding]:
    released = snapshot.derived(ReleasedProcessors)
    build = released.single
    if build:
        platforms = build.platforms[0] if build.platforms else "the runner's processor alone"
        yield Gap(
            subject="image platforms",
            message=f"The image is pushed for {platforms}, programs are released for ARM too.",
            path=build.path,
            line=build.line,
            evidence=(
                Evidence("pushes for one platform", build.path, build.line),
                Evidence("releases for ARM", *released.place),
            ),
        )
