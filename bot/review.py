"""The one use case: read the pull request, both trees, their facts; review; leave it at GitHub."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.coverage import archives
from bot.facts import FactsReader, Gathered
from bot.github.errors import GitHubError
from bot.github.github import GitHub
from bot.github.models import Repository
from bot.github.repository import RepositoryCalls
from bot.jobs import ReviewGroup, ReviewPull
from bot.log import get_logger
from bot.metrics import Metrics
from bot.outcome import Outcome
from bot.policies import Applied, Policies
from bot.publish import Publisher, Target
from bot.rendering.check_runs import failed_run
from bot.rendering.links import Links
from bot.review_process import ReviewOverran, ReviewProcesses
from bot.settings import Settings
from bot.snapshots.remote import RemoteContents
from bot.store import requests
from bot.store.database import Database
from bot.store.requests import Request
from bot.trees import TreeReader, Trees
from bot.written import Case, Written
from checks import Policy, plan_review

ANNOUNCE_SECONDS = 3.0  # a review that takes longer says so; a write saved for the others


@dataclass(frozen=True, slots=True)
class Subject:
    """What is reviewed: one head against one base, of a pull request or of a merge group."""

    installation: int
    full_name: str
    target: Target
    base: str
    policy_ref: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review with what it was made from."""

    trees: Trees
    applied: Applied
    gathered: Gathered
    artifacts: int
    written: Written

    def counts(self) -> dict[str, object]:
        """For the log."""
        return {
            "base": self.trees.base.commit,
            "verdict": self.written.verdict,
            "new": self.written.new,
            "resolved": self.written.resolved,
            "existing": self.written.existing,
            "policy_problems": len(self.applied.problems),
            "files": len(self.trees.head.entries),
            "artifacts": self.artifacts,
            "truncated": self.trees.head.truncated or self.trees.base.truncated,
            "facts_cached": self.gathered.cached,
            "facts_extracted": self.gathered.extracted,
        }


