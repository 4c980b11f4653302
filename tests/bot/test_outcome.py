"""What follows from an error: when to try again, and whether the pull request hears of it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.github.errors import (
    Forbidden,
    NotFound,
    RateLimited,
    Rejected,
    ServerError,
    Suspended,
    Unauthenticated,
    Uninstalled,
    Unreachable,
)
from bot.outcome import OWN_PAUSES, TRANSIENT_PAUSES, outcome_of, where
from bot.review_process import DiedTooOften, ReviewError, ReviewOverran

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_rate_limit_is_waited_out_and_costs_no_attempt() -> None:
    until = NOW + timedelta(minutes=40)
    outcome = outcome_of(RateLimited("GET /x", until), 0, NOW)
    assert (outcome.retry_at, outcome.counted, outcome.report) == (until, False, False)


@pytest.mark.parametrize("error", [ServerError("GET /x", 502), Unreachable("GET /x")])
def test_an_outage_of_github_is_sat_out_in_silence_and_told_in_the_end(error: Exception) -> None:
    for attempt, pause in enumerate(TRANSIENT_PAUSES):
        outcome = outcome_of(error, attempt, NOW)
        assert (outcome.retry_at, outcome.report) == (NOW + timedelta(seconds=pause), False)
    last = outcome_of(error, len(TRANSIENT_PAUSES), NOW)
    assert (last.retry_at, last.report, last.will_retry) == (None, True, False)
    assert sum(TRANSIENT_PAUSES) > 2400


@pytest.mark.parametrize("error", [ValueError("ours"), Rejected("PATCH /x", 422), TimeoutError()])
def test_our_own_failure_is_told_at_once_and_tried_again(error: Exception) -> None:
    for attempt, pause in enumerate(OWN_PAUSES):
        outcome = outcome_of(error, attempt, NOW)
        assert (outcome.retry_at, outcome.report) == (NOW + timedelta(seconds=pause), True)
        assert "fault is gonogo's" in outcome.reason
    assert outcome_of(error, len(OWN_PAUSES), NOW).retry_at is None


@pytest.mark.parametrize(
    ("error", "attempts"),
    [(ReviewError("It died."), 3), (ReviewOverran("It died."), 2), (DiedTooOften("It died."), 1)],
)
def test_a_review_that_fails_is_told_with_its_reason_and_ended_after_a_few_attempts(
    error: Exception, attempts: int
) -> None:
    outcomes = [outcome_of(error, attempt, NOW) for attempt in range(attempts)]
    assert [outcome.will_retry for outcome in outcomes] == [True] * (attempts - 1) + [False]
    assert all(outcome.report and outcome.ours for outcome in outcomes)
    assert outcomes[0].reason.endswith("not this change's. It died.")


def test_a_suspended_installation_is_waited_for() -> None:
    outcome = outcome_of(Suspended("GET /x"), 3, NOW)
    assert (outcome.parked, outcome.will_retry, outcome.report) == (True, True, False)


@pytest.mark.parametrize("error", [Uninstalled("x"), NotFound("x"), Unauthenticated("x")])
def test_where_we_are_not_wanted_nothing_is_said(error: Exception) -> None:
    outcome = outcome_of(error, 0, NOW)
    assert (outcome.retry_at, outcome.report) == (None, False)


def test_a_missing_permission_is_named() -> None:
    assert "(checks=write)" in outcome_of(Forbidden("POST /x", "checks=write"), 0, NOW).reason


def test_words_of_others_do_not_get_into_the_reason() -> None:
    assert "@everyone" not in outcome_of(Forbidden("POST /x", "@everyone <b>"), 0, NOW).reason


def test_where_it_happened_is_told_without_the_errors_words() -> None:
    try:
        int("secret content")
    except ValueError as error:
        told = where(error)
    assert "test_outcome.py" in told
    assert "secret" not in told
