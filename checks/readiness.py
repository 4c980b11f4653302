"""Readiness: the score and the staged verdict of one report, with the rule of every criterion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from checks.model import Outcome, Severity, Stage
from checks.report import CheckResult, Report, ReportedGap


class StageVerdict(StrEnum):
    GO = "go"
    NO_GO = "no-go"
    UNKNOWN = "unknown"


class CriterionState(StrEnum):
    PASS = "pass"  # noqa: S105 - a word of the report, not a password
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the rule: what a stage requires, what is, and whether that holds."""

    stage: Stage
    name: str
    required: str
    actual: str
    state: CriterionState


@dataclass(frozen=True, slots=True)
class Score:
    """Checks passed of those that applied; unknown is never a pass. Additive over areas."""

    passed: int
    applicable: int

    @property
    def share(self) -> float | None:
        """Passed / applicable; None where nothing applied."""
        return self.passed / self.applicable if self.applicable else None


@dataclass(frozen=True, slots=True)
class AreaReadiness:
    """Expected (applicable checks) against present (passed), and what was left open."""

    area: str
    score: Score
    gaps: int
    undecided: int
    not_applicable: int


@dataclass(frozen=True, slots=True)
class Readiness:
    """The repository's own verdict, which has nothing to do with one pull request's."""

    staging: StageVerdict
    production: StageVerdict
    score: Score
    areas: tuple[AreaReadiness, ...]
    criteria: tuple[Criterion, ...]


def readiness(report: Report) -> Readiness:
    """The readiness of a report under the policy that it was made with."""
    counted = [r for r in report.results if not r.check.on_trial]
    score = _score(counted)
    criteria = (*_staging(report, score), *_production(report, counted, score))
    staging = _verdict(c for c in criteria if c.stage is Stage.STAGING)
    production = _verdict(criteria)
    return Readiness(staging, production, score, _areas(counted), criteria)


def _score(results: Iterable[CheckResult]) -> Score:
    outcomes = [r.outcome for r in results if r.outcome is not Outcome.NOT_APPLICABLE]
    return Score(outcomes.count(Outcome.PASSED), len(outcomes))


def _areas(results: list[CheckResult]) -> tuple[AreaReadiness, ...]:
    return tuple(
        _area(name, [r for r in results if r.check.area == name])
        for name in sorted({r.check.area for r in results})
    )


def _area(name: str, results: list[CheckResult]) -> AreaReadiness:
    outcomes = [r.outcome for r in results]
    unknown = outcomes.count(Outcome.UNDECIDED) + outcomes.count(Outcome.CRASHED)
    gaps = sum(len(r.gaps) for r in results)
    return AreaReadiness(name, _score(results), gaps, unknown, outcomes.count(Outcome.NOT_APPLICABLE))


def _verdict(criteria: Iterable[Criterion]) -> StageVerdict:
    states = {c.state for c in criteria}
    if CriterionState.FAIL in states:
        return StageVerdict.NO_GO
    return StageVerdict.UNKNOWN if CriterionState.UNKNOWN in states else StageVerdict.GO


def _staging(report: Report, score: Score) -> Iterable[Criterion]:
    """Critical gaps, and what keeps the code from starting at all. Unknown does not block staging."""
    blocking = [g for g in report.gaps if _blocks_staging(g)]
    yield _none_allowed(Stage.STAGING, "gaps that keep it from starting or are critical", len(blocking))
    applied = CriterionState.PASS if score.applicable else CriterionState.UNKNOWN
    yield Criterion(Stage.STAGING, "checks that applied", "at least 1", str(score.applicable), applied)


def _blocks_staging(gap: ReportedGap) -> bool:
    if gap.check.blocks is Stage.STAGING:
        return gap.severity.at_least(Severity.HIGH)
    return gap.check.blocks is Stage.PRODUCTION and gap.severity is Severity.CRITICAL


def _production(report: Report, results: list[CheckResult], score: Score) -> Iterable[Criterion]:
    high = [g for g in report.gaps if g.severity is Severity.HIGH and g.check.blocks is not Stage.NONE]
    yield _none_allowed(Stage.PRODUCTION, "gaps of high severity", len(high))
    threshold = report.policy.score_threshold
    share = score.share
    state = CriterionState.UNKNOWN if share is None else CriterionState(["fail", "pass"][share >= threshold])
    actual = "nothing applied" if share is None else f"{score.passed}/{score.applicable} = {share:.0%}"
    yield Criterion(Stage.PRODUCTION, "score", f"at least {threshold:.0%}", actual, state)
    unknown = [r for r in results if _unknown(r) and r.check.severity.at_least(Severity.HIGH)]
    decided = CriterionState.UNKNOWN if unknown else CriterionState.PASS
    yield Criterion(
        Stage.PRODUCTION, "undecided checks of high or critical severity", "0", str(len(unknown)), decided
    )


def _unknown(result: CheckResult) -> bool:
    return result.outcome in (Outcome.UNDECIDED, Outcome.CRASHED)


def _none_allowed(stage: Stage, name: str, count: int) -> Criterion:
    return Criterion(stage, name, "0", str(count), CriterionState.FAIL if count else CriterionState.PASS)
