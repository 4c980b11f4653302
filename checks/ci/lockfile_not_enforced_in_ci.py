"""There is a lock file, and CI doesn't hold to it.

`cargo build` and `npm install` quietly rewrite a lock file that doesn't fit the manifest. What CI tests and what the release
holds are then other versions than those in the repository: a build that can't be repeated, and a door for a bad release of
any dependency.

## Fix

Use the form that fails when the lock file doesn't fit (`uv sync --locked`, `yarn install --immutable` elsewhere):

```yaml
- run: cargo build --release --locked
```
```dockerfile
RUN npm ci
```

## Gap

```yaml .github/workflows/ci.yml
on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: cargo build --release  ← gap
      - run: cargo test
```
```toml Cargo.lock
version = 4
```
```dockerfile web/Dockerfile
FROM node:22
COPY package.json package-lock.json ./
RUN npm install  ← gap
```
```json web/package-lock.json
{}
```

## No gap

```yaml .github/workflows/ci.yml
on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: cargo test --locked
      - run: npm install -g pnpm
      - run: cargo fmt --check
```
```toml Cargo.lock
version = 4
```
"""

from collections.abc import Iterator

from checks.derived.ci.lock_use import LockUse
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

_SHOWN = 20


@check(severity=Severity.MEDIUM, about=LockUse, effort=(0.1, 0.5))
def lockfile_not_enforced_in_ci(snapshot: Snapshot) -> Iterator[Finding]:
    for use in snapshot.derived(LockUse).loose:
        where: tuple[Evidence, ...] = ()
        if not use.lock:
            message = f"`{use.text}` asks for a lock file, and there is no {use.wanted}."
        else:
            more = f", as do {use.count - 1} more" if use.count > 1 else ""
            message = f"`{use.text}` may change `{use.lock}`{more}: no {use.wanted}."
            where = (Evidence("the lock file", use.lock),)
        # Cargo keeps to the lock file wherever that fits the manifest.
        severity = (Severity.LOW if use.tool == "cargo" else None) if use.lock else Severity.HIGH
        places = use.places[:_SHOWN] or ((use.path, use.line),)
        commands = (Evidence(use.text, path, line) for path, line in places)
        yield Gap(use.tool, message, use.path, use.line, (*where, *commands), severity)
