"""One call to GitHub before it is made, and the record of it afterwards. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import yarl
from gidgethub import sansio

from bot.github.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

JSON = "application/vnd.github+json"
RAW = "application/vnd.github.raw+json"
LARGEST_JSON = 64 * 1024 * 1024


class Effect(StrEnum):
    """What making a call twice would do, which decides on pacing and on retries."""

    READ = "read"  # nothing: retried, several at a time
    REPEATABLE = "repeatable"  # nothing that counts (a token more): retried, not paced
    WRITE = "write"  # a second comment: never retried, one at a time, spaced


@dataclass(frozen=True, slots=True)
class Call:
    """A request, ready to be sent; `limit` is the largest body that is read."""

    method: str
    url: str
    accept: str = JSON
    content: bytes | None = None
    effect: Effect = Effect.READ
    conditional: bool = False
    limit: int = LARGEST_JSON
    timeout: float | None = None
    label: str = ""

    @property
    def what(self) -> str:
        """The call in a log or an error: no query, since that may hold more than we want to tell."""
        return self.label or f"{self.method} {self.url.partition('?')[0]}"

    @property
    def points(self) -> int:
        """What it costs of the secondary limit."""
        return 1 if self.effect is Effect.READ else 5


@dataclass(frozen=True, slots=True)
class CallRecord:
    """A call that was made, for metrics. `status` 0 is no answer; `installation` 0 is the app itself."""

    installation: int
    resource: str
    method: str
    status: int
    points: int
    seconds: float
    remaining: int | None = None  # calls left in the hour, where GitHub says so


def address(base: str, template: str, values: Mapping[str, str | int | Sequence[str] | None]) -> str:
    """A URI template below the base, expanded; every value is percent-encoded, None leaves it out."""
    known = {
        name: str(value) if isinstance(value, int) else value
        for name, value in values.items()
        if value is not None
    }
    return sansio.format_url(template, known, base_url=base)


def same_origin(one: str, other: str) -> bool:
    """Whether our credentials for one address may go to the other."""
    return yarl.URL(one).origin() == yarl.URL(other).origin()


def redirect_of(call: Call, status: int, location: str | None, url: str) -> str | None:
    """Where to go instead, or None. A write never leaves its host, nobody goes from https to http."""
    if status not in {301, 302, 307, 308}:
        return None
    if not location:
        raise ServerError(f"{call.what}: redirected to nowhere", status)
    try:
        target = yarl.URL(url, encoded=True).join(yarl.URL(location, encoded=True))
        origin = target.origin()
    except (ValueError, TypeError):
        raise ServerError(f"{call.what}: redirected to nowhere", status) from None
    if origin.scheme not in {"http", "https"} or (url.startswith("https:") and origin.scheme != "https"):
        raise ServerError(f"{call.what}: redirected to an insecure address", status)
    if call.method != "GET" and origin != yarl.URL(url).origin():
        raise ServerError(f"{call.what}: redirected to another host", status)
    return str(target)
