"""Two reports compared: which gaps a change opens, which it closes, what stands. Pairs one to one, keeps counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from checks.causes import Causes, folders_above
from checks.change import Change
from checks.model import Evidence, Outcome, Proof, Severity
from checks.report import Place, Report, ReportedGap

Key = Callable[[ReportedGap], Hashable]
SILENT = frozenset({Outcome.UNDECIDED, Outcome.CRASHED})


class Verdict(StrEnum):
    """Of the pull request: may it merge?"""

    GO = "go"
    CONDITIONAL = "conditional"
    NO_GO = "no-go"


@dataclass(frozen=True, slots=True)
class Review:
    """Two reports compared. `lost` names the checks that could judge the base and can't judge the head.

    `announced` is what documents of the change newly claim to be complete.
    """

    base: Report
    head: Report
    new: tuple[ReportedGap, ...]
    resolved: tuple[ReportedGap, ...]
    existing: tuple[ReportedGap, ...]
    trial_new: tuple[ReportedGap, ...]
    lost: tuple[str, ...]
    verdict: Verdict
    announced: tuple[Evidence, ...] = ()

    @property
    def conclusion(self) -> str:
        """The Check Run's conclusion: what can't be judged any more is neutral, or what the policy says."""
        if self.undecided:
            return str(self.head.policy.on_undecided)
        return {Verdict.GO: "success", Verdict.CONDITIONAL: "neutral", Verdict.NO_GO: "failure"}[self.verdict]

    @property
    def undecided(self) -> bool:
        """Is it only conditional because something, or everything, can't be judged?"""
        return self.verdict is Verdict.CONDITIONAL and bool(self.lost or not self.new)


def compare(base: Report, head: Report, change: Change) -> Review:
    """Pair the gaps of two reports under one change. Says nothing of a check that is silent on either side."""
    paired = _Pairing(change).run(base.gaps, head.gaps)
    trial = _Pairing(change).run(base.trial_gaps, head.trial_gaps)
    paired = _regrouped(paired, base, head, change)
    causes, folders = Causes(change), folders_above(head.tree)
    standing, fresh = _parted(paired.only_head, lambda g: _unsaid(base, g) or _owed_before(base, g, change))
    new = tuple(causes.named(g) for g in fresh)
    public = change.published | folders_above(change.published)
    gone = [g for g in paired.only_base if not (_unsaid(head, g) or _left_to_others(g, public))]
    linked, closed = _parted(gone, lambda g: _behind_a_link(g, base, head))
    resolved = tuple(_how(g, head, folders, change) for g in closed)
    lost = tuple(r.check.id for r in head.results if r.outcome in SILENT and _decided(base, r.check.id))
    verdict = _verdict(new, lost, head)
    existing = paired.both + standing + linked
    return Review(base, head, new, resolved, existing, trial.only_head, lost, verdict)


@dataclass(frozen=True, slots=True)
class _Pairs:
    only_base: tuple[ReportedGap, ...]
    only_head: tuple[ReportedGap, ...]
    both: tuple[ReportedGap, ...]  # the head's gaps, with where they were


class _Pairing:
    """The passes of the comparison, from the surest identity to the weakest."""

    def __init__(self, change: Change) -> None:
        self._now = change.now
        self._removed, self._added = change.removed, change.added
        self._both: list[ReportedGap] = []

    def run(self, base: Iterable[ReportedGap], head: Iterable[ReportedGap]) -> _Pairs:
        olds, news = list(base), list(head)
        passes: tuple[tuple[Key, Key, bool], ...] = (
            (_exact, _exact, False),
            (self._moved, _exact, False),
            (self._moved_renamed, _by_path, True),
            (self._moved_content, _by_content, True),
            (_by_name, _by_name, True),
            (_by_subject, _by_subject, True),
            (self._taken_away, self._put_in, True),
        )
        for old_key, new_key, single in passes:
            olds, news = self._pass(olds, news, old_key, new_key, single=single)
        return _Pairs(tuple(olds), tuple(news), tuple(self._both))

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


def _regrouped(paired: _Pairs, base: Report, head: Report, change: Change) -> _Pairs:
    """A gap of a folder that breaks up into gaps of its files, or the reverse, opens and closes nothing.

    What stood in the folder before stands on: the files' gaps that its gap covered, or now covers, are neither new nor resolved.
    """
    before = {(gap.check.id, gap.gap.path) for gap in paired.only_base}
    after = {(gap.check.id, gap.gap.path) for gap in paired.only_head}
    stood = tuple(
        gap for gap in paired.only_head if gap.gap.path in base.tree and _is_below(gap, gap.gap.path, before)
    )
    covered = {
        id(gap)
        for gap in paired.only_base
        if (now := change.now(gap.gap.path)) in head.tree and _is_below(gap, now, after)
    }
    kept = {id(gap) for gap in stood}
    return _Pairs(
        tuple(gap for gap in paired.only_base if id(gap) not in covered),
        tuple(gap for gap in paired.only_head if id(gap) not in kept),
        paired.both + stood,
    )


