"""Files that a change makes public by moving them: who uses them from now on can't be seen in the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.derived.entry_point import Rank
from checks.derived.entry_points import EntryPoints

if TYPE_CHECKING:
    from checks.change import Change
    from checks.snapshot import Snapshot


def published(base: Snapshot, head: Snapshot, change: Change) -> frozenset[str]:
    """Where the moved files were that others may import now and could not before: in Go's internal/, say."""
    before, after = _public(base), _public(head)
    return frozenset(
        old for old, new in change.moves.items() if _unit(new) in after and _unit(old) not in before
    )


def _public(snapshot: Snapshot) -> frozenset[str]:
    """What is offered to importers outside of the tree: files, of Go folders."""
    points = snapshot.derived(EntryPoints).by_rank.get(Rank.LIBRARY, ())
    return frozenset(point.target for point in points)


def _unit(path: str) -> str:
    return path.rpartition("/")[0] if path.endswith(".go") else path
