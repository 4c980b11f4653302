"""The durable queue: procrastinate wakes a worker for a request, one at a time for each lock, in any process.

What is to be done stands in `requests`; a queued job only says where to look. So a lost or doubled wake-up does no harm,
and asking again while one waits changes what is done, not how often.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from datetime import UTC, datetime

import procrastinate
import psycopg
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job as WakeUp

from bot.github.errors import GitHubError
from bot.log import get_logger
from bot.metrics import Metrics
from bot.outcome import Outcome, outcome_of, where
from bot.review_process import DiedTooOften, ReviewError
from bot.store import requests
from bot.store.database import Connection, Database
from bot.store.requests import Request

_TASK = "handle"
_POLL_SECONDS = 1.0  # new wake-ups are notified; this is for those whose time has come
MOST_BEGUN = 20  # a deployment may interrupt a long review, too, but not so often in a row
_SHUTDOWN_SECONDS = 3.0  # what is cut off is durable and goes on elsewhere

# Whoever takes the waiting one meanwhile sees what is asked for: it begins by updating the row that we have updated.
_WAITING = """
    SELECT id, scheduled_at > now() AND NOT (args->>'patient')::boolean FROM procrastinate_jobs
    WHERE queueing_lock = %s AND status = 'todo'
"""
_HASTEN = "UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE id = %s AND status = 'todo'"

Handler = Callable[[Request], Awaitable[None]]
Report = Callable[[Request, Outcome], Awaitable[None]]


class Queue:
    """Asks, wakes, and runs what was asked for."""

    def __init__(self, database: Database, metrics: Metrics, *, stalled_seconds: int) -> None:
        self._database = database
        self._metrics = metrics
        self._stalled_seconds = stalled_seconds
        self._app = procrastinate.App(connector=procrastinate.PsycopgConnector())
        self._handle: Handler = _unhandled
        self._report: Report = _unreported
        self._tasks: tuple[asyncio.Task[None], ...] = ()
        self._app.task(name=_TASK)(self._run)

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Ready to be asked."""
        async with self._app.open_async(self._database.pool):
            yield

    @contextlib.asynccontextmanager
    async def working(self, handle: Handler, report: Report, *, concurrency: int) -> AsyncIterator[None]:
        """Work until left; what a dead process left undone is taken up at once, or as soon as its death is sure."""
        self._handle, self._report = handle, report
        if self._database.alone:
            await self._take_over(await self._app.job_manager.list_jobs_async(task=_TASK, status="doing"))
        await self.wake_waiting()
        self._tasks = (asyncio.create_task(self._work(concurrency)), asyncio.create_task(self._recover()))
        try:
            yield
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def wake(
        self,
        lock: str,
        *,
        connection: Connection | None = None,
        at: datetime | None = None,
        patient: bool = False,
    ) -> None:
        """Have a worker look at a request, now or at a time; one waiting wake-up for a lock is enough.

        A wake-up for later is brought forward when one for now is wanted, unless it is patient (GitHub named the time).
        """
        if at is not None:
            await self._defer(lock, connection, at, patient=patient)
            return
        # On the caller's connection: waiting for a second one while holding a first can wait for ever.
        async with contextlib.AsyncExitStack() as stack:
            if connection is None:
                connection = await stack.enter_async_context(self._database.pool.connection())
            waiting = await (await connection.execute(_WAITING, (lock,))).fetchone()
            if waiting is None:
                await self._defer(lock, connection, None, patient=False)
            elif waiting[1]:
                await connection.execute(_HASTEN, (waiting[0],))

    async def wake_waiting(self) -> int:
        """Wake whatever is asked for and not handled; how many that are."""
        async with self._database.pool.connection() as connection:
            locks = await requests.waiting(connection)
        for lock in locks:
            await self._defer(lock, None, None, patient=False)
        self._metrics.waiting.set(len(locks))
        return len(locks)

    async def answers(self) -> bool:
        """Is the queue there and readable, and does somebody work on it? Really asked."""
        if any(task.done() for task in self._tasks):
            return False
        try:
            async with asyncio.timeout(5):
                return await self._app.check_connection_async()
        except (ConnectorException, psycopg.Error, TimeoutError):
            return False

    async def _defer(
        self, lock: str, connection: Connection | None, at: datetime | None, *, patient: bool
    ) -> None:
        task = self._app.configure_task(
            _TASK, lock=lock, queueing_lock=lock, schedule_at=at, connection=connection
        )
        savepoint = connection.transaction() if connection is not None else contextlib.nullcontext()
        with contextlib.suppress(AlreadyEnqueued):
            async with savepoint:
                await task.defer_async(request=lock, patient=patient)

    async def _work(self, concurrency: int) -> None:
        """A worker ends when its database goes away; then there is a new one as soon as it is back."""
        while True:
            try:
                await self._app.run_worker_async(
                    concurrency=concurrency,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=_POLL_SECONDS,
                    update_heartbeat_interval=self._stalled_seconds / 5,
                    stalled_worker_timeout=self._stalled_seconds,
                    shutdown_graceful_timeout=_SHUTDOWN_SECONDS,
                    delete_jobs="always",
                )
            except (ConnectorException, psycopg.Error) as error:
                get_logger().warning("worker lost its database", error=type(error).__name__)
            await asyncio.sleep(1)

    async def _recover(self) -> None:
        """Take over the work of processes that show no sign of life any more."""
        while True:
            await asyncio.sleep(self._stalled_seconds / 5)
            try:
                stalled = await self._app.job_manager.get_stalled_jobs(
                    task_name=_TASK, seconds_since_heartbeat=self._stalled_seconds
                )
                await self._take_over(stalled)
            except (ConnectorException, psycopg.Error) as error:
                get_logger().warning("recovery lost its database", error=type(error).__name__)

    async def _take_over(self, wake_ups: Iterable[WakeUp]) -> None:
        for wake_up in wake_ups:
            assert wake_up.id is not None
            lock = str(wake_up.task_kwargs["request"])
            get_logger().warning("work of a dead process taken over", request=lock)
            with contextlib.suppress(ConnectorException):  # another process was faster
                await self._app.job_manager.finish_job_by_id_async(
                    wake_up.id, procrastinate.jobs.Status.FAILED, delete_job=True
                )
            await self._defer(lock, None, None, patient=False)

    async def _run(self, request: str, *, patient: bool = False) -> None:  # noqa: ARG002 - read by wake()
        async with self._database.pool.connection() as connection:
            begun = await requests.begin(connection, request)
        if begun is None:
            return
        try:
            _refuse_what_kills(begun)
            await self._handle(begun)
        except asyncio.CancelledError:  # shut down: another process goes on with it
            await self._ended(begun)
            await self._defer(request, None, None, patient=False)
            raise
        except Exception as error:  # noqa: BLE001 - the one place around a job
            await self._went_wrong(begun, error)
        else:
            await self._finish(begun, failed=False)
            self._metrics.jobs.labels(begun.job.kind, "done").inc()

    async def _ended(self, request: Request) -> None:
        async with self._database.pool.connection() as connection:
            await requests.ended(connection, request)

    async def _went_wrong(self, request: Request, error: Exception) -> None:
        await self._ended(request)
        outcome = outcome_of(error, request.attempts, datetime.now(UTC))
        get_logger().warning(
            "job failed",
            request=request.lock,
            job=request.job.kind,
            error=type(error).__name__,
            reason=str(error) if isinstance(error, (GitHubError, ReviewError)) else "",
            where=where(error),
            attempt=request.attempts + 1,
            retry_at=outcome.retry_at.isoformat() if outcome.retry_at else None,
        )
        get_logger().debug("job failed, in full", request=request.lock, exc_info=error)
        self._metrics.jobs.labels(request.job.kind, "retried" if outcome.will_retry else "failed").inc()
        if outcome.report:
            await self._report(request, outcome)
        await self._settle(request, outcome)

    async def _settle(self, request: Request, outcome: Outcome) -> None:
        if outcome.parked:
            async with self._database.pool.connection() as connection:
                await requests.suspend(connection, request.job.installation)
        elif outcome.retry_at is None:
            await self._finish(request, failed=True, ours=outcome.ours)
        else:
            if outcome.counted:
                async with self._database.pool.connection() as connection:
                    await requests.attempted(connection, request)
            await self.wake(request.lock, at=outcome.retry_at, patient=not outcome.counted)

    async def _finish(self, request: Request, *, failed: bool, ours: bool = False) -> None:
        async with self._database.transaction() as connection:
            if await requests.handled(connection, request, failed=failed, ours=ours):
                await self._defer(request.lock, connection, None, patient=False)


def _refuse_what_kills(request: Request) -> None:
    if request.begun > MOST_BEGUN:
        raise DiedTooOften(f"The app died {MOST_BEGUN} times in a row while at this.")


async def _unhandled(request: Request) -> None:
    raise RuntimeError(f"no worker was started for {request.lock}")


async def _unreported(request: Request, outcome: Outcome) -> None:
    del request, outcome
