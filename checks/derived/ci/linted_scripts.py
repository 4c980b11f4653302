"""Shell scripts that a linter would look at, where there is CI to run one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from checks.derived.ci_commands import ContinuousIntegration
from checks.facts.roles import Role
from checks.facts.shell_source import ShellSource
from checks.snapshot import Snapshot

_OURS = frozenset({Role.SHIPPED, Role.TOOL, Role.TEST})


@dataclass(frozen=True)
class LintableScripts:
    """Their paths; none without CI."""

    paths: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.paths)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        if not len(snapshot.derived(ContinuousIntegration)):
            return cls(())
        return cls(tuple(path for path, _ in snapshot.files(ShellSource) if snapshot.role(path) in _OURS))
