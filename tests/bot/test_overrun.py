"""A review that would go on for ever, or that dies: the others go on, the pull request hears of it, and it ends."""

import time
from functools import partial
from pathlib import Path

import psycopg
import pytest

from bot import outcome
from bot.jobs import RepositoryName, ReviewPull
from bot.queue import MOST_BEGUN
from bot.rendering.check_runs import VERDICT_NAME
from bot.settings import Settings
from bot.store import requests
from sandbox.model import CheckRun, PullRequest, Repository
from sandbox.sandbox import Sandbox
from tests.bot.misbehaviour import misbehave
from tests.bot.process import lives
from tests.bot.service import Service, assert_settled, latest_runs, running, until
from tests.bot.test_review_process import pids

BUDGET = 8  # seconds; enough for a busy machine to start the process in
SWIFT = 2.0  # seconds; GitHub gives up after ten


@pytest.fixture
def turns(tmp_path: Path) -> Path:
    folder = tmp_path / "turns"
    folder.mkdir()
    return folder


def verdicts(sandbox: Sandbox, pull: PullRequest) -> list[CheckRun]:
    return [run for run in sandbox.check_runs(pull, VERDICT_NAME) if run.status == "completed"]


async def answers(service: Service) -> float:
    """How long the slowest of some answers takes: health, and a delivery like GitHub's."""
    slowest = 0.0
    for _ in range(5):
        started = time.monotonic()
        async with service.http.get(f"{service.address}/healthz") as health:
            assert health.status == 200
        assert (await service.post("ping", {"zen": "Speak like a human."})).status == 202
        slowest = max(slowest, time.monotonic() - started)
    return slowest


async def test_a_review_that_takes_too_long_is_ended_told_tried_once_more_and_then_given_up(
    sandbox: Sandbox, shop: Repository, settings: Settings, turns: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcome, "OVERRUN_PAUSES", (1,))
    slow = partial(misbehave, str(turns), "spin", 9)
    limited = settings.model_copy(update={"review_seconds": BUDGET})
    async with running(sandbox, limited, slow) as service:
        pull = sandbox.open_pull_request(shop, head="change")
        await until(lambda: bool(pids(turns)))
        assert await answers(service) < SWIFT
        await until(lambda: bool(verdicts(sandbox, pull)))
        (told,) = verdicts(sandbox, pull)
        assert told.conclusion == "neutral"
        assert f"It took longer than the {BUDGET} seconds that a review may take" in str(told.summary)
        assert "It is tried again by itself" in str(told.summary)
        await service.idle()
        told = latest_runs(sandbox, pull)[VERDICT_NAME]
        assert (told.status, told.conclusion) == ("completed", "neutral")
        assert "Press Re-run" in str(told.summary)
        assert_settled(sandbox, pull, comments=0)
        assert len(pids(turns)) == 2
        assert all(not lives(process) for process in pids(turns))
        assert service.count("requests WHERE given_up = 1") == 1


async def test_a_review_whose_process_is_killed_is_told_and_made_by_the_next_attempt(
    sandbox: Sandbox, shop: Repository, settings: Settings, turns: Path
) -> None:
    async with running(sandbox, settings, partial(misbehave, str(turns), "die", 1)) as service:
        pull = sandbox.open_pull_request(shop, head="change")
        await until(lambda: bool(verdicts(sandbox, pull)))
        (told,) = verdicts(sandbox, pull)
        assert told.conclusion == "neutral"
        assert "died (SIGKILL)" in str(told.summary).replace("\\", "")
        await service.idle()
        assert_settled(sandbox, pull)
        assert latest_runs(sandbox, pull)[VERDICT_NAME].conclusion == "failure"
        assert service.count("requests WHERE given_up > 0") == 0


async def test_a_defect_is_told_by_its_kind_and_not_by_what_it_quotes(
    sandbox: Sandbox,
    shop: Repository,
    settings: Settings,
    turns: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(outcome, "OWN_PAUSES", ())
    async with running(sandbox, settings, partial(misbehave, str(turns), "raise", 9)) as service:
        pull = sandbox.open_pull_request(shop, head="change")
        await service.idle()
        (told,) = verdicts(sandbox, pull)
        assert "ZeroDivisionError" in str(told.summary)
        assert "content of the repository" not in f"{told.title} {told.summary} {told.text}"
    assert "content of the repository" not in "".join(capsys.readouterr())


async def test_what_has_killed_the_app_again_and_again_is_given_up(
    sandbox: Sandbox, shop: Repository, settings: Settings
) -> None:
    assert settings.database_url is not None
    pull = sandbox.open_pull_request(shop, head="change")
    job = ReviewPull(sandbox.installation(shop).id, RepositoryName(shop.id, shop.full_name), pull.number)
    async with await psycopg.AsyncConnection.connect(settings.database_url.get_secret_value()) as connection:
        await requests.ask(connection, job)
        await connection.execute("UPDATE requests SET begun = %s", (MOST_BEGUN,))
    async with running(sandbox, settings) as service:
        await service.idle()
        (told,) = verdicts(sandbox, pull)
        assert told.conclusion == "neutral"
        assert f"The app died {MOST_BEGUN} times in a row" in str(told.summary)
        sandbox.comment(pull, "/gonogo recheck", user="owner")
        await service.idle()
        assert latest_runs(sandbox, pull)[VERDICT_NAME].conclusion == "failure"  # it was not this change
