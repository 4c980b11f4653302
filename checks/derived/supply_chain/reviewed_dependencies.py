"""What this side of a change alone depends on, where that was asked of GitHub."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from checks.dependency_changes import DependencyChange
from checks.snapshot import Snapshot


@dataclass(frozen=True)
class ReviewedDependencies:
    """The packages, or why they aren't known. Nothing at all where nobody asked: on the command line."""

    changed: tuple[DependencyChange, ...]
    unavailable: str | None

    def __len__(self) -> int:
        return len(self.changed) or int(self.unavailable is not None)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        known = snapshot.dependencies
        return cls(known.changed, known.unavailable) if known else cls((), None)
