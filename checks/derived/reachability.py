"""Which files each kind of entry point reaches: what ships, what only tests reach, what nothing reaches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

from checks.derived.entry_point import Rank
from checks.derived.entry_points import EntryPoints
from checks.derived.import_graph import ImportGraph

if TYPE_CHECKING:
    from checks.snapshot import Snapshot


@dataclass(frozen=True)
class Reachability:
    """The best rank that reaches each file (or Go package folder); absent where nothing does."""

    best: dict[str, Rank]
    points: EntryPoints
    graph: ImportGraph

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        points, graph = snapshot.derived(EntryPoints), snapshot.derived(ImportGraph)
        best: dict[str, Rank] = {}
        for rank in Rank:
            roots = {point.target for point in points.by_rank.get(rank, ())}
            for file in graph.reached_from(roots):
                best.setdefault(file, rank)
        return cls(best, points, graph)

    def rank(self, path: str) -> Rank | None:
        """The best rank of what reaches a file."""
        return self.best.get(path)

    def ships(self, path: str) -> bool:
        """Whether something that may run in production reaches the file."""
        rank = self.best.get(path)
        return rank is not None and rank.ships

    def starts(self, path: str) -> bool:
        """Whether something that is started, not merely offered to importers, reaches the file."""
        rank = self.best.get(path)
        return rank is not None and rank.order <= Rank.CONVENTION.order and rank is not Rank.LIBRARY

    @cached_property
    def tests(self) -> frozenset[str]:
        """The test files."""
        return frozenset(point.target for point in self.points.by_rank.get(Rank.TEST, ()))

    def tests_of(self, path: str) -> tuple[str, ...]:
        """The test files that reach a file through imports."""
        return tuple(sorted((self.graph.reaching(path) & self.tests) - {path}))
