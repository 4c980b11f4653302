"""GitHub's rate limits: points an hour, points a minute, content created a minute and an hour, requests at once."""

import math
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiohttp import web

from sandbox.answers import GitHubError, answer
from sandbox.settings import Limits, Settings

SECONDARY = (
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. "
    "If you reach out to GitHub Support for help, please include the request ID."
)
ABOUT_LIMITS = "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api"


@dataclass(slots=True)
class Window:
    """How much was spent in the last `seconds`."""

    seconds: float
    spent: deque[tuple[float, int]] = field(default_factory=deque)

    def sum(self, now: float) -> int:
        while self.spent and self.spent[0][0] <= now - self.seconds:
            self.spent.popleft()
        return sum(points for _, points in self.spent)

    def add(self, now: float, points: int) -> None:
        self.spent.append((now, points))

    def frees_in(self, now: float) -> int:
        return max(1, math.ceil(self.spent[0][0] + self.seconds - now)) if self.spent else 1


@dataclass(slots=True)
class Bucket:
    """The primary limit of one resource: a fixed hour that starts with its first request."""

    limit: int
    seconds: float
    reset: float = 0.0
    used: int = 0

    def turn(self, now: float) -> None:
        if now >= self.reset:
            self.reset, self.used = now + self.seconds, 0

    @property
    def remaining(self) -> int:
        return max(0, self.limit - self.used)

    def headers(self, resource: str) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Used": str(self.used),
            "X-RateLimit-Reset": str(math.ceil(self.reset)),
            "X-RateLimit-Resource": resource,
        }


class Account:
    """The limits of one caller (an installation, or the app itself)."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.active = 0
        self.buckets = {
            "core": Bucket(limits.requests_per_hour, limits.hour),
            "graphql": Bucket(limits.graphql_points_per_hour, limits.hour),
        }
        self._minutes = {
            "core": (Window(limits.minute), limits.points_per_minute),
            "graphql": (Window(limits.minute), limits.graphql_points_per_minute),
        }
        self._content = (
            (Window(limits.minute), limits.content_per_minute),
            (Window(limits.hour), limits.content_per_hour),
        )

    def admit(self, resource: str, points: int, now: float, *, creates: bool) -> None:
        """Refuse, or note what the request costs against the secondary limits."""
        bucket = self.buckets[resource]
        bucket.turn(now)
        windows = [self._minutes[resource], *(self._content if creates else ())]
        if self.active >= self._limits.concurrent:
            raise self._secondary(60)
        for window, most in windows:
            cost = points if window is self._minutes[resource][0] else 1
            if window.sum(now) + cost > most:
                raise self._secondary(window.frees_in(now))
        self._minutes[resource][0].add(now, points)
        for window, _ in self._content if creates else ():
            window.add(now, 1)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        self.active += 1
        try:
            yield
        finally:
            self.active -= 1

    def _secondary(self, seconds: int) -> GitHubError:
        headers = {"Retry-After": str(seconds)}
        status = self._limits.secondary_status
        return GitHubError(
            status, SECONDARY, headers=headers, documentation=f"{ABOUT_LIMITS}#about-secondary-rate-limits"
        )


def exhausted(bucket: Bucket, resource: str, who: str) -> web.Response:
    """403 of REST; GraphQL says it with 200 and an error."""
    message = f"API rate limit exceeded for {who}."
    headers = bucket.headers(resource)
    if resource == "graphql":
        return answer({"errors": [{"type": "RATE_LIMITED", "message": message}]}, 200, headers)
    return GitHubError(403, message, headers=headers, documentation=ABOUT_LIMITS).answer()


class Limiter:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._accounts: dict[str, Account] = {}

    def account(self, who: str) -> Account:
        if who not in self._accounts:
            self._accounts[who] = Account(self._settings.limits)
        return self._accounts[who]

    def exhaust(self, who: str, resource: str = "core", seconds: float | None = None) -> None:
        """Nothing left until the hour (or `seconds`) is over."""
        bucket = self.account(who).buckets[resource]
        now = self._settings.clock()
        bucket.turn(now)
        bucket.used = bucket.limit
        if seconds is not None:
            bucket.reset = now + seconds
