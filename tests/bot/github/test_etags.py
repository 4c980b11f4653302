"""Answers kept for conditional requests."""

from dataclasses import replace

from bot.github.answers import Answer
from bot.github.calls import RAW, Call
from bot.github.etags import LARGEST, OVERHEAD, Etags

CALL = Call("GET", "https://api.example/repos/o/r/pulls/1", conditional=True)
ANSWER = Answer(200, {"etag": '"1"', "link": '<https://api.example/x?page=2>; rel="next"'}, b"body")
NEWS = Answer(304, {"x-ratelimit-remaining": "17"}, b"")


def test_a_304_is_the_known_answer_with_the_limits_of_now() -> None:
    etags = Etags()
    assert etags.resolve(1, CALL, ANSWER, None) == ANSWER
    known = etags.get(1, CALL)
    resolved = etags.resolve(1, CALL, NEWS, known)
    assert (resolved.status, resolved.body) == (200, b"body")
    assert resolved.headers == {**ANSWER.headers, "x-ratelimit-remaining": "17"}


def test_answers_are_kept_apart_by_installation_address_and_form() -> None:
    etags = Etags()
    etags.resolve(1, CALL, ANSWER, None)
    assert etags.get(1, CALL) == ANSWER
    assert etags.get(2, CALL) is None
    assert etags.get(1, replace(CALL, accept=RAW)) is None
    assert etags.get(1, replace(CALL, url=f"{CALL.url}?page=2")) is None
    assert etags.get(1, replace(CALL, conditional=False)) is None


def test_only_what_can_be_asked_for_again_is_kept() -> None:
    etags = Etags()
    for answer in (
        replace(ANSWER, headers={}),
        replace(ANSWER, status=404),
        replace(ANSWER, body=bytes(LARGEST)),
    ):
        etags.resolve(1, CALL, answer, None)
        assert etags.get(1, CALL) is None
    etags.resolve(1, replace(CALL, conditional=False), ANSWER, None)
    assert etags.get(1, CALL) is None


def test_the_room_is_bounded_and_the_oldest_goes_first() -> None:
    etags = Etags(capacity=3 * (OVERHEAD + 4))
    calls = [replace(CALL, url=f"https://api.example/{number}") for number in range(4)]
    for call in calls:
        etags.resolve(1, call, ANSWER, None)
    assert [etags.get(1, call) is not None for call in calls] == [False, True, True, True]


def test_an_installation_can_be_forgotten() -> None:
    etags = Etags()
    etags.resolve(1, CALL, ANSWER, None)
    etags.resolve(2, CALL, ANSWER, None)
    etags.forget(1)
    assert etags.get(1, CALL) is None
    assert etags.get(2, CALL) == ANSWER
