"""What can go wrong with GitHub, split by who can do something about it.

    GitHubError
    ├── Transient            nobody has to: the same call works later
    │   ├── RateLimited          not before `until`
    │   ├── ServerError          5xx, a broken answer, a redirect to nowhere
    │   └── Unreachable          no connection, cut off, timed out
    ├── Permanent            a person has to: stop
    │   ├── Uninstalled          the owner removed the app
    │   ├── Suspended            the owner (or GitHub) suspended the installation
    │   ├── Unauthenticated      the operator's key, app id or clock is wrong
    │   ├── Forbidden            the owner has to grant `needed`
    │   ├── NotFound             the thing is not there, gone or closed to us (404, 410, 451)
    │   └── Oversized            the answer is longer than we are ready to read
    └── Rejected             we have to: GitHub understood the request and refused it (400, 409, 422)

Messages hold the method, the path and GitHub's own words, never a token or a body.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta


class GitHubError(Exception):
    """Anything that a call to GitHub can raise."""


class Transient(GitHubError):  # noqa: N818 (the tree's own words)
    """Nobody is to blame; the same call works later."""


class RateLimited(Transient):
    """GitHub asks us to stay away until `until`; the job is queued again for then."""

    def __init__(self, message: str, until: datetime) -> None:
        super().__init__(message)
        self.until = until


class ServerError(Transient):
    """GitHub failed, or answered something that is no answer."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class Unreachable(Transient):
    """No connection, or it broke or timed out before the answer was whole."""


class Permanent(GitHubError):  # noqa: N818 (the tree's own words)
    """Trying again does not help until a person has done something."""


class Uninstalled(Permanent):
    """The app is no longer installed there."""


class Suspended(Permanent):
    """The installation is suspended."""


class Unauthenticated(Permanent):
    """GitHub does not accept who we say we are; `skew` is how far our clock seems to be ahead of GitHub's."""

    def __init__(self, message: str, skew: timedelta | None = None) -> None:
        super().__init__(message)
        self.skew = skew


class Forbidden(Permanent):
    """The installation may not do this; `needed` is what GitHub says would allow it, such as "checks=write"."""

    def __init__(self, message: str, needed: str = "") -> None:
        super().__init__(message)
        self.needed = needed


class NotFound(Permanent):
    """Not there, no longer there, or not to be seen by us."""

    def __init__(self, message: str, status: int = 404) -> None:
        super().__init__(message)
        self.status = status


class Oversized(Permanent):
    """The answer is longer than we are ready to read."""


class Rejected(GitHubError):  # noqa: N818 (the tree's own words)
    """GitHub understood the request and refused it; `details` are its reasons."""

    def __init__(self, message: str, status: int = 422, details: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.status = status
        self.details = details
