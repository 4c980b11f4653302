"""Commits of other repositories that the tree holds (submodules), and those that no `.gitmodules` explains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.facts.git_modules import GitModules

if TYPE_CHECKING:
    from checks.snapshot import Snapshot

GITLINK = 0o160000


@dataclass(frozen=True)
class GitLinks:
    """The paths of all, and of those that no clone can fill."""

    all: tuple[str, ...]
    unexplained: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        links = tuple(path for path, entry in snapshot.tree.items() if entry.mode == GITLINK)
        explained = {path for _, modules in snapshot.files(GitModules) for path in modules.paths}
        return cls(links, tuple(path for path in links if path not in explained))
