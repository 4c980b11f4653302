"""What follows from an error in a job: when to try again, whose fault it is, or that it is over. Pure."""

import traceback
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath

from bot.github.errors import (
    Forbidden,
    NotFound,
    Permanent,
    RateLimited,
    Suspended,
    Transient,
    Unauthenticated,
    Uninstalled,
)
from bot.review_process import DiedTooOften, ReviewError, ReviewOverran

# Seconds before the second, third ... attempt when GitHub fails: an outage of an hour is sat out.
TRANSIENT_PAUSES = (2, 10, 30, 120, 600, 1800)
# When the fault is ours it seldom goes away by itself.
OWN_PAUSES = (2, 30)
# What took too long once takes as long again, unless the machine was busy: one more attempt finds out.
OVERRUN_PAUSES = (60,)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`retry_at` None: no further attempt. `counted`: it uses up an attempt. `report`: say so on the pull request.

    `ours`: the failure is our own.
    """

    retry_at: datetime | None = None
    counted: bool = True
    report: bool = False
    parked: bool = False
    ours: bool = False
    reason: str = ""

    @property
    def will_retry(self) -> bool:
        return self.retry_at is not None or self.parked


def outcome_of(error: Exception, attempts: int, now: datetime) -> Outcome:
    """`attempts` is how many have failed before this one."""
    if isinstance(error, RateLimited):
        return Outcome(retry_at=error.until, counted=False)
    if isinstance(error, Transient):
        retry_at = _next(TRANSIENT_PAUSES, attempts, now)
        return Outcome(
            retry_at, report=retry_at is None, reason="GitHub could not be reached, or answered with errors."
        )
    if isinstance(error, Suspended):
        return Outcome(counted=False, parked=True)
    if isinstance(error, Permanent):
        return Outcome(report=isinstance(error, Forbidden), reason=_permanent(error))
    what = f" {error}" if isinstance(error, ReviewError) else ""
    reason = f"gonogo failed; the fault is gonogo's, not this change's.{what}"
    return Outcome(_next(_own_pauses(error), attempts, now), report=True, ours=True, reason=reason)


def _own_pauses(error: Exception) -> tuple[int, ...]:
    if isinstance(error, DiedTooOften):
        return ()
    return OVERRUN_PAUSES if isinstance(error, ReviewOverran) else OWN_PAUSES


def _next(pauses: tuple[int, ...], attempts: int, now: datetime) -> datetime | None:
    return now + timedelta(seconds=pauses[attempts]) if attempts < len(pauses) else None


def _permanent(error: Permanent) -> str:
    if isinstance(error, Forbidden):
        needed = (
            error.needed if error.needed.replace("=", "").replace("_", "").replace(";", "").isalpha() else ""
        )
        return "The app lacks a permission here" + (f" ({needed})." if needed else ".")
    if isinstance(error, (Uninstalled, NotFound)):
        return "The repository or pull request is not there for the app any more."
    assert isinstance(error, (Unauthenticated, Permanent))
    return "GitHub does not accept the app's credentials."


def where(error: BaseException) -> str:
    """Our frames that the error came through, innermost last, without its message: that may hold content."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return " > ".join(f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
