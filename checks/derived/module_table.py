"""Every module of a tree with what reaches it: the table behind the gaps of unreachable code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.reachability import Reachability
from checks.facts.source import Source
from checks.modules import ModuleReach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.derived.entry_point import Rank
    from checks.snapshot import Snapshot

_SHOWN = 3


@dataclass(frozen=True)
class ModuleTable:
    """The modules of the import graph, by path."""

    rows: tuple[ModuleReach, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        reach = snapshot.derived(Reachability)
        rows = []
        for path, source in snapshot.files(Source):
            if path not in reach.graph.modules:
                continue
            unit = path.rpartition("/")[0] if path.endswith(".go") and not path.endswith("_test.go") else path
            rank = reach.rank(unit)
            rows.append(
                ModuleReach(
                    path,
                    snapshot.role(path).value,
                    source.lines,
                    rank.value if rank else None,
                    tuple(_points(reach, unit, rank)),
                    reach.tests_of(unit),
                )
            )
        return cls(tuple(sorted(rows, key=lambda row: row.path)))


def _points(reach: Reachability, unit: str, rank: Rank | None) -> Iterator[str]:
    """The first few entry points of this rank that reach the unit."""
    above = reach.graph.reaching(unit)
    points = reach.points.by_rank.get(rank, ()) if rank else ()
    found = dict.fromkeys(f"{point.form} ({point.path})" for point in points if point.target in above)
    yield from list(found)[:_SHOWN]
