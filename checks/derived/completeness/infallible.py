"""Functions of Go packages that return no error: what they give may be thrown away."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.facts.go_source import GoSource

if TYPE_CHECKING:
    from checks.snapshot import Snapshot


@dataclass(frozen=True)
class Infallible:
    """By folder, the names of functions and methods none of which returns an error."""

    names: dict[str, frozenset[str]]

    def has(self, path: str, callee: str) -> bool:
        """Whether a file calls a function of its own package that returns no error."""
        return callee.rpartition(".")[2] in self.names.get(path.rpartition("/")[0], frozenset())

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        safe: dict[str, set[str]] = defaultdict(set)
        failing: dict[str, set[str]] = defaultdict(set)
        for path, source in snapshot.files(GoSource):
            for found in source.functions():
                # Parameters aside, an error can hide in any named type: only plain results are sure.
                plain = found.return_type is not None and _is_plain(found.return_type)
                (safe if plain else failing)[path.rpartition("/")[0]].add(found.name.rpartition(".")[2])
        return cls({folder: frozenset(names - failing[folder]) for folder, names in safe.items()})


def _is_plain(result: str) -> bool:
    """A single result of a type that Go has itself."""
    return result.strip("*[]() ") in {"int", "int64", "uint64", "string", "bool", "float64", "byte"}
