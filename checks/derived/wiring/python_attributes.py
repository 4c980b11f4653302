"""Attributes that are read of the repository's own Python classes, and that nothing gives them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.python_class_table import PythonClassTable
from checks.facts.roles import Role

if TYPE_CHECKING:
    from checks.derived.python_class_table import Place
    from checks.snapshot import Snapshot

_OURS = frozenset({Role.SHIPPED, Role.TOOL})


@dataclass(frozen=True, slots=True)
class UnknownAttribute:
    """An attribute that nothing defines: the class, and every place that reads it."""

    owner: Place
    line: int  # of the class
    name: str
    places: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PythonAttributes:
    """What was found, and how many classes could be judged."""

    unknown: tuple[UnknownAttribute, ...]
    judged: int

    def __len__(self) -> int:
        return self.judged

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        tree = snapshot.derived(PythonClassTable)
        places: dict[tuple[Place, str], list[tuple[str, int]]] = defaultdict(list)
        for owner, read, path in tree.reads(_OURS):
            if tree.lacks(owner, read.name):
                places[owner, read.name].append((path, read.line))
        unknown = (
            UnknownAttribute(owner, tree.classes[owner].line, name, tuple(sorted(found)))
            for (owner, name), found in sorted(places.items())
        )
        return cls(tuple(unknown), len(tree.closed))
