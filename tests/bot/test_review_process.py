"""A review in a process of its own: whatever becomes of the process, we hear of it and nobody waits."""

import asyncio
import contextlib
import datetime as dt
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from bot.rendering.links import Links
from bot.review_process import ReviewError, ReviewProcesses
from bot.review_worker import Write
from bot.written import Case, Facts, Written, write
from checks import Policy, Tree
from tests.bot.misbehaviour import misbehave
from tests.bot.process import lives
from tests.bot.service import until

TODAY = dt.date(2026, 1, 1)
CASE = Case(Tree("a" * 40, ()), Tree("b" * 40, ()), Policy(), (), "policy", Links(), TODAY, standing=False)
FACTS = {(f"{number:040x}", "sketch"): b"x" for number in range(5_000)}  # more than one piece


@contextlib.contextmanager
def processes(write: Write = write, seconds: float = 60) -> Iterator[ReviewProcesses]:
    made = ReviewProcesses(1, seconds, write=write)
    try:
        yield made
    finally:
        made.close()


def count_facts(case: Case, facts: Facts) -> Written:
    return Written((), f"{case.policy_source} {len(facts)}", "go", 0, 0, 0)


async def test_what_the_worker_writes_is_what_this_process_would_write() -> None:
    with processes() as reviews:
        assert await reviews.run(CASE, {}) == write(CASE, {})


async def test_every_fact_arrives() -> None:
    with processes(count_facts) as reviews:
        assert (await reviews.run(CASE, FACTS)).comment == "policy 5000"


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("die", r"The process that made the review died \(SIGKILL\)\."),
        ("exit", r"The process that made the review died \(exit status 3\)\."),
        ("raise", r"It failed with ZeroDivisionError at bot/review_worker\.py:\d+\."),
        ("memory", r"It failed with MemoryError at bot/review_worker\.py:\d+\."),
    ],
)
async def test_a_review_that_goes_wrong_is_an_error_without_content_and_the_next_is_made(
    tmp_path: Path, how: str, said: str
) -> None:
    with processes(partial(misbehave, str(tmp_path), how, 1)) as reviews:
        with pytest.raises(ReviewError, match=f"^{said}$"):
            await reviews.run(CASE, FACTS)
        assert await reviews.run(CASE, {}) == write(CASE, {})


@pytest.mark.parametrize("how", ["spin", "sleep"])
async def test_a_review_that_nobody_waits_for_any_more_is_killed(tmp_path: Path, how: str) -> None:
    with processes(partial(misbehave, str(tmp_path), how, 9)) as reviews:
        running = asyncio.create_task(reviews.run(CASE, {}))
        await until(lambda: bool(pids(tmp_path)))
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        (process,) = pids(tmp_path)
        await until(lambda: not lives(process))


async def test_given_up_before_the_process_is_there_it_is_killed_when_it_comes(tmp_path: Path) -> None:
    with processes(partial(misbehave, str(tmp_path), "spin", 9)) as reviews:
        running = asyncio.create_task(reviews.run(CASE, {}))
        await asyncio.sleep(0)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    assert all(not lives(process) for process in pids(tmp_path))  # closing has waited for it


async def test_left_alone_it_ends_itself(tmp_path: Path) -> None:
    """What happens when the app is killed amid a review."""
    started = time.monotonic()
    spinning = partial(misbehave, str(tmp_path), "spin", 9)
    with processes(spinning, seconds=0.5) as reviews, pytest.raises(ReviewError, match="SIGALRM"):
        await reviews.run(CASE, {})
    assert time.monotonic() - started < 30


def pids(folder: Path) -> list[int]:
    return [int(text) for one in folder.iterdir() if (text := one.read_text())]
