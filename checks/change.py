"""What a pull request does to the tree: paths touched and removed, and files that only moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from checks.facts.kinds import kinds
from checks.facts.sketch import Sketch
from checks.model import Entry

LIKENESS = 0.5  # git's own default for renames
MOST_PAIRS = 40_000  # pairs that are compared by content; beyond, only files that keep their name are
MOST_HOMES = 50  # places that one file is looked for in, of those with the same content
SIZE_LIMIT = 1_000_000


@dataclass(frozen=True)
class Change:
    """The difference of two trees. `moves` maps an old path to its new one; a moved file is neither removed nor added.

    `published` are old paths of files that moved to where users outside of the tree may import them, `stranded` those of
    code that ran and that nothing starts any more, and `vanished` the names that a file no longer defines.
    """

    touched: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    moves: Mapping[str, str] = field(default_factory=dict)
    published: frozenset[str] = frozenset()
    added: frozenset[str] = frozenset()
    stranded: frozenset[str] = frozenset()
    vanished: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def between(
        cls, base: Iterable[Entry], head: Iterable[Entry], facts: Mapping[tuple[str, str], bytes]
    ) -> Change:
        """Compare two trees; `facts` holds the sketches that `candidates` asked for."""
        before, after = ({entry.path: entry for entry in tree} for tree in (base, head))
        moves = _moves(_only(before, after), _only(after, before), facts)
        touched = {p for p in before.keys() | after.keys() if _blob(before.get(p)) != _blob(after.get(p))}
        removed = frozenset(before.keys() - after.keys() - moves.keys())
        added = frozenset(after.keys() - before.keys() - set(moves.values()))
        return cls(frozenset(touched), removed, moves, added=added)

    def now(self, path: str | None) -> str | None:
        """Where the file or folder of an old path is after the change."""
        if path is None or path in self.moves:
            return self.moves.get(path) if path else None
        return self._folder_now(path) or path

    def _folder_now(self, folder: str) -> str | None:
        """The folder to which everything that moved out of this one went, if it is one folder."""
        targets = self._folders.get(folder, frozenset())
        return next(iter(targets)) if len(targets) == 1 else None

    @cached_property
    def _folders(self) -> Mapping[str, frozenset[str]]:
        """Where the files that moved out of each folder went, worked out once for all folders."""
        targets: dict[str, set[str]] = defaultdict(set)
        for old, new in self.moves.items():
            folder, there = old, new
            while folder.rpartition("/")[2] == there.rpartition("/")[2] and "/" in folder and "/" in there:
                folder, there = folder.rpartition("/")[0], there.rpartition("/")[0]
                targets[folder].add(there)
        return {folder: frozenset(found) for folder, found in targets.items()}


def candidates(base: Iterable[Entry], head: Iterable[Entry]) -> tuple[Entry, ...]:
    """The files whose sketches are needed to see moves with edits: added and removed ones, but for exact moves."""
    before, after = ({entry.path: entry for entry in tree} for tree in (base, head))
    removed, added = _only(before, after), _only(after, before)
    exact = _exact(removed, added)
    removed = [e for e in removed if e.path not in exact]
    targets = set(exact.values())
    added = [e for e in added if e.path not in targets]
    compared = (e for olds, news in _groups(removed, added) for e in (*olds, *news))
    return tuple(dict.fromkeys(e for e in compared if (e.size or 0) <= SIZE_LIMIT))


def _groups(removed: list[Entry], added: list[Entry]) -> Iterator[tuple[list[Entry], list[Entry]]]:
    """What is compared with what: everything, or, where that is too much, what has the same name, first in folders of the same name."""
    if len(removed) * len(added) <= MOST_PAIRS:
        if removed and added:
            yield removed, added
        return
    left = MOST_PAIRS
    for depth in (2, 1):
        olds, news = _by_tail(removed, depth), _by_tail(added, depth)
        pairs = {tail: len(olds[tail]) * len(news[tail]) for tail in olds.keys() & news.keys()}
        for tail in sorted(pairs, key=lambda tail: (pairs[tail], tail)):
            left -= pairs[tail]
            if left < 0:
                return
            yield olds[tail], news[tail]


def _by_tail(entries: list[Entry], depth: int) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found["/".join(entry.path.split("/")[-depth:])].append(entry)
    return found


def _only(these: Mapping[str, Entry], those: Mapping[str, Entry]) -> list[Entry]:
    """The files of one tree that the other doesn't have: a link or a submodule in its place is another thing."""
    return [e for path, e in these.items() if e.is_file and not (path in those and those[path].is_file)]


def _blob(entry: Entry | None) -> str | None:
    return entry.blob if entry else None


def _moves(
    removed: list[Entry], added: list[Entry], facts: Mapping[tuple[str, str], bytes]
) -> dict[str, str]:
    moves = _exact(removed, added)
    taken = set(moves.values())
    rest = [e for e in removed if e.path not in moves], [e for e in added if e.path not in taken]
    alike = (row for group in _groups(*rest) for row in _alike(*group, facts))
    scored = sorted(set(alike), key=lambda row: (-row[0], row[1], row[2]))
    for _, old, new in scored:
        if old not in moves and new not in taken:
            moves[old] = new
            taken.add(new)
    return moves


def _exact(removed: list[Entry], added: list[Entry]) -> dict[str, str]:
    """Files with the same blob, paired by the most path parts in common from the end."""
    homes: dict[str, list[str]] = defaultdict(list)
    for entry in added:
        if entry.size != 0:
            homes[entry.blob].append(entry.path)
    moves: dict[str, str] = {}
    for entry in sorted(removed, key=lambda e: e.path):
        if free := homes.get(entry.blob):
            # Of a great many equal files only the first ones are looked at: each pair costs a comparison.
            best = max(free[:MOST_HOMES], key=lambda new: _common_tail(entry.path, new))
            free.remove(best)
            moves[entry.path] = best
    return moves


def _common_tail(old: str, new: str) -> int:
    count = 0
    for a, b in zip(reversed(old.split("/")), reversed(new.split("/")), strict=False):
        if a != b:
            break
        count += 1
    return count


def _alike(
    removed: list[Entry], added: list[Entry], facts: Mapping[tuple[str, str], bytes]
) -> Iterator[tuple[float, str, str]]:
    olds, news = _sketches(removed, facts), _sketches(added, facts)
    for old, sketch in olds.items():
        for new, other in news.items():
            if (likeness := sketch.likeness(other)) >= LIKENESS:
                yield likeness, old, new


def _sketches(entries: list[Entry], facts: Mapping[tuple[str, str], bytes]) -> dict[str, Sketch]:
    kind = kinds()["sketch"]
    read = {e.path: kind.read(data) for e in entries if (data := facts.get((e.blob, kind.name))) is not None}
    return {path: value for path, value in read.items() if isinstance(value, Sketch)}
