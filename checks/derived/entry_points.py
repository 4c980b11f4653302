"""Every entry point of a tree, ranked, with what declares it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

from checks.derived.entry_point import EntryPoint, Rank
from checks.derived.entry_points_go import go_entry_points
from checks.derived.entry_points_named import named_entry_points
from checks.derived.entry_points_node import node_entry_points
from checks.derived.entry_points_python import python_entry_points
from checks.derived.start_commands import started_entry_points

if TYPE_CHECKING:
    from checks.snapshot import Snapshot


@dataclass(frozen=True)
class EntryPoints:
    """The entry points, surest first. Its length counts those that ship."""

    points: tuple[EntryPoint, ...]

    def __len__(self) -> int:
        return len(self.shipping)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found = {
            *started_entry_points(snapshot),
            *python_entry_points(snapshot),
            *go_entry_points(snapshot),
            *node_entry_points(snapshot),
            *named_entry_points(snapshot),
        }
        return cls(tuple(sorted(found, key=lambda p: (p.rank.order, p.target, p.path, p.line or 0, p.form))))

    @cached_property
    def shipping(self) -> tuple[EntryPoint, ...]:
        """Those that may run in production, scripts started by hand aside."""
        return tuple(point for point in self.points if point.rank.ships and point.rank is not Rank.SCRIPT)

    @cached_property
    def by_rank(self) -> dict[Rank, tuple[EntryPoint, ...]]:
        """The entry points of each rank."""
        found: dict[Rank, list[EntryPoint]] = defaultdict(list)
        for point in self.points:
            found[point.rank].append(point)
        return {rank: tuple(points) for rank, points in found.items()}
