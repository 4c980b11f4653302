"""A review in a process of its own: it may take too long, too much memory, or die, and only that review notices."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from multiprocessing import forkserver, get_context

from bot import review_worker
from bot.child import Child, how_it_ended
from bot.snapshots import workers
from bot.written import Case, Facts, Written, write

PRELOAD = (workers.__name__, review_worker.__name__)
PIECE = 2_000  # facts in one message: none holds up our other threads for long
_DIED = b"died"
LARGEST_ANSWER = 64 << 20  # bytes; texts are cut to GitHub's limits, so more can't be an answer


class ReviewError(Exception):
    """Our own failure at a review; the text may be shown to everybody."""


class ReviewOverran(ReviewError):  # noqa: N818 - what became of it
    """It took more time than a review may."""


class DiedTooOften(ReviewError):  # noqa: N818 - what became of it
    """It has killed the whole app again and again."""


class ReviewProcesses:
    """Makes reviews, each in a new process that it kills when nobody waits any more. Close it in the end."""

    def __init__(self, concurrency: int, seconds: float, *, write: review_worker.Write = write) -> None:
        self._threads = ThreadPoolExecutor(concurrency, "review")
        self._seconds = seconds
        self._write = write

    @staticmethod
    def warm() -> None:
        """Have the fork server load extractors and checks in the background, before they are needed."""
        get_context("forkserver").set_forkserver_preload(list(PRELOAD))
        forkserver.ensure_running()

    async def run(self, case: Case, facts: Facts) -> Written:
        """The review's texts; ReviewError when the process failed or died."""
        attempt = _Attempt(self._write, self._seconds)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, attempt.run, case, facts)
        finally:
            attempt.kill()

    def close(self) -> None:
        """Wait for the threads; their processes were killed with whoever waited for them."""
        self._threads.shutdown(wait=True, cancel_futures=True)


class _Attempt:
    """One review in one process: run in one thread, killed from another."""

    def __init__(self, write: review_worker.Write, seconds: float) -> None:
        self._arguments = (write, seconds)
        self._child: Child | None = None
        self._unwanted = False

    def run(self, case: Case, facts: Facts) -> Written:
        self._child = child = Child(review_worker.serve, *self._arguments, preload=PRELOAD)
        if self._unwanted:
            child.kill()
        try:
            outcome, answer = _asked(child, case, facts)
        except (EOFError, OSError):
            outcome, answer = _DIED, b""
        finally:
            ended = how_it_ended(child.end())
        if outcome == _DIED:
            raise ReviewError(f"The process that made the review died ({ended}).")
        if outcome == review_worker.FAILED:
            raise ReviewError(f"It failed with {answer.decode()}.")
        return review_worker.WRITTEN.validate_json(answer)

    def kill(self) -> None:
        self._unwanted = True
        if self._child is not None:
            self._child.kill()


def _asked(child: Child, case: Case, facts: Facts) -> tuple[bytes, bytes]:
    child.connection.send(case)
    for piece in (*_pieces(facts), {}):
        child.connection.send(piece)
    return child.connection.recv_bytes(len(review_worker.FAILED)), child.connection.recv_bytes(LARGEST_ANSWER)


def _pieces(facts: Facts) -> Iterator[dict[tuple[str, str], bytes]]:
    items = iter(facts.items())
    while piece := dict(islice(items, PIECE)):
        yield piece
