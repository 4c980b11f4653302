"""Counting calls, for metrics and for the line a review leaves in the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.github.calls import CallRecord


@dataclass(frozen=True, slots=True)
class Usage:
    """What was asked of GitHub so far. `points` count against the secondary limits."""

    calls: int = 0
    points: int = 0
    writes: int = 0
    not_modified: int = 0
    retries: int = 0
    remaining: int | None = None  # calls left in the hour, as the last answer of REST said


class Counter:
    """A usage that grows; a counter with a parent counts there too."""

    def __init__(self, parent: Counter | None = None) -> None:
        self.usage = Usage()
        self._parent = parent

    def count(self, record: CallRecord, *, write: bool, retry: bool) -> None:
        """Add one exchange."""
        seen = self.usage
        unsaid = record.remaining is None or record.resource != "core"
        self.usage = Usage(
            calls=seen.calls + 1,
            points=seen.points + record.points,
            writes=seen.writes + write,
            not_modified=seen.not_modified + (record.status == 304),
            retries=seen.retries + retry,
            remaining=seen.remaining if unsaid else record.remaining,
        )
        if self._parent:
            self._parent.count(record, write=write, retry=retry)
