"""An action is pinned to a tag that its authors can move.

A workflow runs an action with the repository's token and secrets. A tag like `v4` is a label: whoever takes over the
action's repository moves it to another commit, and the next run executes that. It has happened (tj-actions/changed-files,
2025: thousands of repositories printed their secrets). A full commit SHA can't be moved.

All of a workflow's actions are one gap: whoever pins one pins them all.

## Fix

Write the commit and keep the tag as a comment; Dependabot and Renovate update both. `git ls-remote URL 'v7.0.1*'` tells the commit of
a tag (where there are two lines, it is the one that ends in `^{}`), `pinact run` rewrites all of them:

```yaml .github/workflows/ci.yml
on: push
permissions: {contents: read}
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
```

## Gap

```yaml .github/workflows/ci.yml
on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4  ← gap
      - uses: codecov/codecov-action@v5
```

## No gap

```yaml .github/workflows/ci.yml
on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - uses: ./.github/actions/setup
      - uses: dtolnay/rust-toolchain@master
```
"""

from collections.abc import Iterator

from checks.derived.supply_chain.unpinned_actions import UnpinnedAction, UsedActions
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_SHOWN = 20  # actions that a gap names


@check(severity=Severity.MEDIUM, about=UsedActions, blocks=Stage.NONE, effort=(0.1, 0.25))
def ci_action_not_sha_pinned(snapshot: Snapshot) -> Iterator[Finding]:
    by_file: dict[str, list[UnpinnedAction]] = {}
    for found in snapshot.derived(UsedActions).unpinned:
        if not found.is_on_branch:  # which is worse, and a check of its own (ci-action-pinned-to-branch)
            by_file.setdefault(found.path, []).append(found)
    for path, actions in by_file.items():
        first = actions[0].reference
        more = f" and {len(actions) - 1} more" if len(actions) > 1 else ""
        yield Gap(
            subject="actions",
            message=f"Actions are used at tags that can move: `{first.name}` at `{first.ref}`{more}.",
            path=path,
            line=first.line,
            evidence=tuple(_used(action) for action in actions[:_SHOWN]),
            severity=Severity.LOW if all(action.is_of_host for action in actions) else None,
        )


def _used(action: UnpinnedAction) -> Evidence:
    times = f", {action.uses} times" if action.uses > 1 else ""
    return Evidence(f"uses: {action.reference.text}{times}", action.path, action.reference.line)
