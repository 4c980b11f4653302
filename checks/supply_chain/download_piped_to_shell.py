r"""A download is run as it comes, without looking whether it is the right one.

Whoever takes over the address, or the account behind it, runs commands in the build: with its secrets, and in everything
that it makes. A connection that breaks off half way runs half a script. And the same build gives another result tomorrow.

## Fix

Download a version, compare it with a checksum that is written down here, then run it; or take a package or an image:

```dockerfile
RUN curl -fsSLo /tmp/install.sh https://example.org/v1.2.3/install.sh \
 && echo "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  /tmp/install.sh" | sha256sum -c - \
 && sh /tmp/install.sh
```

## Gap

```dockerfile Dockerfile
FROM python:3.12-slim
RUN apt-get update && apt-get install -y curl
RUN curl -LsSf https://astral.sh/uv/install.sh | sh  ← gap
```
```yaml .github/workflows/ci.yml
on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: bash <(curl -s https://codecov.io/bash)  ← gap
```

## No gap

```dockerfile Dockerfile
FROM python:3.12-slim
RUN curl -fsSLo install.sh https://example.org/install.sh && sha256sum -c install.sum && sh install.sh
RUN curl -s https://example.org/release.json | python3 -c "import json, sys; print(json.load(sys.stdin)['tag'])"
```
"""

from collections.abc import Iterator

from checks.derived.publications import Publications
from checks.derived.supply_chain.piped_downloads import PipedDownload, PipedDownloads
from checks.facts.dockerfile import Dockerfile
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=PipedDownloads, blocks=Stage.NONE, effort=(0.25, 1.0))
def download_piped_to_shell(snapshot: Snapshot) -> Iterator[Finding]:
    seen: dict[tuple[str, str], PipedDownload] = {}
    for found in snapshot.derived(PipedDownloads).all:
        seen.setdefault((found.path, found.source), found)
    published = {publication.path for publication in snapshot.derived(Publications).all}
    for found in seen.values():
        goes_out = found.path in published or snapshot.get(found.path, Dockerfile) is not None
        yield Gap(
            subject=found.source,
            message=f"`{found.text}` is run by {found.shell} as it comes, unchecked.",
            path=found.path,
            line=found.line,
            evidence=(Evidence("downloads and runs", found.path, found.line),),
            severity=None if goes_out else Severity.LOW,
        )
