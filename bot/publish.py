"""Leaving a review at GitHub, once: whatever instant we are killed at, the next attempt completes it and doubles nothing.

A Check Run's external id is made from what it says, so an attempt recognises what an earlier one has done.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime

from bot.github.check_run_models import CheckRun, CheckRunDraft, CheckStatus
from bot.github.repository import RepositoryCalls
from bot.rendering.check_runs import VERDICT_NAME, RunText, cleared_run, running, superseded_run
from bot.rendering.comment import MARKER
from bot.store import published
from bot.store.database import Database
from bot.store.published import Left

_PLACEHOLDER = "placeholder"  # of runs that are to be replaced by what the review says


@dataclass(frozen=True, slots=True)
class Target:
    """Where a review is left: the head commit, and for pull requests the number."""

    lock: str
    repository: int
    head: str
    number: int | None
    reruns: int


class Publisher:
    """Leaves Check Runs and the comment for one request."""

    def __init__(self, database: Database, calls: RepositoryCalls, target: Target) -> None:
        self._database = database
        self._calls = calls
        self._target = target
        self._started = datetime.now(UTC)

    async def left(self) -> Left:
        """What earlier attempts left."""
        async with self._database.pool.connection() as connection:
            return await published.read(connection, self._target.lock)

    async def start(self) -> None:
        """Say that a review is under way, on the verdict's Check Run."""
        existing = await self._existing()
        await self._writing()
        step = choose(existing, VERDICT_NAME, "")
        if step.run is not None and not step.run.completed:
            return
        draft = CheckRunDraft(
            VERDICT_NAME,
            self._target.head,
            self._placeholder(),
            CheckStatus.IN_PROGRESS,
            output=running(),
            started_at=self._started,
        )
        await self._calls.check_runs.create(draft)

    async def runs(self, texts: Sequence[RunText]) -> None:
        """Leave these Check Runs and no other that says something else; the last one is the verdict."""
        existing = await self._existing()
        await self._writing()
        for text in outdated(existing, texts):
            await self._run(text, existing, self._id("cleared"))
        for text in texts:
            await self._run(text, existing, self._key(text))
        await self._written(self._target.head)

    async def failure(self, text: RunText) -> None:
        """Say on the verdict's Check Run that we failed; a later attempt replaces it."""
        existing = await self._existing()
        await self._writing()
        for name in {run.name for run in existing if not run.completed} - {text.name}:
            await self._run(superseded_run(name), existing, self._placeholder())
        await self._run(text, existing, self._placeholder())
        await self._written(None)

    async def close_unfinished(self, head: str | None = None) -> None:
        """Complete what a dead attempt left in progress, here or on an earlier head."""
        left = await self.left()
        if not left.unfinished or left.head is None or left.head == head:
            return
        for run in await self._calls.check_runs.list_own(left.head, latest=False):
            if not run.completed and (run.external_id or "").startswith(self._id("")):
                await self._supersede(run)
        await self._written(None)

    async def comment(self, body: str | None) -> None:
        """Have our one comment say this; no text, no comment. Unchanged, it is not touched."""
        if body is None or self._target.number is None:
            return
        left = await self.left()
        # Asked for again by a person, it is looked at again: somebody may have deleted it.
        digest = hashlib.sha256(f"{self._target.reruns}\n{body}".encode()).digest()
        if left.comment and left.body == digest:
            return
        async with self._database.pool.connection() as connection:
            await published.writing_comment(connection, self._target.lock, self._target.repository)
        written = await self._calls.comments.put(self._target.number, body, left.comment or None, MARKER)
        async with self._database.pool.connection() as connection:
            await published.comment_written(connection, self._target.lock, written.id, digest)

    async def comment_stands(self) -> bool:
        """Is there a comment of ours? Asked of GitHub only when an attempt died while making it."""
        left = await self.left()
        if left.comment == 0 and self._target.number is not None:
            return await self._calls.comments.find_own(self._target.number, MARKER) is not None
        return left.comment is not None

    async def _existing(self) -> tuple[CheckRun, ...]:
        """Our runs on this head; not asked for where none was made."""
        if (await self.left()).head != self._target.head:
            return ()
        runs = await self._calls.check_runs.list_own(self._target.head, latest=False)
        return tuple(run for run in runs if (run.external_id or "").startswith(self._id("")))

    async def _run(self, text: RunText, existing: Iterable[CheckRun], key: str) -> None:
        step = choose(existing, text.name, key)
        for run in step.superseded:
            await self._supersede(run)
        if step.done:
            return
        draft = CheckRunDraft(
            text.name,
            self._target.head,
            key,
            CheckStatus.COMPLETED,
            text.conclusion,
            text.output,
            text.annotations,
            started_at=self._started,
            completed_at=datetime.now(UTC),
        )
        await self._calls.check_runs.publish(draft, step.run)

    async def _supersede(self, run: CheckRun) -> None:
        text = superseded_run(run.name)
        draft = CheckRunDraft(
            run.name,
            run.head_sha,
            self._placeholder(),
            CheckStatus.COMPLETED,
            text.conclusion,
            text.output,
            completed_at=datetime.now(UTC),
        )
        await self._calls.check_runs.update(run.id, draft)

    async def _writing(self) -> None:
        target = self._target
        async with self._database.pool.connection() as connection:
            await published.writing_runs(connection, target.lock, target.repository, target.head)

    async def _written(self, reviewed: str | None) -> None:
        async with self._database.pool.connection() as connection:
            await published.runs_written(connection, self._target.lock, reviewed)

    def _placeholder(self) -> str:
        return self._id(_PLACEHOLDER)

    def _key(self, text: RunText) -> str:
        """Of what the run says, and of how often a person asked to have it said again."""
        said = hashlib.sha256(repr(astuple(text)).encode()).hexdigest()[:24]
        return self._id(f"{self._target.reruns}-{said}")

    def _id(self, key: str) -> str:
        """One head can belong to several pull requests, and each keeps its own runs."""
        return f"{self._target.number or 'group'}:{key}"


@dataclass(frozen=True, slots=True)
class Step:
    """What to do about one name: nothing (done), go on with a run, or make a new one (no run)."""

    run: CheckRun | None = None
    done: bool = False
    superseded: tuple[CheckRun, ...] = ()


def choose(existing: Iterable[CheckRun], name: str, key: str) -> Step:
    """Which of our runs on the head to go on with. Pure.

    A run that an attempt left in progress with annotations is only gone on with for the same text: GitHub appends.
    """
    runs = sorted((run for run in existing if run.name == name), key=lambda run: run.id)
    open_runs = [run for run in runs if not run.completed]
    latest = runs[-1] if runs else None
    if latest is not None and latest.completed and latest.external_id == key:
        return Step(done=True, superseded=tuple(open_runs))
    going_on = next((run for run in reversed(open_runs) if _fits(run, key)), None)
    if going_on is None and latest is not None and is_placeholder(latest) and not latest.annotations_count:
        going_on = latest
    return Step(going_on, superseded=tuple(run for run in open_runs if run is not going_on))


def _fits(run: CheckRun, key: str) -> bool:
    return run.external_id == key or not run.annotations_count


def is_placeholder(run: CheckRun) -> bool:
    """Does it wait for a review to take its place?"""
    return (run.external_id or "").endswith(f":{_PLACEHOLDER}")


def outdated(existing: Iterable[CheckRun], texts: Sequence[RunText]) -> tuple[RunText, ...]:
    """Areas that had something to say on this head before, and now have not. Pure."""
    names = {run.name for run in existing} - {text.name for text in texts}
    return tuple(cleared_run(name) for name in sorted(names))
