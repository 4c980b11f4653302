"""The gaps of two reports paired one to one, from the surest identity to the weakest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace

from checks.change import Change
from checks.model import Severity
from checks.report import Place, ReportedGap

Key = Callable[[ReportedGap], Hashable]


@dataclass(frozen=True, slots=True)
class Pairs:
    only_base: tuple[ReportedGap, ...]
    only_head: tuple[ReportedGap, ...]
    both: tuple[ReportedGap, ...]  # the head's gaps, with where they were


class Pairing:
    """The passes of the comparison, from the surest identity to the weakest."""

    def __init__(self, change: Change) -> None:
        self._now = change.now
        self._removed, self._added = change.removed, change.added
        self._both: list[ReportedGap] = []

    def run(self, base: Iterable[ReportedGap], head: Iterable[ReportedGap]) -> Pairs:
        olds, news = list(base), list(head)
        passes: tuple[tuple[Key, Key, bool], ...] = (
            (exact, exact, False),
            (self._moved, exact, False),
            (self._moved_renamed, _by_path, True),
            (self._moved_content, _by_content, True),
            (_by_name, _by_name, True),
            (_by_subject, _by_subject, True),
            (self._taken_away, self._put_in, True),
        )
        for old_key, new_key, single in passes:
            olds, news = self._pass(olds, news, old_key, new_key, single=single)
        olds, news = self._regrown(olds, news)
        return Pairs(tuple(olds), tuple(news), tuple(self._both))

    def _regrown(
        self, olds: list[ReportedGap], news: list[ReportedGap]
    ) -> tuple[list[ReportedGap], list[ReportedGap]]:
        """A gap with many places stands where the first is: with another one in front it is still the same."""
        heads = {key: new for new in reversed(news) for key in _places(new)[:1]}
        places = {key: new for new in reversed(news) for key in _places(new)}
        paired: set[int] = set()
        for old in olds:
            own = [(check, subject, self._now(place)) for check, subject, place in _places(old)]
            candidates = [*map(places.get, own[:1]), *map(heads.get, own)]
            new = next((n for n in candidates if n and id(n) not in paired), None)
            if new is not None:
                paired |= {id(old), id(new)}
                self._both.append(_with_place(old, new))
        return [g for g in olds if id(g) not in paired], [g for g in news if id(g) not in paired]

    def _moved(self, gap: ReportedGap) -> Hashable:
        subject = self._now(gap.gap.subject) or gap.gap.subject
        return gap.check.id, self._now(gap.gap.path), subject

    def _moved_renamed(self, gap: ReportedGap) -> Hashable:
        """A thing named after its file changes its name with it; only a file that moved is looked at."""
        now = self._now(gap.gap.path)
        return gap.check.id, now if now != gap.gap.path else ("unmoved", id(gap))

    def _moved_content(self, gap: ReportedGap) -> Hashable:
        return _content(gap, self._now)

    def _taken_away(self, gap: ReportedGap) -> Hashable:
        return _rewritten(gap, self._removed)

    def _put_in(self, gap: ReportedGap) -> Hashable:
        return _rewritten(gap, self._added)

    def _pass(
        self, olds: list[ReportedGap], news: list[ReportedGap], old_key: Key, new_key: Key, *, single: bool
    ) -> tuple[list[ReportedGap], list[ReportedGap]]:
        befores, afters = _grouped(olds, old_key), _grouped(news, new_key)
        paired: set[int] = set()
        for key in befores.keys() & afters.keys():
            if single and (len(befores[key]), len(afters[key])) != (1, 1):
                continue
            for old, new in zip(befores[key], afters[key], strict=False):
                paired |= {id(old), id(new)}
                self._both.append(_with_place(old, new))
        return [g for g in olds if id(g) not in paired], [g for g in news if id(g) not in paired]


def exact(gap: ReportedGap) -> Hashable:
    return gap.check.id, gap.gap.path, gap.gap.subject


def _places(gap: ReportedGap) -> list[tuple[str, str, str | None]]:
    """Check, subject and each place that the gap rests on, its own first."""
    places = (e.path for e in gap.gap.evidence if not e.searched)
    return [(gap.check.id, gap.gap.subject, place) for place in (gap.gap.path, *places) if place]


def _by_path(gap: ReportedGap) -> Hashable:
    return gap.check.id, gap.gap.path


def _by_content(gap: ReportedGap) -> Hashable:
    return _content(gap, lambda path: path)


def _content(gap: ReportedGap, now: Callable[[str], str | None]) -> Hashable:
    """The files that a folder's gap lists: they stay together wherever a move puts them."""
    folder = f"{gap.gap.path}/"
    files = frozenset(now(e.path) for e in gap.gap.evidence if e.path and e.path.startswith(folder))
    return gap.check.id, files or id(gap)


def _by_name(gap: ReportedGap) -> Hashable:
    return gap.check.id, gap.gap.subject, (gap.gap.path or "").rpartition("/")[2]


def _by_subject(gap: ReportedGap) -> Hashable:
    """The weakest identity, not enough for what weighs: one secret taken out pays for no other one put in."""
    if gap.severity.at_least(Severity.HIGH):
        return "alone", id(gap)
    return gap.check.id, gap.gap.subject


def _rewritten(gap: ReportedGap, files: frozenset[str]) -> Hashable:
    """The subject, where the whole file went or came: a script written anew in another language keeps its gaps.

    Not for what is critical: a new secret in a new file is never the old one.
    """
    if gap.severity.at_least(Severity.CRITICAL) or gap.gap.path not in files:
        return "alone", id(gap)
    return gap.check.id, gap.gap.subject


def _grouped(gaps: list[ReportedGap], key: Key) -> dict[Hashable, list[ReportedGap]]:
    groups: dict[Hashable, list[ReportedGap]] = defaultdict(list)
    for gap in gaps:
        groups[key(gap)].append(gap)
    return groups


def _with_place(old: ReportedGap, new: ReportedGap) -> ReportedGap:
    if old.gap.path is None or old.gap.path == new.gap.path:
        return new
    return replace(new, was=Place(old.gap.path, old.gap.line))
