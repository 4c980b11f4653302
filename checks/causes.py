"""Why a file that a change did not touch has a new gap: what the change moved or deleted elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from checks.change import Change
from checks.report import ReportedGap


class Causes:
    """Names the deletion or move behind a break in a file that the change didn't touch."""

    def __init__(self, change: Change) -> None:
        moved = ((old, f"this change moved `{old}` to `{new}`") for old, new in change.moves.items())
        deleted = ((old, f"this change deleted `{old}`") for old in sorted(change.removed))
        self._touched = change.touched | folders_above(change.touched)
        self._texts: list[str] = []
        self._numbers: dict[str, int] = {}  # the first that a name means
        for number, (path, text) in enumerate((*moved, *deleted)):
            self._texts.append(text)
            for name in _names(path):
                self._numbers.setdefault(name, number)

    def named(self, gap: ReportedGap) -> ReportedGap:
        path = gap.gap.path
        if path is None or not self._touched or path in self._touched:
            return gap
        names = {gap.gap.subject, *(e.path for e in gap.gap.evidence if e.path)}
        numbers = [self._numbers[key] for name in names if (key := name.strip("/")) in self._numbers]
        if numbers:
            return replace(gap, cause=self._texts[min(numbers)])
        return replace(gap, cause="this change did not touch the file; something it depends on changed")


def _names(path: str) -> Iterator[str]:
    """What may mean a path: it as it is, a folder above it, a dotted module or the end of one."""
    yield path
    yield from folders_above([path])
    dotted = (path.rpartition(".")[0] or path).removesuffix("/__init__").replace("/", ".")
    while dotted:
        yield dotted
        dotted = dotted.partition(".")[2]


def folders_above(paths: Iterable[str]) -> frozenset[str]:
    """Every folder above the paths."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return frozenset(found)
