"""Score and staged verdict: the rule, criterion by criterion."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from checks import Policy, Readiness, Severity, Stage, StageVerdict, audit, readiness
from checks.model import Finding, Undecided
from checks.registry import Check
from checks.snapshot import Snapshot
from tests.checks.made_checks import files_named, make_check
from tests.checks.trees import TODAY, snapshot

PASSING = [make_check(files_named("none"), id=f"pass-{number}") for number in range(9)]


def doubt(snapshot: Snapshot) -> Iterator[Finding]:
    yield Undecided("why")


def ready(*checks: Check, policy: Policy | None = None) -> Readiness:
    return readiness(audit(snapshot({"bad": ""}, policy), TODAY, checks))


def failing(severity: Severity, blocks: Stage = Stage.PRODUCTION) -> Check:
    return make_check(files_named("bad"), severity=severity, blocks=blocks)


@pytest.mark.parametrize(
    ("check", "staging", "production"),
    [
        (failing(Severity.CRITICAL), "no-go", "no-go"),
        (failing(Severity.HIGH), "go", "no-go"),
        (failing(Severity.HIGH, Stage.STAGING), "no-go", "no-go"),
        (failing(Severity.MEDIUM, Stage.STAGING), "go", "go"),
        (failing(Severity.MEDIUM), "go", "go"),
        (failing(Severity.CRITICAL, Stage.NONE), "go", "go"),
        (make_check(doubt), "go", "unknown"),
        (make_check(doubt, severity=Severity.LOW), "go", "go"),
    ],
)
def test_one_check_beside_nine_that_pass(check: Check, staging: str, production: str) -> None:
    """Critical blocks both, high production, unknown production only."""
    result = ready(*PASSING, check)
    assert (result.staging, result.production) == (staging, production)


def test_score_is_passed_of_applicable_and_unknown_is_no_pass() -> None:
    """The areas add up to the whole."""
    result = ready(
        *PASSING[:2], make_check(doubt, severity=Severity.LOW), make_check(files_named("bad"), area="ci")
    )
    assert (result.score.passed, result.score.applicable, result.score.share) == (2, 4, 0.5)
    assert sum(area.score.applicable for area in result.areas) == 4
    assert [(a.area, a.gaps, a.undecided) for a in result.areas] == [("ci", 1, 0), ("claims", 0, 1)]


def test_low_score_blocks_production() -> None:
    """The threshold is the policy's."""
    checks = [*PASSING[:1], failing(Severity.LOW)]
    assert ready(*checks).production is StageVerdict.NO_GO
    assert ready(*checks, policy=Policy(score_threshold=0.5)).production is StageVerdict.GO


def test_nothing_applied_is_unknown() -> None:
    """Never green when nothing was analysed."""
    result = ready()
    assert (result.staging, result.production, result.score.share) == ("unknown", "unknown", None)


def test_checks_on_trial_count_nowhere() -> None:
    """Shown, never counted."""
    trial = make_check(files_named("bad"), severity=Severity.CRITICAL, on_trial=True)
    assert ready(*PASSING, trial).score.applicable == 9
