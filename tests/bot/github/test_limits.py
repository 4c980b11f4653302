"""Rate limits as GitHub's headers state them."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.github.limits import exhausted_until, limit_of, next_page, remaining_of, server_time

NOW = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)
DATE = "Sat, 21 Nov 2026 12:00:00 GMT"


def used_up(seconds: int, **more: str) -> dict[str, str]:
    reset = str(int(NOW.timestamp()) + seconds)
    return {
        "x-ratelimit-limit": "5000",
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": reset,
        "date": DATE,
        **more,
    }


LEFT = used_up(600) | {"x-ratelimit-remaining": "17"}


@pytest.mark.parametrize(
    ("status", "headers", "message", "strikes", "seconds", "secondary"),
    [
        pytest.param(403, used_up(600), "API rate limit exceeded", 0, 600, False, id="primary, 403"),
        pytest.param(429, used_up(600), "", 0, 600, False, id="primary, 429"),
        pytest.param(
            403, used_up(600, **{"retry-after": "30"}), "", 0, 30, False, id="primary, with retry-after"
        ),
        pytest.param(403, used_up(-5), "", 0, 1, False, id="reset is past: at least a second"),
        pytest.param(403, used_up(10**9), "", 0, 3900, False, id="reset is absurd: an hour and five minutes"),
        pytest.param(
            403, LEFT | {"retry-after": "90"}, "slow down", 0, 90, True, id="secondary, retry-after"
        ),
        pytest.param(429, {"retry-after": "0"}, "", 0, 1, True, id="retry-after 0 is a second"),
        pytest.param(429, {"retry-after": "9" * 40}, "", 0, 3900, True, id="retry-after beyond reason"),
        pytest.param(429, {"retry-after": "Sat, 21 Nov 2026 12:02:00 GMT"}, "", 0, 120, True, id="a date"),
        pytest.param(429, {"retry-after": "soon"}, "", 0, 60, True, id="retry-after that is no time"),
        pytest.param(403, LEFT, "You have exceeded a secondary rate limit.", 0, 60, True, id="only in words"),
        pytest.param(403, {}, "You have triggered an abuse detection mechanism", 0, 60, True, id="old words"),
        pytest.param(429, {}, "", 0, 60, True, id="429 without anything"),
        pytest.param(429, {}, "", 2, 240, True, id="third time in a row: four minutes"),
        pytest.param(429, {}, "", 99, 3840, True, id="many times in a row: an hour"),
    ],
)
def test_a_limit_says_until_when_and_for_what(
    status: int, headers: dict[str, str], message: str, strikes: int, seconds: int, secondary: bool
) -> None:
    limit = limit_of(status, headers, message, NOW, strikes)
    assert limit is not None
    assert limit.until == NOW + timedelta(seconds=seconds)
    assert limit.secondary is secondary


@pytest.mark.parametrize(
    ("status", "headers", "message"),
    [
        pytest.param(403, LEFT, "Resource not accessible by integration", id="a missing permission"),
        pytest.param(403, {}, "Resource not accessible by integration", id="the same, no limits stated"),
        pytest.param(200, used_up(600), "", id="the last call that was allowed"),
        pytest.param(404, used_up(600), "", id="not found"),
    ],
)
def test_other_answers_are_no_limits(status: int, headers: dict[str, str], message: str) -> None:
    assert limit_of(status, headers, message, NOW) is None


def test_the_wait_is_counted_by_github_s_clock() -> None:
    """Our clock is an hour ahead: the reset in GitHub's ten minutes is still ten minutes away."""
    ours = NOW + timedelta(hours=1)
    assert exhausted_until(used_up(600), ours) == ours + timedelta(minutes=10)


def test_an_enterprise_server_states_no_limits() -> None:
    assert remaining_of({}) is None
    assert exhausted_until({}, NOW) is None
    assert remaining_of(LEFT) == 17


@pytest.mark.parametrize("name", ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"])
@pytest.mark.parametrize("value", ["", "many", "1e400", "9" * 30])
def test_nonsense_in_a_header_is_no_statement(name: str, value: str) -> None:
    headers = used_up(600) | {name: value}
    assert exhausted_until(headers, NOW) is None or value == "9" * 30


@pytest.mark.parametrize("value", ["", "yesterday", "Sat, 99 Nov 2026"])
def test_nonsense_in_the_date_is_no_time(value: str) -> None:
    assert server_time({"date": value}) is None


def test_the_next_page_is_the_link_that_says_so() -> None:
    link = (
        '<https://h/x?page=1>; rel="prev", <https://h/x?page=3>; rel="next", <https://h/x?page=9>; rel="last"'
    )
    assert next_page({"link": link}) == "https://h/x?page=3"
    assert next_page({"link": '<https://h/x?page=1>; rel="first"'}) is None
    assert next_page({"link": "nonsense"}) is None
    assert next_page({}) is None
