"""An action is taken from a branch.

`uses: owner/action@main` runs whatever that branch holds at the moment, with this repository's token and secrets. The
build changes without a commit here, and one stolen account of the action's authors is enough to run code in it.

## Fix

Pin the commit; Dependabot and Renovate move it forward in a pull request that can be read:

```yaml
- uses: aquasecurity/trivy-action@ed142fd0673e97e23eac54620cfb913e5ce36c25 # v0.36.0
```

## Gap

```yaml .github/workflows/ci.yml
on: push
jobs:
  scan:
    runs-on: ubuntu-24.04
    steps:
      - uses: aquasecurity/trivy-action@master  ← gap
      - uses: dtolnay/rust-toolchain@stable  ← gap
```

## No gap

```yaml .github/workflows/ci.yml
on: push
jobs:
  scan:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - uses: ./.github/actions/setup
```
"""

from collections.abc import Iterator

from checks.derived.supply_chain.unpinned_actions import UsedActions
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=UsedActions, effort=(0.1, 0.25))
def ci_action_pinned_to_branch(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(UsedActions).unpinned:
        if not found.is_on_branch:
            continue
        name, ref = found.reference.name, found.reference.ref
        # `stable` and `release/v1` are moved by releases, not by every commit.
        # dtolnay/rust-toolchain documents its branches as its versions.
        by_design = found.is_of_host or name.lower() == "dtolnay/rust-toolchain"
        severity = None if found.is_main_branch and not by_design else Severity.MEDIUM
        yield Gap(
            subject=name,
            message=f"`{name}` is taken from `{ref}`, which moves.",
            path=found.path,
            line=found.reference.line,
            evidence=(Evidence(f"uses: {found.reference.text}", found.path, found.reference.line),),
            severity=severity,
        )
