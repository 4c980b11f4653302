"""What was missed while nobody listened: failed deliveries are asked for again, unreviewed heads are queued.

At the start and every ten minutes, by one of the processes.
"""

import asyncio
from datetime import UTC, datetime, timedelta

import psycopg
from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout

from bot.github.errors import GitHubError
from bot.github.github import GitHub
from bot.github.models import Installation, PullRequest, Repository
from bot.github.repository import RepositoryCalls
from bot.jobs import RepositoryName, ReviewPull
from bot.log import get_logger
from bot.outcome import where
from bot.publish import is_placeholder
from bot.queue import Queue
from bot.rendering.check_runs import VERDICT_NAME
from bot.store import deliveries, published, requests
from bot.store.database import Database
from bot.store.facts import FactsCache

_RETENTION = timedelta(days=3)  # GitHub keeps deliveries no longer
_OVERLAP = timedelta(minutes=1)
_DELIVERY_DAYS = 8


class Sweep:
    """Looks for what was missed."""

    def __init__(self, github: GitHub, database: Database, queue: Queue, facts: FactsCache) -> None:
        self._github = github
        self._database = database
        self._queue = queue
        self._facts = facts

    async def always(self, seconds: int) -> None:
        """Now and then every so many seconds; a failed sweep is logged and the next one tries again."""
        pause = 0.0  # whoever starts has been away
        while True:
            try:
                if await self._claim(pause):
                    await self.run()
            except (GitHubError, psycopg.Error, PoolTimeout, ConnectorException) as error:
                reason = str(error) if isinstance(error, GitHubError) else ""
                get_logger().warning(
                    "sweep failed", error=type(error).__name__, reason=reason, where=where(error)
                )
            await asyncio.sleep(seconds)
            pause = seconds * 0.9

    async def run(self) -> None:
        """One sweep."""
        woken = await self._queue.wake_waiting()
        redelivered = await self._deliveries()
        queued = await self._heads()
        await self._prune()
        get_logger().info("sweep", woken=woken, redelivered=redelivered, queued=queued)

    async def _claim(self, pause: float) -> bool:
        async with self._database.pool.connection() as connection:
            return await deliveries.claim(connection, "sweep", timedelta(seconds=pause))

    async def _deliveries(self) -> int:
        started = datetime.now(UTC)
        async with self._database.pool.connection() as connection:
            mark = await deliveries.read_mark(connection, "deliveries")
        since = max(mark or started - _RETENTION, started - _RETENTION)
        failed = await self._github.app.deliveries.failed_since(since - _OVERLAP)
        for one in failed:
            await self._github.app.deliveries.redeliver(one.id)
        async with self._database.pool.connection() as connection:
            await deliveries.set_mark(connection, "deliveries", started)
        return len(failed)

    async def _heads(self) -> int:
        queued = 0
        for installation in await self._github.app.installations():
            if installation.suspended:
                continue
            await self._resume(installation.id)
            try:
                queued += await self._heads_of(installation)
            except GitHubError as error:  # the other installations are not to suffer for it
                get_logger().warning(
                    "sweep failed",
                    installation=installation.id,
                    error=type(error).__name__,
                    reason=str(error),
                )
        return queued

    async def _resume(self, installation: int) -> None:
        """Not suspended, whatever we were told last."""
        async with self._database.pool.connection() as connection:
            locks = await requests.resume(connection, installation)
        for lock in locks:
            await self._queue.wake(lock)

    async def _heads_of(self, installation: Installation) -> int:
        queued = 0
        for repository in await self._github.installation(installation.id).repositories():
            if repository.archived:
                continue
            calls = self._github.repository(installation.id, repository)
            async with self._database.pool.connection() as connection:
                reviewed = await published.reviewed_heads(connection, repository.id)
            for pull in await calls.pulls.list_open():
                job = _review(installation.id, repository, pull)
                if reviewed.get(job.lock) != pull.head.sha and not await self._known(
                    calls, job, pull.head.sha
                ):
                    await self._ask(job)
                    queued += 1
        return queued

    async def _known(self, calls: RepositoryCalls, job: ReviewPull, head: str) -> bool:
        """Is it waiting, or was it given up, or (our memory is lost) is there a completed verdict of ours?"""
        async with self._database.pool.connection() as connection:
            asked_for = await requests.asked_for(connection, job.lock, head)
        if asked_for:
            return True
        runs = await calls.check_runs.list_own(head, VERDICT_NAME)
        if not any(run.completed and not is_placeholder(run) for run in runs):
            return False
        async with self._database.pool.connection() as connection:
            await published.remember_reviewed(connection, job.lock, job.repository.id, head)
        return True

    async def _ask(self, job: ReviewPull) -> None:
        async with self._database.transaction() as connection:
            await requests.ask(connection, job)
            await self._queue.wake(job.lock, connection=connection)

    async def _prune(self) -> None:
        async with self._database.pool.connection() as connection:
            await deliveries.prune(connection, _DELIVERY_DAYS)
            await requests.prune(connection, _DELIVERY_DAYS)
        await self._facts.prune()


def _review(installation: int, repository: Repository, pull: PullRequest) -> ReviewPull:
    name = RepositoryName(repository.id, repository.full_name)
    return ReviewPull(installation, name, pull.number, pull.head.sha)
