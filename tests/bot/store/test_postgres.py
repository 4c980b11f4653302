"""The embedded PostgreSQL: started, joined, stopped, and picked up after every kind of death."""

import asyncio
import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bot.store.lock import FileLock
from bot.store.postgres import DatabaseUnavailable, EmbeddedPostgres
from bot.store.processes import first_number, is_postmaster
from tests.bot.process import lives
from tests.bot.service import data_folder, eventually, until

FAST = {"fsync": "off"}


@pytest.fixture
def folder() -> Iterator[Path]:
    with data_folder() as made:
        yield made


def postmaster(folder: Path) -> int:
    found = first_number(folder / "postgres" / "postmaster.pid")
    assert found is not None
    return found


def mode(path: Path) -> int | None:
    """Who may do what with it; None when it is not there."""
    return stat.S_IMODE(path.stat().st_mode) if path.exists() else None


def answer(server: EmbeddedPostgres) -> object:
    with psycopg.connect(server.conninfo) as connection:
        row = connection.execute("SELECT 1").fetchone()
        return row and row[0]


async def test_it_starts_answers_and_stops(folder: Path) -> None:
    server = EmbeddedPostgres(folder, FAST)
    await server.start()
    process = postmaster(folder)
    assert answer(server) == 1
    assert server.alone
    assert mode(folder / "postgres") == 0o700
    await server.stop()
    assert not lives(process)


async def test_it_keeps_what_was_written(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    await server.start()
    with psycopg.connect(server.conninfo) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    os.kill(postmaster(folder), signal.SIGKILL)
    await eventually(server.ensure_running)
    with psycopg.connect(server.conninfo) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)
    assert not await server.ensure_running()
    await server.stop()


async def test_one_that_outlived_its_app_is_joined(folder: Path) -> None:
    killed = EmbeddedPostgres(folder, FAST)
    await killed.start()
    process = postmaster(folder)
    server = EmbeddedPostgres(folder, FAST)
    await server.start()
    assert postmaster(folder) == process
    await server.stop()
    assert not lives(process)
    await killed.stop()


async def test_a_path_too_long_for_a_socket_gets_one_elsewhere(folder: Path) -> None:
    deep = folder / ("deep" * 20) / ("deeper" * 10)
    server = EmbeddedPostgres(deep, FAST)
    await server.start()
    assert answer(server) == 1
    place = Path(str(psycopg.conninfo.conninfo_to_dict(server.conninfo)["host"]))
    assert not place.is_relative_to(deep)
    assert mode(place) == 0o700
    await server.stop()
    assert mode(place) is None


async def test_a_lock_file_that_names_somebody_elses_process_is_stale(folder: Path) -> None:
    server = EmbeddedPostgres(folder, FAST)
    await server.start()
    content = (folder / "postgres" / "postmaster.pid").read_text()
    await server.stop()
    # As in a new container, where the recorded id belongs to another process of the same user.
    for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        (folder / "postgres" / name).write_text(
            content.replace(content.split("\n", 1)[0], str(os.getpid()), 1)
        )
    await server.start()
    assert answer(server) == 1
    await server.stop()


@pytest.mark.parametrize("content", ["", "nonsense\n"])
async def test_a_damaged_lock_file_is_stale(folder: Path, content: str) -> None:
    server = EmbeddedPostgres(folder, FAST)
    await server.start()
    await server.stop()
    (folder / "postgres" / "postmaster.pid").write_text(content)
    await server.start()
    assert answer(server) == 1
    await server.stop()


async def test_an_interrupted_first_start_is_begun_again(folder: Path) -> None:
    (folder / "postgres.new").mkdir()
    (folder / "postgres.new" / "half").write_text("made")
    server = EmbeddedPostgres(folder, FAST)
    await server.start()
    assert answer(server) == 1
    await server.stop()


async def test_data_of_another_version_is_not_touched(folder: Path) -> None:
    (folder / "postgres").mkdir()
    (folder / "postgres" / "PG_VERSION").write_text("16\n")
    with pytest.raises(DatabaseUnavailable, match="holds a PostgreSQL 16"):
        await EmbeddedPostgres(folder).start()


async def test_a_data_dir_that_is_a_file_is_named(folder: Path) -> None:
    (folder / "file").write_text("")
    with pytest.raises(DatabaseUnavailable, match=r"DATA_DIR .* can't be used"):
        await EmbeddedPostgres(folder / "file").start()


async def test_a_server_that_does_not_start_says_why(folder: Path) -> None:
    server = EmbeddedPostgres(folder, FAST)
    await server.start()
    await server.stop()
    with (folder / "postgres" / "postgresql.conf").open("a") as configuration:
        configuration.write("work_mem = plenty\n")
    with pytest.raises(DatabaseUnavailable, match=r"does not start: .*"):
        await server.start()


def test_a_process_that_is_no_postmaster_is_none() -> None:
    assert not is_postmaster(os.getpid(), Path("/nowhere"))
    assert not is_postmaster(2**22 + 1, Path("/nowhere"))


async def test_a_lock_is_given_back_when_its_process_dies(folder: Path) -> None:
    path = folder / "lock"
    script = (
        "import sys, time; from pathlib import Path; from bot.store.lock import FileLock; "
        "FileLock(Path(sys.argv[1])).acquire(); print('held', flush=True); time.sleep(60)"
    )
    import sys  # noqa: PLC0415

    holder = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, str(path), stdout=asyncio.subprocess.PIPE
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"held\n"
    lock = FileLock(path)
    assert not lock.try_exclusive()
    holder.kill()
    await holder.wait()
    await until(lock.try_exclusive)
    lock.release()
