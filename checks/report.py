"""The report: all outcomes of one snapshot under one policy. One broken check never costs the others."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pathspec import GitIgnoreSpec

from checks.facts.token_formats import withheld
from checks.failure import failure_text
from checks.model import Entry, Evidence, Finding, Gap, Met, Outcome, Proof, Severity, Undecided
from checks.policy import Policy, Waiver
from checks.registry import Check, all_checks
from checks.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is (line from 1)."""

    path: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class ReportedGap:
    """A gap with the check that found it and the severity that counts.

    `fingerprint` is stable under anything that keeps check, path and subject. The last five are filled in by a review:
    where the gap was before a move, how it was resolved and by what, what broke it from afar, whose waiver holds.
    """

    check: Check
    gap: Gap
    severity: Severity
    fingerprint: str
    was: Place | None = None
    how: str | None = None
    closed_by: tuple[Evidence, ...] = ()
    cause: str | None = None
    waiver: Waiver | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What became of one check. `scope` counts what it is about; `reasons` say why it is undecided or crashed; `met` says
    where what it asks for is; `unjudged` are the paths of which it can't tell.
    """

    check: Check
    outcome: Outcome
    scope: Mapping[str, int] = field(default_factory=dict)
    gaps: tuple[ReportedGap, ...] = ()
    waived: tuple[ReportedGap, ...] = ()
    reasons: tuple[str, ...] = ()
    met: tuple[Met, ...] = ()
    unjudged: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Report:
    """All outcomes of one snapshot. `unreadable` maps a path to the reason."""

    commit: str
    results: tuple[CheckResult, ...]
    tree: Mapping[str, Entry]
    unreadable: Mapping[str, str]
    policy: Policy
    truncated: bool = False

    @property
    def gaps(self) -> tuple[ReportedGap, ...]:
        """The gaps that count: not waived, not of a check on trial."""
        return tuple(gap for r in self.results if not r.check.on_trial for gap in r.gaps)

    @property
    def trial_gaps(self) -> tuple[ReportedGap, ...]:
        """The gaps of checks on trial: shown, never counted."""
        return tuple(gap for r in self.results if r.check.on_trial for gap in r.gaps)

    @property
    def waived(self) -> tuple[ReportedGap, ...]:
        """The gaps that a person accepted."""
        return tuple(gap for r in self.results for gap in r.waived)

    def result(self, check_id: str) -> CheckResult | None:
        """The result of this check, unless the policy disables it."""
        return next((r for r in self.results if r.check.id == check_id), None)


def audit(snapshot: Snapshot, today: dt.date, checks: Iterable[Check] | None = None) -> Report:
    """Run the checks on a snapshot under its policy. `today` decides which waivers still hold."""
    policy = snapshot.policy
    enabled = (c for c in (all_checks() if checks is None else checks) if _enabled(c, policy))
    ignored = GitIgnoreSpec.from_lines(policy.ignore)
    results = tuple(_run(check, snapshot, ignored, today) for check in enabled)
    return Report(snapshot.commit, results, snapshot.tree, snapshot.unreadable(), policy, snapshot.truncated)


def _enabled(check: Check, policy: Policy) -> bool:
    setting = policy.checks.get(check.id)
    return setting is None or setting.enabled


def _run(check: Check, snapshot: Snapshot, ignored: GitIgnoreSpec, today: dt.date) -> CheckResult:
    try:
        scope = {kind.__name__: snapshot.count(kind) for kind in check.about}
        if check.about and not any(scope.values()):
            return CheckResult(check, Outcome.NOT_APPLICABLE, scope)
        with snapshot.recording() as read:
            findings = list(check.run(snapshot))
        findings = _ranked(check, snapshot, findings)
    except Exception as error:  # noqa: BLE001 - whatever a check does, it costs that check alone
        return CheckResult(check, Outcome.CRASHED, reasons=(failure_text(error),))
    return _result(check, snapshot, scope, _Judged(findings, _doubts(snapshot, read), ignored, today))


def _ranked(check: Check, snapshot: Snapshot, findings: list[Finding]) -> list[Finding]:
    """The same findings, each gap as it weighs where it is."""
    if check.ranked_by is None or not findings:
        return findings
    ranking = snapshot.derived(check.ranked_by)
    return [
        ranking.ranked(found, found.severity or check.severity) if isinstance(found, Gap) else found
        for found in findings
    ]


@dataclass(frozen=True, slots=True)
class _Judged:
    findings: list[Finding]
    doubts: tuple[str, ...]
    ignored: GitIgnoreSpec
    today: dt.date


def _doubts(snapshot: Snapshot, read: Iterable[str]) -> tuple[str, ...]:
    """Why an absence isn't earned: a truncated tree, or shipped files of a kind it rests on that weren't read."""
    if snapshot.truncated:
        return ("the tree was not read whole",)
    unread = snapshot.unreadable(read).items()
    return tuple(
        f"`{path}` is unreadable: {reason}"
        for path, reason in unread
        if snapshot.role(path).value == "shipped"
    )


def _result(check: Check, snapshot: Snapshot, scope: Mapping[str, int], judged: _Judged) -> CheckResult:
    gaps = _number(check, snapshot.policy, judged)
    reasons = tuple(_reason(f) for f in judged.findings if isinstance(f, Undecided))
    unjudged = frozenset(f.path for f in judged.findings if isinstance(f, Undecided) and f.path is not None)
    met = tuple(
        replace(f, subject=withheld(f.subject), evidence=_hidden(f.evidence))
        for f in judged.findings
        if isinstance(f, Met)
    )
    if judged.doubts and (check.proof is Proof.ABSENCE or snapshot.truncated):
        return CheckResult(
            check, Outcome.UNDECIDED, scope, reasons=judged.doubts + reasons, unjudged=unjudged
        )
    waived = tuple(gap for gap in gaps if gap.waiver)
    standing = tuple(gap for gap in gaps if not gap.waiver)
    if standing:
        return CheckResult(check, Outcome.GAP, scope, standing, waived, reasons, met, unjudged)
    doubts = reasons + judged.doubts
    outcome = Outcome.UNDECIDED if doubts else Outcome.PASSED
    return CheckResult(check, outcome, scope, (), waived, doubts, met, unjudged)


def _reason(undecided: Undecided) -> str:
    reason = withheld(undecided.reason)
    return f"`{undecided.path}`: {reason}" if undecided.path else reason


def _shown(gap: Gap) -> Gap:
    """The gap as it is shown: whatever a check quotes, no credential is in it."""
    shown = withheld(gap.subject), withheld(gap.message), _hidden(gap.evidence)
    return replace(gap, subject=shown[0], message=shown[1], evidence=shown[2])


def _hidden(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    return tuple(replace(one, note=withheld(one.note)) for one in evidence)


def _number(check: Check, policy: Policy, judged: _Judged) -> tuple[ReportedGap, ...]:
    """The reported gaps in a fixed order; equal ones are told apart by their count."""
    found = (
        f
        for f in judged.findings
        if isinstance(f, Gap) and not (f.path and judged.ignored.match_file(f.path))
    )
    seen: Counter[tuple[str | None, str]] = Counter()
    reported = []
    for gap in sorted(map(_shown, found), key=lambda g: (g.path or "", g.line or 0, g.subject, g.message)):
        seen[gap.path, gap.subject] += 1
        reported.append(_reported(check, gap, policy, seen[gap.path, gap.subject], judged.today))
    return tuple(reported)


def _reported(check: Check, gap: Gap, policy: Policy, count: int, today: dt.date) -> ReportedGap:
    setting = policy.checks.get(check.id)
    severity = (setting.severity if setting else None) or gap.severity or check.severity
    identity = "\0".join((check.id, gap.path or "", gap.subject, *([str(count)] if count > 1 else ())))
    fingerprint = hashlib.sha256(identity.encode()).hexdigest()[:20]
    waiver = next((w for w in policy.waivers if _covers(w, check, gap)), None)
    if waiver and waiver.expires < today:
        note = Evidence(f"the waiver for this gap expired on {waiver.expires}")
        gap, waiver = replace(gap, evidence=(*gap.evidence, note)), None
    return ReportedGap(check, gap, severity, fingerprint, waiver=waiver)


def _covers(waiver: Waiver, check: Check, gap: Gap) -> bool:
    if waiver.check != check.id or (waiver.subject is not None and waiver.subject != gap.subject):
        return False
    return waiver.path is None or (
        gap.path is not None and GitIgnoreSpec.from_lines([waiver.path]).match_file(gap.path)
    )
