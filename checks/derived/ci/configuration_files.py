"""Files near the root of the tree, by name: where tools look for their configuration."""

from __future__ import annotations

import fnmatch
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.facts.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checks.snapshot import Snapshot

DEEPEST = 3  # folders above a configuration, the root's not counted
_OURS = frozenset({Role.SHIPPED, Role.TOOL})


@dataclass(frozen=True)
class ConfigurationFiles:
    """Indexed once, since very many tools are asked for."""

    by_name: dict[str, list[str]]
    paths: frozenset[str]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        near = [path for path in snapshot.paths if path.count("/") <= DEEPEST]
        ours = frozenset(path for path in near if snapshot.role(path) in _OURS)
        by_name: dict[str, list[str]] = defaultdict(list)
        for path in ours:
            by_name[path.rpartition("/")[2]].append(path)
        return cls(by_name, ours)

    def matching(self, globs: Iterable[str], deepest: int = DEEPEST) -> list[str]:
        """The files that match one of the globs, on the name or, with a slash, on the whole path; nearest the root first."""
        found = {path for glob in globs for path in self._of(glob) if path.count("/") <= deepest}
        return sorted(found, key=lambda path: (path.count("/"), path))

    def _of(self, glob: str) -> Iterator[str]:
        if "/" in glob:
            yield from fnmatch.filter(self.paths, glob) if "*" in glob else self.paths & {glob}
        elif "*" in glob:
            yield from (path for name in fnmatch.filter(self.by_name, glob) for path in self.by_name[name])
        else:
            yield from self.by_name.get(glob, ())