def _is_below(gap: ReportedGap, path: str | None, gaps: set[tuple[str, str | None]]) -> bool:
    """Whether one of the gaps is the same check's at a folder above."""
    folder = (path or "").rpartition("/")[0]
    while folder:
        if (gap.check.id, folder) in gaps:
            return True
        folder = folder.rpartition("/")[0]
    return False


def _exact(gap: ReportedGap) -> Hashable:
    return gap.check.id, gap.gap.path, gap.gap.subject


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


def _silent(report: Report, gap: ReportedGap) -> bool:
    result = report.result(gap.check.id)
    return result is None or result.outcome in SILENT


def _parted(
    gaps: Iterable[ReportedGap], test: Callable[[ReportedGap], bool]
) -> tuple[tuple[ReportedGap, ...], tuple[ReportedGap, ...]]:
    """Those for which the test holds, and the others."""
    parts: dict[bool, list[ReportedGap]] = {True: [], False: []}
    for gap in gaps:
        parts[test(gap)].append(gap)
    return tuple(parts[True]), tuple(parts[False])


def _unsaid(other: Report, gap: ReportedGap) -> bool:
    return _silent(other, gap) or _waived(other, gap)


def _owed_before(base: Report, gap: ReportedGap, change: Change) -> bool:
    """An absence of a check that did not apply to the base, resting on what the change didn't touch: it was owed
    all along and only shows now, as all that a first CI leaves out does. Where what it rests on came along, it is new.
    """
    result = base.result(gap.check.id)
    if gap.check.proof is not Proof.ABSENCE or result is None or result.outcome is not Outcome.NOT_APPLICABLE:
        return False
    if gap.gap.path is not None:
        return gap.gap.path in base.tree and gap.gap.path not in change.touched
    places = [e.path for e in gap.gap.evidence if e.path and not e.searched]
    return not places or any(path in base.tree and path not in change.touched for path in places)


def _behind_a_link(gap: ReportedGap, base: Report, head: Report) -> bool:
    """A link in the file's place: what it says now can't be told, so nothing is resolved."""
    before, after = (report.tree.get(gap.gap.path or "") for report in (base, head))
    return before is not None and after is not None and before.is_file and not after.is_file


def _left_to_others(gap: ReportedGap, public: frozenset[str]) -> bool:
    """What nothing in the tree uses, moved to where others may use it: nothing was done about it."""
    return gap.check.proof is Proof.ABSENCE and gap.check.area == "wiring" and gap.gap.path in public


def _decided(report: Report, check_id: str) -> bool:
    result = report.result(check_id)
    return result is not None and result.outcome in (Outcome.GAP, Outcome.PASSED)


def _waived(report: Report, gap: ReportedGap) -> bool:
    return any(_exact(gap) == _exact(waived) for waived in report.waived)


def _how(gap: ReportedGap, head: Report, folders: frozenset[str], change: Change) -> ReportedGap:
    """Fixed, and by what; or removed: the thing itself is gone, or all that the check is about."""
    path, result = change.now(gap.gap.path), head.result(gap.check.id)
    gone = path is not None and path not in head.tree and path not in folders
    # What was missing and is no longer owed: what it would have guarded is gone.
    unowed = gap.gap.path is None and result is not None and result.outcome is Outcome.NOT_APPLICABLE
    if gone or unowed:
        return replace(gap, how="removed")
    met = result.met if result else ()
    now = tuple(e for m in met if (m.path, m.subject) == (path, gap.gap.subject) for e in m.evidence)
    whole = replace(gap.gap, evidence=(*gap.gap.evidence, *now))
    return replace(gap, gap=whole, how="fixed", closed_by=now)


def _verdict(new: tuple[ReportedGap, ...], lost: tuple[str, ...], head: Report) -> Verdict:
    policy = head.policy
    if any(g.severity.at_least(policy.fail_on) or g.check.area in policy.blocking_areas for g in new):
        return Verdict.NO_GO
    return Verdict.CONDITIONAL if new or lost or not _analysed(head) else Verdict.GO


def _analysed(report: Report) -> bool:
    """Never green when nothing was analysed."""
    return any(r.outcome in (Outcome.PASSED, Outcome.GAP) for r in report.results if not r.check.on_trial)
