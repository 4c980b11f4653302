"""From a request to the code that does it, one method for each kind of job."""

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from bot.commands import Commands
from bot.coverage import has_report
from bot.github.github import GitHub
from bot.github.models import Repository
from bot.github.repository import RepositoryCalls
from bot.jobs import (
    DropGroup,
    InstallationChanged,
    RepositoriesRemoved,
    RepositoryRenamed,
    ReviewGroup,
    ReviewHead,
    ReviewPull,
    RunCommand,
    WorkflowsDone,
)
from bot.queue import Queue
from bot.review import Reviewer
from bot.store import requests
from bot.store.database import Database
from bot.store.requests import Request


class Handler:
    """Does what was asked for."""

    def __init__(
        self, github: GitHub, database: Database, queue: Queue, reviewer: Reviewer, commands: Commands
    ) -> None:
        self._github = github
        self._database = database
        self._queue = queue
        self._reviewer = reviewer
        self._commands = commands

    async def __call__(self, request: Request) -> None:
        job = request.job
        match job:
            case ReviewPull() | ReviewGroup():
                await self._reviewer.run(request, job)
            case ReviewHead():
                await self._review_head(request, job)
            case WorkflowsDone():
                await self._workflows_done(request, job)
            case RunCommand():
                await self._commands.run(request, job)
            case DropGroup():
                await self._drop_group(job)
            case InstallationChanged():
                await self._installation_changed(job)
            case RepositoriesRemoved():
                await self._forget(job.repositories)
            case RepositoryRenamed():
                async with self._database.pool.connection() as connection:
                    await requests.rename(connection, job.repository.id, job.repository.full_name)
            case _:
                assert_never(job)

    async def _review_head(self, request: Request, job: ReviewHead) -> None:
        """Ask for the review of whatever has this head, and be done with the request in the same instant."""
        await self._ask_instead(request, await self._with_head(job))

    async def _ask_instead(self, request: Request, found: Iterable[ReviewPull | ReviewGroup]) -> None:
        async with self._database.transaction() as connection:
            for one in found:
                await requests.ask(connection, one)
                await self._queue.wake(one.lock, connection=connection)
            await requests.handled(connection, request, failed=False)

    async def _workflows_done(self, request: Request, job: WorkflowsDone) -> None:
        """GitHub is only asked where we have reviewed this very head; the first review of a new one looks by itself."""
        async with self._database.pool.connection() as connection:
            known = await requests.with_head(connection, job.repository.id, job.head)
        again = [replace(one, rerun=False) for one in known if isinstance(one, (ReviewPull, ReviewGroup))]
        if again and await has_report(self._calls(job), job.head):
            await self._ask_instead(request, again)

    async def _with_head(self, job: ReviewHead) -> tuple[ReviewPull | ReviewGroup, ...]:
        """The payload names no pull request of a fork: what we reviewed is known, the rest GitHub knows."""
        if job.numbers:
            return tuple(_pull(job, number) for number in job.numbers)
        async with self._database.pool.connection() as connection:
            known = await requests.with_head(connection, job.repository.id, job.head)
        again = tuple(replace(one, rerun=True) for one in known if isinstance(one, (ReviewPull, ReviewGroup)))
        if again:
            return again
        pulls = self._calls(job).pulls
        open_pulls = [pull for pull in await pulls.of_commit(job.head) if pull.is_open]
        matching = [pull for pull in open_pulls if pull.head.sha == job.head] or [
            pull for pull in await pulls.list_open() if pull.head.sha == job.head
        ]
        return tuple(_pull(job, pull.number) for pull in matching)

    def _calls(self, job: ReviewHead | WorkflowsDone) -> RepositoryCalls:
        return self._github.repository(
            job.installation, Repository(job.repository.id, job.repository.full_name)
        )

    async def _drop_group(self, job: DropGroup) -> None:
        lock = ReviewGroup(job.installation, job.repository, job.head, "").lock
        async with self._database.pool.connection() as connection:
            await requests.drop_group(connection, lock)

    async def _installation_changed(self, job: InstallationChanged) -> None:
        self._github.forget(job.installation)
        if job.change == "suspend":
            async with self._database.pool.connection() as connection:
                await requests.suspend(connection, job.installation)
        if job.change in {"unsuspend", "created"}:
            async with self._database.pool.connection() as connection:
                locks = await requests.resume(connection, job.installation)
            for lock in locks:
                await self._queue.wake(lock)
        if job.change == "deleted":
            async with self._database.pool.connection() as connection:
                known = await requests.repositories_of(connection, job.installation)
            await self._forget(tuple(known))

    async def _forget(self, repositories: tuple[int, ...]) -> None:
        async with self._database.transaction() as connection:
            await requests.forget_repositories(connection, repositories)


def _pull(job: ReviewHead, number: int) -> ReviewPull:
    return ReviewPull(job.installation, job.repository, number, job.head, rerun=True)
