"""Configuration files that break their own format, and whether a merge left both sides standing in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.facts.roles import Role

if TYPE_CHECKING:
    from checks.snapshot import Snapshot

_FORMATS = {".yml": "not YAML", ".yaml": "not YAML", ".json": "not JSON", ".toml": "not TOML"}
_OURS = frozenset({Role.SHIPPED, Role.TOOL})


@dataclass(frozen=True, slots=True)
class Malformed:
    """A file, what is wrong in it, and the line."""

    path: str
    reason: str
    line: int


@dataclass(frozen=True)
class MalformedFiles:
    """The malformed files, and how many files of these formats are there."""

    all: tuple[Malformed, ...]
    judged: int

    def __len__(self) -> int:
        return self.judged

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        ours = [
            path for path in snapshot.paths if path.endswith(tuple(_FORMATS)) and snapshot.role(path) in _OURS
        ]
        broken = snapshot.malformed
        found = (
            Malformed(path, broken[path].unreadable, broken[path].line or 1)
            for path in sorted(ours)
            if path in broken and broken[path].unreadable.startswith(_FORMATS[f".{path.rpartition('.')[2]}"])
        )
        return cls(tuple(found), len(ours))
