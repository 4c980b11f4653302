"""An end to a command that would go on for ever, whatever the repository holds."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SECONDS = 3600.0


class OutOfTime(BaseException):
    """Not an Exception: a check that fails costs that check alone, and this must end them all."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """OutOfTime in the main thread when what is done inside takes longer than that."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise OutOfTime(f"it took longer than {seconds:g} seconds; --timeout sets how long it may take")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
