"""CI runs something that isn't in the repository.

The step fails every time, or, behind a condition, on the one day it is needed: a release, a hotfix. Most often a script or
a folder was moved and the pipeline was not told.

## Fix

Name the path, target or script as it is now, and run the workflow once from the branch that changes it:

```yaml
- run: bash scripts/unit.sh   # was scripts/integration.sh
```

A step that only a release reaches gets a rehearsal on pull requests, such as `./scripts/release.sh --dry-run`.

## Gap

```yaml .github/workflows/ci.yml
on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    defaults: {run: {working-directory: backend}}
    steps:
      - uses: ./.github/actions/prepare  ← gap
      - run: bash scripts/integration.sh  ← gap
      - run: make lint-all  ← gap
      - run: npm run e2e  ← gap
```
```json backend/package.json
{"scripts": {"test": "vitest"}}
```
```text backend/Makefile
lint: ; ruff check .
```
```bash backend/scripts/unit.sh
pytest
```

## No gap

```yaml .github/workflows/ci.yml
on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: bash scripts/unit.sh
      - run: ./out/generated.sh
      - run: make lint
```
```text Makefile
lint: ; ruff check .
```
```bash scripts/unit.sh
pytest
```
"""

from collections.abc import Iterator

from checks.derived.ci.ci_paths import CiPaths
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=CiPaths, effort=(0.25, 4.0))
def ci_references_missing_path(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(CiPaths).missing:
        yield Gap(
            subject=found.written,
            message=f"`{found.text}` needs the {found.what} `{found.written}`, which isn't there.",
            path=found.path,
            line=found.line,
            evidence=(Evidence(f"looked for {found.looked_for}", found.path, found.line),),
        )
