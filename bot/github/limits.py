"""What GitHub's headers say about rate limits, as decisions without a clock of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from gidgethub import sansio

if TYPE_CHECKING:
    from collections.abc import Mapping

SHORTEST_WAIT = timedelta(seconds=1)
UNSTATED_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1, minutes=5)


@dataclass(frozen=True, slots=True)
class Limit:
    """Stay away until `until`: from one resource (primary limit), or from everything (secondary)."""

    until: datetime
    secondary: bool


def limit_of(
    status: int, headers: Mapping[str, str], message: str, now: datetime, strikes: int = 0
) -> Limit | None:
    """The limit that a 403 or 429 stands for; None for a 403 that is about permissions.

    `strikes` counts the secondary limits in a row for which GitHub named no time: each doubles the wait.
    """
    if status not in {403, 429}:
        return None
    reset = exhausted_until(headers, now)
    if "retry-after" in headers:
        return Limit(now + _clamped(_retry_after(headers["retry-after"], now)), secondary=reset is None)
    if reset is not None:
        return Limit(reset, secondary=False)
    if status == 429 or speaks_of_limits(message):
        return Limit(now + _clamped(UNSTATED_WAIT * 2 ** min(strikes, 6)), secondary=True)
    return None


def exhausted_until(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """When the primary limit is used up: the time of its reset, by our clock."""
    rate = _rate_limit(headers)
    if rate is None or rate.remaining > 0:
        return None
    # GitHub's clock sets the reset, so the wait is counted from GitHub's own date.
    wait = rate.reset_datetime - (server_time(headers) or now)
    return now + _clamped(wait)


def remaining_of(headers: Mapping[str, str]) -> int | None:
    """Calls left in the current hour; None where no limit is stated (GitHub Enterprise Server's default)."""
    rate = _rate_limit(headers)
    return None if rate is None else rate.remaining


def server_time(headers: Mapping[str, str]) -> datetime | None:
    """GitHub's clock at the answer."""
    return _http_date(headers.get("date", ""))


def speaks_of_limits(message: str) -> bool:
    """GitHub names the secondary limits only in the words of the message."""
    lowered = message.lower()
    return any(words in lowered for words in ("rate limit", "abuse detection", "submitted too quickly"))


def next_page(headers: Mapping[str, str]) -> str | None:
    """The address of the next page, if there is one."""
    link = headers.get("link")
    return sansio.decipher_response(200, {"link": link}, b"")[2] if link else None


def _rate_limit(headers: Mapping[str, str]) -> sansio.RateLimit | None:
    try:
        return sansio.RateLimit.from_http(headers)
    except (ValueError, OverflowError, OSError):
        return None


def _retry_after(value: str, now: datetime) -> timedelta:
    if value.strip().isdecimal():
        return timedelta(seconds=min(int(value), LONGEST_WAIT.total_seconds()))
    when = _http_date(value)
    return when - now if when else UNSTATED_WAIT


def _http_date(value: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _clamped(wait: timedelta) -> timedelta:
    return min(max(wait, SHORTEST_WAIT), LONGEST_WAIT)
