"""The whole test suite runs before every commit.

A hook that takes minutes is switched off: `--no-verify` becomes a habit, and with it go the quick hooks that mattered. CI is
the place for the suite.

## Fix

Run it before a push, or by hand:

```yaml
- id: cargo-test
  stages: [pre-push]
```

## Gap

```yaml .pre-commit-config.yaml
repos:
  - repo: local
    hooks:
      - id: tests  ← gap
        entry: pytest
        language: system
```

## No gap

```yaml .pre-commit-config.yaml
repos:
  - repo: local
    hooks:
      - id: tests
        entry: pytest
        language: system
        stages: [pre-push]
```
"""

from collections.abc import Iterator

from checks.derived.ci_check_commands import CheckKind, judged
from checks.facts.pre_commit import PreCommit
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=PreCommit, blocks=Stage.NONE, effort=(0.1, 0.25))
def slow_test_in_pre_commit(snapshot: Snapshot) -> Iterator[Finding]:
    for path, pre_commit in snapshot.files(PreCommit):
        for hook in pre_commit.hooks:
            found = [
                what for command in hook.command if (what := judged(command)) and what.kind is CheckKind.TEST
            ]
            if found and hook.runs_on_commit:
                text = f"`{hook.entry}` of the hook {hook.id} runs before every commit."
                yield Gap(
                    hook.id, text, path, hook.line, (Evidence("no stages: every stage", path, hook.line),)
                )
