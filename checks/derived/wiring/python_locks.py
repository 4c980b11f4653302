"""What Python's lock files bring along: distributions that are installed because others need them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.python_distributions import offers
from checks.derived.tree_paths import parents
from checks.facts.python_lock import PythonLock

if TYPE_CHECKING:
    from checks.derived.resolution.model import ThirdPartyImport
    from checks.snapshot import Snapshot


@dataclass(frozen=True)
class PythonLocks:
    """The locked distributions, by the folder of their lock file."""

    by_folder: dict[str, frozenset[str]]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls({path.rpartition("/")[0]: lock.names for path, lock in snapshot.files(PythonLock)})

    def brings(self, found: ThirdPartyImport) -> bool:
        """Whether what is imported gets installed with the file's component, as long as something else needs it."""
        names = (name for folder in parents(found.source) for name in self.by_folder.get(folder, ()))
        return any(offers(name, found.name, found.statement.module) for name in names)
