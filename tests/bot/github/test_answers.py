"""Which error an answer of GitHub is."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import TypeAdapter

from bot.github.answers import Answer, error_of, parsed, rate_limited, refusal_of
from bot.github.errors import (
    Forbidden,
    GitHubError,
    NotFound,
    Rejected,
    ServerError,
    Suspended,
    Unauthenticated,
)
from bot.github.limits import Limit
from bot.github.models import Repository

NOW = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)


def answer(status: int, message: str = "", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, named, json.dumps({"message": message}).encode())


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (answer(400, "Problems parsing JSON"), Rejected),
        (answer(401, "Bad credentials"), Unauthenticated),
        (answer(403, "Resource not accessible by integration"), Forbidden),
        (answer(403, "This installation has been suspended"), Suspended),
        (answer(404, "Not Found"), NotFound),
        (answer(408), ServerError),
        (answer(409, "Git Repository is empty."), Rejected),
        (answer(410, "Gone"), NotFound),
        (answer(422, "Validation Failed"), Rejected),
        (answer(451, "Repository access blocked"), NotFound),
        (answer(500), ServerError),
        (answer(503), ServerError),
        (answer(599), ServerError),
        (answer(304), ServerError),
    ],
)
def test_a_status_is_its_error(given: Answer, kind: type[GitHubError]) -> None:
    assert type(error_of(given, "GET x", NOW)) is kind


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_a_success_is_none(status: int) -> None:
    assert error_of(answer(status), "GET x", NOW) is None


def test_forbidden_names_what_would_allow_it() -> None:
    given = answer(403, "Resource not accessible", x_accepted_github_permissions="checks=write")
    error = error_of(given, "POST x", NOW)
    assert isinstance(error, Forbidden)
    assert error.needed == "checks=write"


def test_a_refused_key_tells_how_far_the_clocks_are_apart() -> None:
    error = error_of(answer(401, date="Sat, 21 Nov 2026 11:45:00 GMT"), "GET /app", NOW)
    assert isinstance(error, Unauthenticated)
    assert error.skew == timedelta(minutes=15)


def test_a_rejection_carries_githubs_reasons() -> None:
    body = {
        "message": "Validation Failed",
        "errors": [
            {"resource": "CheckRun", "field": "annotations", "code": "invalid"},
            "plain words",
            {"message": "m"},
            17,
        ],
    }
    error = error_of(Answer(422, {}, json.dumps(body).encode()), "POST x", NOW)
    assert isinstance(error, Rejected)
    assert error.details == ("CheckRun annotations invalid", "plain words", "m", "")
    assert str(error) == "POST x: 422 Validation Failed"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Bad gateway</html>",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[1]",
        b'"text"',
        b"null",
        b'{"message": 7, "errors": {"a": 1}}',
        b'{"message": "m", "errors": "one string"}',
    ],
)
def test_any_body_of_an_error_can_be_read(body: bytes) -> None:
    refusal = refusal_of(body)
    assert len(refusal.details) <= 1
    assert isinstance(error_of(Answer(502, {}, body), "GET x", NOW), ServerError)


def test_a_long_message_is_cut() -> None:
    assert len(refusal_of(json.dumps({"message": "x" * 9999}).encode()).message) == 500


def test_an_unreadable_answer_is_told_without_its_content() -> None:
    with pytest.raises(ServerError) as caught:
        parsed(TypeAdapter(Repository), b'{"id": "hunter2", "full_name": ["hunter2"]}', "GET x")
    assert "id, full_name" in str(caught.value)
    assert "hunter2" not in repr(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_a_limit_as_an_error_says_when() -> None:
    error = rate_limited("GET x", Limit(NOW, secondary=True))
    assert str(error) == "GET x: secondary rate limit, not before 2026-11-21T12:00:00Z"
    assert error.until == NOW
