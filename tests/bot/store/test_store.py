"""Deliveries once, requests by number, facts by repository, migrations once."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from bot.jobs import RepositoryName, ReviewPull
from bot.settings import Settings
from bot.store import deliveries, requests
from bot.store.database import Connection, Database, open_database
from bot.store.deliveries import Delivery, Standing
from bot.store.facts import FactsCache
from bot.store.migrate import migrate
from bot.store.postgres import DatabaseUnavailable
from checks import Request

NAME = RepositoryName(9, "acme/shop")
JOB = ReviewPull(5, NAME, 3, "a" * 40)
DELIVERY = Delivery("hook", "guid", "pull_request", "opened")


async def test_a_delivery_is_new_once(database: Database) -> None:
    async with database.pool.connection() as connection:
        assert await deliveries.store(connection, DELIVERY) is Standing.NEW
        assert await deliveries.store(connection, DELIVERY) is Standing.DONE
        other_hook = Delivery("another", "guid", "pull_request", "opened")
        assert await deliveries.store(connection, other_hook) is Standing.NEW


async def test_a_delivery_stands_as_its_request_does(database: Database) -> None:
    async with database.pool.connection() as connection:
        await deliveries.store(connection, DELIVERY)
        await deliveries.assign(connection, DELIVERY, JOB.lock, await requests.ask(connection, JOB))
        assert await deliveries.store(connection, DELIVERY) is Standing.WAITING
        run = await requests.begin(connection, JOB.lock)
        assert run is not None
        await requests.handled(connection, run, failed=True)
        assert await deliveries.store(connection, DELIVERY) is Standing.FAILED
        await requests.ask(connection, JOB)
        run = await requests.begin(connection, JOB.lock)
        assert run is not None
        await requests.handled(connection, run, failed=False)
        assert await deliveries.store(connection, DELIVERY) is Standing.DONE


async def test_what_is_asked_for_during_a_run_is_left_to_do(database: Database) -> None:
    async with database.pool.connection() as connection:
        await requests.ask(connection, JOB)
        run = await requests.begin(connection, JOB.lock)
        assert run is not None
        await requests.ask(connection, ReviewPull(5, NAME, 3, "b" * 40, rerun=True))
        assert await requests.overtaken(connection, run, "a" * 40)
        assert not await requests.overtaken(connection, run, "b" * 40)
        assert await requests.handled(connection, run, failed=False)
        again = await requests.begin(connection, JOB.lock)
        assert again is not None
        assert (again.reruns, again.job.lock) == (1, JOB.lock)
        assert not await requests.handled(connection, again, failed=False)
        assert await requests.begin(connection, JOB.lock) is None


async def test_a_run_that_was_taken_over_has_no_say(database: Database) -> None:
    async with database.pool.connection() as connection:
        await requests.ask(connection, JOB)
        dead = await requests.begin(connection, JOB.lock)
        live = await requests.begin(connection, JOB.lock)
        assert dead is not None
        assert live is not None
        assert await requests.overtaken(connection, dead, None)
        assert not await requests.handled(connection, dead, failed=True)
        assert await requests.waiting(connection) == [JOB.lock]
        assert not await requests.handled(connection, live, failed=False)
        assert await requests.waiting(connection) == []


async def test_runs_without_an_end_are_counted_until_there_is_one(database: Database) -> None:
    async with database.pool.connection() as connection:
        await requests.ask(connection, JOB)
        runs = [await requests.begin(connection, JOB.lock) for _ in range(3)]
        assert [run.begun for run in runs if run] == [1, 2, 3]
        assert runs[0] is not None
        assert runs[2] is not None
        await requests.ended(connection, runs[0])  # a dead one has no say
        await requests.ended(connection, runs[2])
        again = await requests.begin(connection, JOB.lock)
        assert again is not None
        assert again.begun == 1
        await requests.ask(connection, JOB)
        anew = await requests.begin(connection, JOB.lock)
        assert anew is not None
        assert anew.begun == 1


async def given_up(connection: Connection, head: str, *, ours: bool, rerun: bool = False) -> bool:
    """Asked for, failed at; is the sweep to leave it alone, also after an hour?"""
    await requests.ask(connection, ReviewPull(5, NAME, 3, head, rerun=rerun))
    run = await requests.begin(connection, JOB.lock)
    assert run is not None
    await requests.handled(connection, run, failed=True, ours=ours)
    assert await requests.asked_for(connection, JOB.lock, head)
    await connection.execute("UPDATE requests SET changed = now() - interval '2 hours'")
    return await requests.asked_for(connection, JOB.lock, head)


async def test_a_head_that_we_fail_at_is_asked_for_again_by_the_sweep_so_often_and_no_more(
    database: Database,
) -> None:
    async with database.pool.connection() as connection:
        often = [await given_up(connection, "a" * 40, ours=True) for _ in range(requests.MOST_GIVEN_UP)]
        assert often == [False] * (requests.MOST_GIVEN_UP - 1) + [True]
        assert not await given_up(connection, "a" * 40, ours=True, rerun=True)  # a person wants it
        assert not await given_up(connection, "b" * 40, ours=True)
        for _ in range(requests.MOST_GIVEN_UP):
            assert not await given_up(connection, "b" * 40, ours=False)  # GitHub's failure ends some day


async def test_a_renamed_repository_is_asked_for_by_its_new_name(database: Database) -> None:
    async with database.pool.connection() as connection:
        await requests.ask(connection, JOB)
        await requests.rename(connection, 9, "acme/store")
        run = await requests.begin(connection, JOB.lock)
        assert run is not None
        assert isinstance(run.job, ReviewPull)
        assert run.job.repository == RepositoryName(9, "acme/store")


async def test_old_rows_are_pruned_and_young_ones_kept(database: Database) -> None:
    async with database.pool.connection() as connection:
        await deliveries.store(connection, DELIVERY)
        await connection.execute("UPDATE deliveries SET received = now() - interval '9 days'")
        await deliveries.store(connection, Delivery("hook", "young", "ping", ""))
        await deliveries.prune(connection, 8)
        await requests.prune(connection, 8)
        assert await deliveries.store(connection, DELIVERY) is Standing.NEW
        assert await deliveries.store(connection, Delivery("hook", "young", "ping", "")) is Standing.DONE


async def test_a_mark_only_moves_forward(database: Database) -> None:
    now = datetime.now(UTC)
    async with database.pool.connection() as connection:
        assert await deliveries.read_mark(connection, "x") is None
        await deliveries.set_mark(connection, "x", now)
        await deliveries.set_mark(connection, "x", now - timedelta(days=1))
        assert await deliveries.read_mark(connection, "x") == now


async def test_a_turn_is_taken_by_one(database: Database) -> None:
    async with database.pool.connection() as connection:
        assert await deliveries.claim(connection, "sweep", timedelta(seconds=60))
        assert not await deliveries.claim(connection, "sweep", timedelta(seconds=60))
        assert await deliveries.claim(connection, "sweep", timedelta(0))


FACTS = {Request(f"{number:040x}", "python", 1, 10): f'{{"n":{number}}}'.encode() for number in range(1200)}


async def test_facts_are_found_again_by_another_process(database: Database) -> None:
    await FactsCache(database).keep(9, FACTS)
    assert await FactsCache(database).read(9, tuple(FACTS)) == FACTS


async def test_facts_are_remembered_without_asking(database: Database) -> None:
    cache = FactsCache(database)
    await cache.keep(9, FACTS)
    async with database.pool.connection() as connection:
        await connection.execute("TRUNCATE facts")
    assert await cache.read(9, tuple(FACTS)) == FACTS


async def test_knowing_a_blobs_id_shows_nothing_of_another_repositorys_facts(database: Database) -> None:
    cache = FactsCache(database)
    await cache.keep(9, FACTS)
    assert await cache.read(10, tuple(FACTS)) == {}


async def test_facts_of_another_version_of_the_extractor_are_others(database: Database) -> None:
    cache = FactsCache(database)
    await cache.keep(9, FACTS)
    newer = [Request(request.blob, request.kind, 2, request.size) for request in FACTS]
    assert await cache.read(9, newer) == {}


async def test_facts_nobody_asks_for_are_pruned(database: Database) -> None:
    cache = FactsCache(database, memory=1)
    await cache.keep(9, FACTS)
    async with database.pool.connection() as connection:
        await connection.execute("UPDATE facts SET used = current_date - 40")
    asked = tuple(FACTS)[:3]
    await cache.read(9, asked)
    await cache.prune()
    assert set(await cache.read(9, tuple(FACTS))) == set(asked)


async def test_migrations_are_applied_once_however_many_start_at_once(empty_database_url: str) -> None:
    async def start() -> tuple[str, ...]:
        async with await psycopg.AsyncConnection.connect(empty_database_url) as connection:
            return await migrate(connection)

    applied = await asyncio.gather(*(start() for _ in range(4)))
    assert sorted(map(bool, applied)) == [False, False, False, True]


async def test_a_later_migration_of_the_queue_is_applied_to_an_older_database(
    empty_database_url: str,
) -> None:
    async with await psycopg.AsyncConnection.connect(empty_database_url) as connection:
        await migrate(connection)
        await connection.execute("DELETE FROM migrations WHERE name LIKE 'queue/03.04.00_50%'")
        await connection.commit()
        assert await migrate(connection) == ("queue/03.04.00_50_post_add_retry_failed_job_procedure.sql",)
        assert await migrate(connection) == ()


async def test_a_database_that_can_not_be_used_is_named_without_its_password(
    database_url: str, tmp_path: Path
) -> None:
    wrong = database_url.replace("gonogo@", "nobody:hunter2@")
    with pytest.raises(DatabaseUnavailable) as raised:
        async with open_database(Settings.model_validate({"database_url": wrong, "data_dir": tmp_path})):
            pass
    assert "hunter2" not in str(raised.value)
    assert str(raised.value).startswith("DATABASE_URL: ")