class Reviewer:
    """Reviews pull requests and merge groups of all installations."""

    def __init__(
        self,
        github: GitHub,
        database: Database,
        facts: FactsReader,
        processes: ReviewProcesses,
        settings: Settings,
        metrics: Metrics,
    ) -> None:
        self._github = github
        self._database = database
        self._facts = facts
        self._processes = processes
        self._settings = settings
        self._metrics = metrics
        self._policies = Policies(github)
        self._trees = TreeReader()

    async def run(self, request: Request, job: ReviewPull | ReviewGroup) -> None:
        """Review what the job names, as it is now; nothing is left for a closed pull request."""
        started = time.perf_counter()
        calls = self._calls(job)
        subject = await self._subject(calls, request, job)
        if subject is None:
            return
        publisher = Publisher(self._database, calls, subject.target)
        await publisher.close_unfinished(subject.target.head)
        async with within(self._settings.review_seconds), announced(publisher):
            reviewed = await self._review(calls, publisher, subject)
        published = await self._publish(publisher, subject, request, reviewed)
        self._record(request, subject, reviewed, calls, published=published, started=started)

    async def report(self, request: Request, outcome: Outcome) -> None:
        """Say on the head that we failed; if even that fails, it stays in the log."""
        job = request.job
        if not isinstance(job, (ReviewPull, ReviewGroup)):
            return
        with contextlib.suppress(GitHubError):
            calls = self._calls(job)
            subject = await self._subject(calls, request, job)
            if subject is None:
                return
            policy = await self._policy_if_readable(calls, subject)
            text = failed_run(
                policy.on_failure,
                outcome.reason,
                reference=reference(request),
                will_retry=outcome.will_retry,
            )
            await Publisher(self._database, calls, subject.target).failure(text)

    async def _review(self, calls: RepositoryCalls, publisher: Publisher, subject: Subject) -> Reviewed:
        target, contents = subject.target, RemoteContents(calls)
        applied = await self._policies.read(calls, subject.installation, subject.policy_ref)
        trees = await self._trees.read(calls, contents, subject.base, target.head)
        wanted = await asyncio.to_thread(plan_review, trees.base, trees.head)
        gathered = await self._facts.gather(target.repository, contents, trees, wanted)
        case = Case(
            trees.base,
            trees.head,
            applied.policy,
            applied.problems,
            applied.source,
            Links(self._settings.web_url, subject.full_name, self._settings.public_url),
            datetime.now(UTC).date(),
            standing=target.number is not None and await publisher.comment_stands(),
            artifacts=await archives(calls, target.head),
        )
        written = await self._processes.run(case, gathered.facts)
        return Reviewed(trees, applied, gathered, len(case.artifacts), written)

    async def _publish(
        self, publisher: Publisher, subject: Subject, request: Request, reviewed: Reviewed
    ) -> bool:
        async with self._database.pool.connection() as connection:
            if await requests.overtaken(connection, request, subject.target.head):
                return False
        await publisher.comment(reviewed.written.comment)
        await publisher.runs(reviewed.written.runs)
        return True

    def _calls(self, job: ReviewPull | ReviewGroup) -> RepositoryCalls:
        return self._github.repository(
            job.installation, Repository(job.repository.id, job.repository.full_name)
        )

    async def _subject(
        self, calls: RepositoryCalls, request: Request, job: ReviewPull | ReviewGroup
    ) -> Subject | None:
        if isinstance(job, ReviewGroup):
            target = Target(request.lock, job.repository.id, job.head, None, request.reruns)
            return Subject(job.installation, job.repository.full_name, target, job.base, job.base)
        pull = await calls.pulls.get(job.number)
        target = Target(request.lock, job.repository.id, pull.head.sha, job.number, request.reruns)
        if not pull.is_open:
            await Publisher(self._database, calls, target).close_unfinished()
            return None
        into = pull.base.repository
        name = into.full_name if into is not None else job.repository.full_name
        return Subject(job.installation, name, target, pull.base.sha, pull.base.ref)

    async def _policy_if_readable(self, calls: RepositoryCalls, subject: Subject) -> Policy:
        try:
            return (await self._policies.read(calls, subject.installation, subject.policy_ref)).policy
        except GitHubError:
            return Policy()

    def _record(
        self,
        request: Request,
        subject: Subject,
        reviewed: Reviewed,
        calls: RepositoryCalls,
        *,
        published: bool,
        started: float,
    ) -> None:
        """One line in the log and the metrics: ids and counts."""
        seconds = time.perf_counter() - started
        self._metrics.review_seconds.observe(seconds)
        self._metrics.facts.labels("cache").inc(reviewed.gathered.cached)
        self._metrics.facts.labels("extraction").inc(reviewed.gathered.extracted)
        get_logger().info(
            "review",
            reference=reference(request),
            installation=subject.installation,
            repository=subject.full_name,
            number=subject.target.number,
            head=subject.target.head,
            **reviewed.counts(),
            published=published,
            attempt=request.attempts + 1,
            api_calls=calls.usage.calls,
            api_points=calls.usage.points,
            api_writes=calls.usage.writes,
            api_remaining=calls.usage.remaining,
            seconds=round(seconds, 3),
        )


def reference(request: Request) -> str:
    """What a failed run quotes and the log holds, so that an operator finds the one by the other."""
    return f"{request.lock}#{request.run}"


@contextlib.asynccontextmanager
async def within(seconds: float) -> AsyncIterator[None]:
    """ReviewOverran when what is done inside takes longer than that."""
    deadline = asyncio.timeout(seconds)
    try:
        async with deadline:
            yield
    except TimeoutError:
        if not deadline.expired():
            raise
        raise ReviewOverran(f"It took longer than the {seconds:g} seconds that a review may take.") from None


@contextlib.asynccontextmanager
async def announced(publisher: Publisher, after: float = ANNOUNCE_SECONDS) -> AsyncIterator[None]:
    """Show a Check Run in progress when what is done inside takes longer than that."""
    done = asyncio.Event()

    async def announce() -> None:
        try:
            await asyncio.wait_for(done.wait(), after)
        except TimeoutError:
            with contextlib.suppress(GitHubError):
                await publisher.start()

    announcing = asyncio.create_task(announce())
    try:
        yield
    finally:
        # Never cut off half way: a run that GitHub makes after we looked for it would stay in progress.
        done.set()
        await announcing
