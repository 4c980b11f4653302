"""What a program is built from isn't fixed.

The same commit gives another program tomorrow than the one that was tested today: a new version of any dependency, or of
what it needs, goes into production without anyone having looked. And what ran last month can't be built again.

## Fix

Commit the lock file that the tool makes, and install from it:

```sh
npm install --package-lock-only     # then npm ci
uv lock                             # then uv sync --locked
uv pip compile requirements.in --generate-hashes -o requirements.txt
```

## Gap

### Ranges in what an image installs

```text requirements.txt
fastapi>=0.110  ← gap
uvicorn
redis~=5.0
```
```dockerfile Dockerfile
FROM python:3.12-slim
COPY requirements.txt .
RUN pip install -r requirements.txt
```

### No lock file beside an application's manifest

```json package.json
{
  "name": "app", "private": true,
  "dependencies": {
    "express": "^5.0.0"  ← gap
  }
}
```

### A lock file is demanded that isn't there

```dockerfile Dockerfile
FROM ghcr.io/astral-sh/uv:python3.12-bookworm-slim
COPY pyproject.toml .
RUN uv sync --frozen  ← gap
```
```toml pyproject.toml
[project]
name = "app"
```

## No gap

```text requirements.txt
fastapi==0.115.6
uvicorn==0.34.0
```
```dockerfile Dockerfile
FROM python:3.12-slim
COPY requirements.txt .
RUN pip install -r requirements.txt
```
"""

from collections.abc import Iterator

from checks.derived.supply_chain.unlocked import Lockables
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=Lockables, effort=(0.25, 2.0))
def dependencies_not_locked(snapshot: Snapshot) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for found in snapshot.derived(Lockables).all:
        if found.problem and (found.path, found.subject) not in seen:
            seen.add((found.path, found.subject))
            installs = (Evidence("installs it", *found.because),) if found.because else ()
            yield Gap(
                subject=found.subject,
                message=f"Nothing fixes what is installed: {found.problem}.",
                path=found.path,
                line=found.line,
                evidence=(Evidence(found.problem, found.path, found.line), *installs),
            )
