"""Workflows run on different releases of one operating system.

What is tested on one release of Ubuntu and built on another can behave differently: another C library, another compiler,
another OpenSSL. The difference shows up in the release, where nobody tests.

## Fix

Use one release everywhere, or say beside the older one why it has to be:

```yaml
runs-on: ubuntu-22.04   # oldest glibc that users have
```

## Gap

```yaml .github/workflows/ci.yml
on: push
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: cargo test}]}}
```
```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
jobs:
  build:
    runs-on: ubuntu-22.04  ← gap
    steps: [{run: cargo build --release}]
```

## No gap

```yaml .github/workflows/ci.yml
on: push
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: cargo test}]}}
```
```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
jobs:
  build:
    strategy: {matrix: {os: [ubuntu-22.04, ubuntu-24.04]}}
    runs-on: ${{ matrix.os }}
    steps: [{run: cargo build --release}]
```
"""

import re
from collections.abc import Iterator

from checks.facts.workflow import Job, Workflow
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_PINNED = re.compile(r"^(ubuntu|macos|windows)-(\d[\d.]*)")
_WHY = re.compile(r"glibc|compat|oldest|libc|manylinux|webkit|legacy", re.IGNORECASE)


@check(severity=Severity.LOW, about=Workflow, blocks=Stage.NONE, effort=(0.1, 0.5))
def inconsistent_runner_versions(snapshot: Snapshot) -> Iterator[Finding]:
    places: dict[str, dict[str, list[tuple[str, int]]]] = {}
    for path, workflow in snapshot.files(Workflow):
        for job in workflow.jobs:
            for family, version in _versions(job):
                places.setdefault(family, {}).setdefault(version, []).append((path, job.runs_on_line))
    for family, versions in places.items():
        files = {version: {path for path, _ in found} for version, found in versions.items()}
        if len(versions) < 2 or len(set().union(*files.values())) < 2:
            continue
        oldest = min(versions, key=lambda version: [int(part) for part in re.findall(r"\d+", version)])
        path, line = versions[oldest][0]
        every = tuple(
            Evidence(f"{family}-{version}", *found[0]) for version, found in sorted(versions.items())
        )
        names = ", ".join(f"{family}-{version}" for version in sorted(versions))
        yield Gap(family, f"Workflows run on {names}.", path, line, every)


def _versions(job: Job) -> Iterator[tuple[str, str]]:
    """The releases a job names; a matrix of several of one family tests them on purpose."""
    if _WHY.search(f"{job.name} {job.comment}"):
        return
    named = [match for label in job.runs_on if (match := _PINNED.match(label))]
    if not named and job.runs_on and "matrix." in job.runs_on[0]:
        axis = job.runs_on[0].partition("matrix.")[2].strip(" }")
        values = next((values for name, values in job.matrix if name == axis), ())
        named = [match for value in values if (match := _PINNED.match(value))]
    by_family = {match.group(1): match.group(2) for match in named}
    several = {family for family in by_family if len({m.group(2) for m in named if m.group(1) == family}) > 1}
    yield from ((family, version) for family, version in by_family.items() if family not in several)
