"""`/gonogo` commands in comments: by permission, acknowledged with a reaction, each comment once."""

from bot.github.github import GitHub
from bot.github.models import Reaction, Repository
from bot.github.repository import RepositoryCalls
from bot.jobs import ReviewPull, RunCommand
from bot.queue import Queue
from bot.rendering.replies import help_reply
from bot.store import requests
from bot.store.database import Database
from bot.store.requests import Request


class Commands:
    """Does what a comment asks for."""

    def __init__(self, github: GitHub, database: Database, queue: Queue) -> None:
        self._github = github
        self._database = database
        self._queue = queue

    async def run(self, request: Request, job: RunCommand) -> None:
        """Acknowledge first; what the command starts is asked for in the same instant as the command is done."""
        calls = self._github.repository(
            job.installation, Repository(job.repository.id, job.repository.full_name)
        )
        if not await self._allowed(calls, job):
            await calls.comments.react(job.comment, Reaction.THUMBS_DOWN)
        elif job.word == "recheck":
            await self._recheck(calls, request, job)
        else:
            known = job.word in {"", "help"}
            await calls.comments.react(job.comment, Reaction.EYES if known else Reaction.CONFUSED)
            await self._help(calls, job)

    async def _allowed(self, calls: RepositoryCalls, job: RunCommand) -> bool:
        """Neither command changes anything but what is shown, so the pull request's author may give them too."""
        if job.commenter.lower() == job.pull_author.lower():
            return True
        return (await calls.collaborators.permission(job.commenter)).can_write

    async def _recheck(self, calls: RepositoryCalls, request: Request, job: RunCommand) -> None:
        pull = await calls.pulls.get(job.number)
        if not pull.is_open:
            await calls.comments.react(job.comment, Reaction.CONFUSED)
            return
        await calls.comments.react(job.comment, Reaction.EYES)
        review = ReviewPull(job.installation, job.repository, job.number, rerun=True)
        async with self._database.transaction() as connection:
            await requests.ask(connection, review)
            await requests.handled(connection, request, failed=False)
            await self._queue.wake(review.lock, connection=connection)

    async def _help(self, calls: RepositoryCalls, job: RunCommand) -> None:
        """The marker names the comment that asked: answered twice, it is still one answer."""
        marker = f"<!-- gonogo:reply:{job.comment} -->"
        body = f"{help_reply(job.word or None)}\n{marker}"
        await calls.comments.put(job.number, body, None, marker)
