"""Two processes on one PostgreSQL share the work; killing one loses nothing."""

import asyncio
from pathlib import Path

from bot.settings import Settings
from sandbox.model import Repository
from sandbox.sandbox import Sandbox
from tests.bot.process import free_port, serving
from tests.bot.service import Commits, assert_settled, many_gaps, own_comments, settings_for, until


def _twins(sandbox: Sandbox, database_url: str, tmp_path: Path) -> tuple[Settings, Settings]:
    def one(name: str) -> Settings:
        return settings_for(
            sandbox, tmp_path / name, database_url=database_url, port=free_port(), concurrency=1
        )

    return one("a"), one("b")


async def test_they_share_the_work_and_the_death_of_one_loses_nothing(
    sandbox: Sandbox, shop: Repository, commits: Commits, database_url: str, tmp_path: Path
) -> None:
    mine, other = _twins(sandbox, database_url, tmp_path)
    async with serving(mine, tmp_path / "a.log") as a, serving(other, tmp_path / "b.log") as b:
        sandbox.webhook_url = f"{a.address}/webhook"
        pulls = []
        for number in range(8):
            tree = {**many_gaps(3), "number.txt": str(number)}
            pulls.append(
                sandbox.open_pull_request(shop, head=commits.trees.commit(tree, parents=[commits.base]))
            )
        logs = (a.log, b.log)
        await until(lambda: all(own_comments(sandbox, pull) for pull in pulls))
        await until(lambda: all('"event": "review"' in log.read_text() for log in logs))

        fault = sandbox.fault(method="POST", path="/repos/acme/shop/issues/*/comments", hold=True, times=2)
        late = [
            sandbox.open_pull_request(
                shop, head=commits.trees.commit({**many_gaps(3), "late.txt": name}, parents=[commits.base])
            )
            for name in ("one", "two")
        ]
        await until(lambda: fault.used == 2)  # each process is in the middle of one
        a.kill()
        sandbox.webhook_url = f"http://127.0.0.1:{other.port}/webhook"
        sandbox.faults.clear()
        await until(
            lambda: all(
                any(run.name == "gonogo" and run.status == "completed" for run in sandbox.check_runs(pull))
                for pull in late
            ),
            60,
        )
        for pull in (*pulls, *late):
            assert_settled(sandbox, pull)


async def test_processes_that_start_at_once_on_an_empty_database_migrate_it_once(
    sandbox: Sandbox, shop: Repository, empty_database_url: str, tmp_path: Path
) -> None:
    mine, other = _twins(sandbox, empty_database_url, tmp_path)
    one, two = serving(mine, tmp_path / "a.log"), serving(other, tmp_path / "b.log")
    a, _b = await asyncio.gather(one.__aenter__(), two.__aenter__())
    try:
        migrated = [(tmp_path / f"{name}.log").read_text().count("database migrated") for name in "ab"]
        assert sum(migrated) == 1
        sandbox.webhook_url = f"{a.address}/webhook"
        pull = sandbox.open_pull_request(shop, head="change")
        await until(lambda: bool(own_comments(sandbox, pull)))
    finally:
        sandbox.webhook_url = None
        await asyncio.gather(one.__aexit__(None, None, None), two.__aexit__(None, None, None))
