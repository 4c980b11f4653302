"""Facts by a pool of processes: a parser that dies or hangs costs that one file, nothing else.

A file that ends its worker is tried once more in a new one, since a worker may also be killed from outside.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import queue
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import forkserver
from types import TracebackType
from typing import Self

from bot.child import Child, how_it_ended
from bot.snapshots import engines, workers
from checks import unreadable

SECONDS = 10.0  # processor time that one file may take
BATCH_FILES = 64
BATCH_BYTES = 256_000
WORKER_FILES = 20_000  # a worker is replaced after so many, whatever its parsers may have leaked
PRELOAD = (workers.__name__,)
Facts = dict[tuple[str, str], bytes]


class ExtractionError(Exception):
    """Our own failure: workers can't be started, or the pool was closed under a running job."""


@dataclass(frozen=True, slots=True)
class Task:
    """One blob to be read as one kind."""

    blob: str
    kind: str
    data: bytes

    @property
    def key(self) -> tuple[str, str]:
        return self.blob, self.kind


class _Died(Exception):  # noqa: N818 - what became of a worker, not an error of ours
    def __init__(self, exit_code: int | None) -> None:
        self.timed_out = exit_code in {-signal.SIGPROF, -signal.SIGALRM}
        self.reason = f"its parser died ({how_it_ended(exit_code)})"


class _Worker:
    """One process and our end of its pipe."""

    def __init__(self, read: workers.Extract, seconds: float) -> None:
        self.files = 0
        self._child = Child(workers.serve, read, seconds, preload=PRELOAD)
        self._expect_ready()

    def _expect_ready(self) -> None:
        try:
            self._child.connection.recv_bytes()
        except (EOFError, OSError):
            raise ExtractionError(f"a worker process did not start ({how_it_ended(self.end())})") from None

    def answers(self, tasks: Iterable[Task]) -> Iterator[bytes]:
        """The facts of each task in turn; _Died when the worker ended at one of them."""
        batch = [(task.kind, task.data) for task in tasks]
        try:
            self._child.connection.send(batch)
            for _ in batch:
                yield self._child.connection.recv_bytes()
                self.files += 1
        except (EOFError, OSError):
            raise _Died(self.end()) from None

    def kill(self) -> None:
        """End the process at once; whoever waits for an answer sees that it died."""
        self._child.kill()

    def end(self) -> int | None:
        """See the process off and say how it ended."""
        return self._child.end()


class Extractor:
    """A pool of worker processes, started when first needed. Thread-safe; close it, or use it in `with`."""

    def __init__(
        self, processes: int | None = None, *, read: workers.Extract = engines.read, seconds: float = SECONDS
    ) -> None:
        self._processes = processes or min(len(os.sched_getaffinity(0)), 8)
        self._read = read
        self._seconds = seconds
        self._threads = ThreadPoolExecutor(self._processes, "extraction")
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        self._working: set[_Worker] = set()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @staticmethod
    def warm() -> None:
        """Have the fork server load the extractors in the background, while the caller does something else."""
        multiprocessing.get_context("forkserver").set_forkserver_preload(list(PRELOAD))
        forkserver.ensure_running()

    def run(self, tasks: Iterable[Task], advance: Callable[[int], None] = lambda _: None) -> Facts:
        """The facts of every task. Tasks are drawn as workers get free; `advance` hears how many are done."""
        facts: Facts = {}
        waiting: set[Future[Facts]] = set()
        for batch in _batches(tasks):
            waiting.add(self._threads.submit(self._batch, batch))
            if len(waiting) > 2 * self._processes:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                _gather(done, facts, advance)
        _gather(waiting, facts, advance)
        return facts

    async def run_async(self, tasks: Iterable[Task]) -> Facts:
        """The same for the event loop."""
        loop = asyncio.get_running_loop()
        running = [loop.run_in_executor(self._threads, self._batch, batch) for batch in _batches(tasks)]
        return {key: data for facts in await asyncio.gather(*running) for key, data in facts.items()}

    def close(self) -> None:
        """End every worker, busy or not."""
        self._closed = True
        for worker in tuple(self._working):
            worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        with suppress(queue.Empty):
            while True:
                self._idle.get_nowait().end()

    def _batch(self, tasks: list[Task]) -> Facts:
        facts: Facts = {}
        left = deque(tasks)
        suspect: Task | None = None
        while left:
            try:
                with self._worker() as worker:
                    for answer in worker.answers(tuple(left)):
                        facts[left.popleft().key] = answer
            except _Died as death:
                if death.timed_out or left[0] is suspect:
                    facts[left.popleft().key] = unreadable(self._why(death))
                else:
                    suspect = left[0]
        return facts

    @contextmanager
    def _worker(self) -> Iterator[_Worker]:
        """A worker for one batch; it goes back to the idle ones unless it died or is due to be replaced."""
        worker = self._take()
        self._working.add(worker)
        try:
            if self._closed:
                worker.kill()
            yield worker
        except _Died:
            if self._closed:
                raise ExtractionError("the pool was closed") from None
            raise
        else:
            self._idle.put(worker) if worker.files < WORKER_FILES else worker.end()
        finally:
            self._working.discard(worker)

    def _take(self) -> _Worker:
        with suppress(queue.Empty):
            return self._idle.get_nowait()
        return _Worker(self._read, self._seconds)

    def _why(self, death: _Died) -> str:
        return f"reading it took more than {self._seconds:g} seconds" if death.timed_out else death.reason


def _gather(done: Iterable[Future[Facts]], facts: Facts, advance: Callable[[int], None]) -> None:
    for future in done:
        found = future.result()
        facts.update(found)
        advance(len(found))


def _batches(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    batch: list[Task] = []
    size = 0
    for task in tasks:
        batch.append(task)
        size += len(task.data)
        if len(batch) >= BATCH_FILES or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
