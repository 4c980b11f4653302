"""Which deliveries are to be asked for again."""

from datetime import UTC, datetime, timedelta

from bot.github.deliveries import failed
from bot.github.models import Delivery

NOW = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)


def attempt(number: int, guid: str, status_code: int, minutes: int) -> Delivery:
    when = NOW + timedelta(minutes=minutes)
    return Delivery(number, guid, when, "OK" if status_code < 300 else "failed", status_code, "pull_request")


def test_the_newest_attempt_of_what_never_arrived() -> None:
    attempts = [
        attempt(6, "late", 500, 30),
        attempt(5, "twice", 502, 20),
        attempt(4, "healed", 200, 15),
        attempt(3, "healed", 500, 10),
        attempt(2, "twice", 0, 5),
        attempt(1, "fine", 202, 0),
    ]
    assert [one.id for one in failed(attempts)] == [5, 6]
    assert failed([]) == ()


def test_a_failed_redelivery_of_what_had_arrived_is_no_failure() -> None:
    assert failed([attempt(1, "a", 202, 0), attempt(2, "a", 500, 5)]) == ()
