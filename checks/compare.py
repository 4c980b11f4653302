"""Two reports compared: which gaps a change opens, which it closes, what stands. Pairs one to one, keeps counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from checks.causes import Causes, folders_above
from checks.change import Change
from checks.model import Evidence, Outcome, Proof
from checks.pairing import Pairing, Pairs, exact
from checks.report import Report, ReportedGap

_WORDS = re.compile(r"[\w./-]+")
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
    paired = Pairing(change).run(base.gaps, head.gaps)
    trial = Pairing(change).run(base.trial_gaps, head.trial_gaps)
    paired = _regrouped(paired, base, head, change)
    causes, folders = Causes(change), folders_above(head.tree)
    unseen = frozenset(base.unreadable) - frozenset(head.unreadable)
    standing, fresh = _parted(
        paired.only_head, lambda g: _unsaid(base, g, unseen) or _owed_before(base, g, change)
    )
    new = tuple(causes.named(g) for g in fresh)
    public = change.published | folders_above(change.published)
    unseen = frozenset(head.unreadable) - frozenset(base.unreadable)
    gone = [g for g in paired.only_base if not (_unsaid(head, g, unseen) or _left(g, public, change))]
    linked, closed = _parted(gone, lambda g: _behind_a_link(g, base, head))
    resolved = tuple(_how(g, head, folders, change) for g in closed)
    lost = tuple(r.check.id for r in head.results if r.outcome in SILENT and _decided(base, r.check.id))
    verdict = _verdict(new, lost, head)
    existing = paired.both + standing + linked
    return Review(base, head, new, resolved, existing, trial.only_head, lost, verdict)


def _regrouped(paired: Pairs, base: Report, head: Report, change: Change) -> Pairs:
    """A gap of a folder that breaks up into gaps of what is in it, or the reverse, opens and closes nothing.

    What stood in the folder before stands on: the gaps of files and folders that its gap covered, or now covers, are
    neither new nor resolved.
    """
    there, here = (report.tree.keys() | folders_above(report.tree) for report in (base, head))
    before = {(gap.check.id, gap.gap.path) for gap in paired.only_base}
    after = {(gap.check.id, gap.gap.path) for gap in paired.only_head}
    stood = tuple(
        gap for gap in paired.only_head if gap.gap.path in there and _is_below(gap, gap.gap.path, before)
    )
    covered = {
        id(gap)
        for gap in paired.only_base
        if (now := change.now(gap.gap.path)) in here and _is_below(gap, now, after)
    }
    kept = {id(gap) for gap in stood}
    return Pairs(
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


def _unsaid(other: Report, gap: ReportedGap, unseen: frozenset[str]) -> bool:
    """Whether the other side can't say that the gap isn't there; `unseen` are files that it alone couldn't read."""
    result = other.result(gap.check.id)
    unasked = bool(unseen) and result is not None and result.outcome is Outcome.NOT_APPLICABLE
    unjudged = result is not None and gap.gap.path in result.unjudged
    return unasked or unjudged or gap.gap.path in unseen or _silent(other, gap) or _waived(other, gap)


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


def _left(gap: ReportedGap, public: frozenset[str], change: Change) -> bool:
    """What nothing was done about: what nothing in the tree uses, moved to where others may use it, or a gap of code
    that nothing starts any more.
    """
    to_others = gap.check.proof is Proof.ABSENCE and gap.check.area == "wiring" and gap.gap.path in public
    return to_others or gap.gap.path in change.stranded


def _decided(report: Report, check_id: str) -> bool:
    result = report.result(check_id)
    return result is not None and result.outcome in (Outcome.GAP, Outcome.PASSED)


def _waived(report: Report, gap: ReportedGap) -> bool:
    return any(exact(gap) == exact(waived) for waived in report.waived)


def _how(gap: ReportedGap, head: Report, folders: frozenset[str], change: Change) -> ReportedGap:
    """Fixed, and by what; or removed: the thing itself is gone, or all that the check is about, or what asked for it."""
    path, result = change.now(gap.gap.path), head.result(gap.check.id)
    gone = path is not None and path not in head.tree and path not in folders
    # What was missing and is no longer owed: what it would have guarded is gone.
    unowed = gap.gap.path is None and result is not None and result.outcome is Outcome.NOT_APPLICABLE
    met = result.met if result else ()
    now = tuple(e for m in met if (m.path, m.subject) == (path, gap.gap.subject) for e in m.evidence)
    if gone or unowed or (gap.check.says_met and not now) or _named_what_is_gone(gap, change):
        return replace(gap, how="removed")
    whole = replace(gap.gap, evidence=(*gap.gap.evidence, *now))
    return replace(gap, gap=whole, how="fixed", closed_by=now)


def _named_what_is_gone(gap: ReportedGap, change: Change) -> bool:
    """Whether it was one of a function, a service or a job that its file no longer has."""
    gone = change.vanished.get(gap.gap.path or "", frozenset())
    return not gone.isdisjoint(_WORDS.findall(gap.gap.subject))


def _verdict(new: tuple[ReportedGap, ...], lost: tuple[str, ...], head: Report) -> Verdict:
    policy = head.policy
    if any(g.severity.at_least(policy.fail_on) or g.check.area in policy.blocking_areas for g in new):
        return Verdict.NO_GO
    return Verdict.CONDITIONAL if new or lost or not _analysed(head) else Verdict.GO


def _analysed(report: Report) -> bool:
    """Never green when nothing was analysed."""
    return any(r.outcome in (Outcome.PASSED, Outcome.GAP) for r in report.results if not r.check.on_trial)
