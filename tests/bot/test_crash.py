"""Killed with SIGKILL at any instant of a review, it finishes after a restart: one comment, nothing doubled or open."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from bot.rendering.check_runs import VERDICT_NAME
from bot.store.database import open_database
from sandbox.faults import Fault
from sandbox.model import PullRequest, Repository
from sandbox.sandbox import Sandbox
from tests.bot.process import Server, free_port, lives, serving
from tests.bot.service import PATIENCE, Commits, data_folder, many_gaps, own_comments, settings_for, until

pytestmark = pytest.mark.timeout(900)  # it starts the app over and over: minutes on a busy machine
ANNOTATIONS = 120  # of the test repository's branch `many`
KILLS: dict[str, Callable[[Server], None]] = {
    "the app alone": Server.kill,
    "the app and its database": Server.kill_with_database,
}
# The requests of a review in their order: each is an instant at which everything before it has happened.
INSTANTS = (
    ("GET", "/repos/acme/shop/pulls/*", 0),
    ("GET", "/repos/acme/shop/contents/*", 0),
    ("GET", "/repos/acme/shop/compare/*", 0),
    ("GET", "/repos/acme/shop/git/trees/*", 0),
    ("GET", "/repos/acme/shop/issues/*/comments", 0),
    ("POST", "/repos/acme/shop/issues/*/comments", 0),
    ("POST", "/repos/acme/shop/check-runs", 0),  # the first fifty annotations
    ("PATCH", "/repos/acme/shop/check-runs/*", 0),  # the second fifty
    ("PATCH", "/repos/acme/shop/check-runs/*", 1),  # the rest
    ("POST", "/repos/acme/shop/check-runs", 1),  # the verdict
)


@pytest.fixture
def data_dir() -> Iterator[Path]:
    with data_folder() as folder:
        yield folder


@pytest.fixture
async def server(sandbox: Sandbox, data_dir: Path, tmp_path: Path) -> AsyncIterator[Server]:
    """The app with its embedded database, as `gonogo serve` runs by default."""
    settings = settings_for(sandbox, data_dir, port=free_port())
    async with serving(settings, tmp_path / "log") as running:
        sandbox.webhook_url = f"{running.address}/webhook"
        yield running
        sandbox.webhook_url = None


def assert_once(sandbox: Sandbox, pull: PullRequest) -> None:
    """Each name once, completed; each annotation once; one comment."""
    runs = [run for run in sandbox.check_runs(pull) if run.external_id.startswith(f"{pull.number}:")]
    names = Counter(run.name for run in runs)
    assert set(names.values()) == {1}, names
    assert all(run.status == "completed" for run in runs)
    marks = [mark["start_line"] for run in runs for mark in run.annotations if mark["path"] == "README.md"]
    assert len(marks) == len(set(marks)) == ANNOTATIONS
    assert len(own_comments(sandbox, pull)) == 1


def finished(sandbox: Sandbox, pull: PullRequest) -> bool:
    """Has this pull request its verdict, and nothing in progress?"""
    runs = [run for run in sandbox.check_runs(pull) if run.external_id.startswith(f"{pull.number}:")]
    done = all(run.status == "completed" for run in runs)
    return done and VERDICT_NAME in {run.name for run in runs}


async def reached(fault: Fault) -> None:
    async with asyncio.timeout(PATIENCE):
        await fault.reached.wait()


@pytest.mark.parametrize("kill", KILLS.values(), ids=KILLS)
async def test_killed_at_ten_instants_every_review_is_finished_once(
    sandbox: Sandbox, shop: Repository, commits: Commits, server: Server, kill: Callable[[Server], None]
) -> None:
    for number, (method, path, skip) in enumerate(INSTANTS):
        # Another head each time: what is remembered of a commit is not asked for again.
        files = {**many_gaps(ANNOTATIONS), "number.txt": f"{number}\n"}
        head = commits.trees.commit(files, parents=[commits.base])
        fault = sandbox.fault(method=method, path=path, skip=skip, hold=True)
        pull = sandbox.open_pull_request(shop, head=head)
        await reached(fault)
        kill(server)
        sandbox.faults.clear()  # what was on its way still arrives
        await until(lambda: all(entry.done for entry in sandbox.requests.entries))
        await server.start()
        await sandbox.wait_until(lambda pull=pull: finished(sandbox, pull), PATIENCE)  # type: ignore[misc]
        await sandbox.delivered()
        assert_once(sandbox, pull)


async def test_killed_with_a_run_in_progress_that_run_is_completed(
    sandbox: Sandbox, shop: Repository, server: Server
) -> None:
    sandbox.fault(method="GET", path="/repos/acme/shop/compare/*", hold=True)
    pull = sandbox.open_pull_request(shop, head="many")
    await until(lambda: bool(sandbox.check_runs(pull)))
    server.kill_with_database()
    (run,) = sandbox.check_runs(pull)
    assert run.status == "in_progress"
    sandbox.faults.clear()
    await server.start()
    await sandbox.wait_until(lambda: finished(sandbox, pull), PATIENCE)
    assert_once(sandbox, pull)
    assert [one.id for one in sandbox.check_runs(pull, VERDICT_NAME)] == [run.id]


async def test_pushed_to_while_dead_no_run_of_the_old_head_stays_in_progress(
    sandbox: Sandbox, shop: Repository, commits: Commits, server: Server
) -> None:
    sandbox.fault(method="PATCH", path="/repos/acme/shop/check-runs/*", hold=True)
    pull = sandbox.open_pull_request(shop, head="many")
    await until(lambda: any(run.status == "in_progress" for run in sandbox.check_runs(pull)))
    server.kill()
    sandbox.push(pull, commits.head)  # its delivery fails; the restart asks for it again
    await sandbox.delivered()
    sandbox.faults.clear()
    await server.start()
    await sandbox.wait_until(lambda: finished(sandbox, pull), PATIENCE)
    await until(lambda: all(run.status == "completed" for run in sandbox.state.runs_of(shop, commits.many)))
    assert len(own_comments(sandbox, pull)) == 1


async def test_a_database_killed_under_the_app_is_started_again(
    sandbox: Sandbox, shop: Repository, server: Server
) -> None:
    os.kill(server.postmaster(), signal.SIGKILL)
    pull = sandbox.open_pull_request(shop, head="many")
    await sandbox.delivered()
    if not [one for one in sandbox.deliveries if one.event == "pull_request" and one.succeeded]:
        await until(lambda: lives(server.postmaster()))
        for delivery in [one for one in sandbox.deliveries if one.event == "pull_request"]:
            sandbox.redeliver(delivery)
    await sandbox.wait_until(lambda: finished(sandbox, pull), PATIENCE)
    assert_once(sandbox, pull)


async def test_two_processes_share_one_data_dir_and_the_last_one_stops_its_database(
    sandbox: Sandbox, shop: Repository, server: Server, tmp_path: Path
) -> None:
    settings = server.settings.model_copy(update={"port": free_port()})
    postmaster = server.postmaster()
    async with serving(settings, tmp_path / "second"):
        assert await server.stop() == 0
        assert lives(postmaster)
    assert not lives(postmaster)
    async with open_database(settings) as database:
        assert database.alone
