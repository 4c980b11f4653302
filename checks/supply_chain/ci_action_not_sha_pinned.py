"""An action is pinned to a tag that its authors can move.

A workflow runs an action with the repository's token and secrets. A tag like `v4` is a label: whoever takes over the
action's repository moves it to another commit, and the next run executes that. It has happened (tj-actions/changed-files,
2025: thousands of repositories printed their secrets). A full commit SHA can't be moved.

## Fix

Write the commit and keep the tag as a comment; Dependabot and Renovate update both:

```yaml
- uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
```

## Gap

```yaml .github/workflows/ci.yml
on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4  ← gap
      - uses: codecov/codecov-action@v5  ← gap
```

## No gap

```yaml .github/workflows/ci.yml
on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
      - uses: ./.github/actions/setup
      - uses: dtolnay/rust-toolchain@master
```
"""

from collections.abc import Iterator

from checks.derived.unpinned_actions import UsedActions
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=UsedActions, blocks=Stage.NONE, effort=(0.1, 0.25))
def ci_action_not_sha_pinned(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(UsedActions).unpinned:
        if found.is_on_branch:
            continue  # NOTE: worse, and a check of its own (ci-action-pinned-to-branch)
        name, ref = found.reference.name, found.reference.ref
        more = f", {found.uses} times" if found.uses > 1 else ""
        yield Gap(
            subject=name,
            message=f"`{name}` is used at the tag `{ref}`{more}.",
            path=found.path,
            line=found.reference.line,
            evidence=(Evidence(f"uses: {found.reference.text}", found.path, found.reference.line),),
            severity=Severity.LOW if found.is_of_host else None,
        )
