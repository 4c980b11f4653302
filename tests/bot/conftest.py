"""One PostgreSQL for the session, one fresh database for each test that asks for it."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from bot.events import SUBSCRIBED
from bot.settings import Settings
from bot.store.database import Database, open_database
from bot.store.migrate import migrate
from bot.store.postgres import EmbeddedPostgres
from sandbox.model import Repository
from sandbox.sandbox import Sandbox
from sandbox.settings import Settings as SandboxSettings
from tests.bot.service import Commits, Service, data_folder, make_commits, running, settings_for

_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # nobody pulls the plug here
_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    """Running, with a migrated database to copy from."""
    with data_folder() as folder:
        yield from _postgres(folder)


def _postgres(folder: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(folder, _FAST)
    asyncio.run(server.start())
    try:
        asyncio.run(_migrate(server.conninfo))
        yield server
    finally:
        asyncio.run(server.stop())


async def _migrate(conninfo: str) -> None:
    async with await psycopg.AsyncConnection.connect(conninfo, autocommit=True) as connection:
        await connection.execute("CREATE DATABASE migrated")
    async with await psycopg.AsyncConnection.connect(f"{conninfo} dbname=migrated") as connection:
        await migrate(connection)


@pytest.fixture
def empty_database_url(postgres: EmbeddedPostgres) -> Iterator[str]:
    """The address of a database with nothing in it."""
    name = sql.Identifier(f"empty_{next(_NUMBERS)}")
    with psycopg.connect(postgres.conninfo, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(name))
        yield _url(postgres, name.as_string().strip('"'))
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


@pytest.fixture
def database_url(postgres: EmbeddedPostgres) -> str:
    """The address of a migrated database, emptied for this test: quicker than a new one."""
    with psycopg.connect(f"{postgres.conninfo} dbname=migrated", autocommit=True) as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'migrated' AND pid <> pg_backend_pid()"
        connection.execute(others)
        tables = connection.execute(
            "SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'"
        ).fetchall()
        connection.execute(
            f"TRUNCATE {', '.join(row[0] for row in tables)} RESTART IDENTITY CASCADE".encode()
        )
    return _url(postgres, "migrated")


def _url(postgres: EmbeddedPostgres, name: str) -> str:
    host = conninfo_to_dict(postgres.conninfo)["host"]
    return f"postgresql://gonogo@/{name}?host={host}"


@pytest.fixture
async def database(database_url: str, tmp_path: Path) -> AsyncIterator[Database]:
    """Open, of this test's own."""
    async with open_database(Settings(database_url=database_url, data_dir=tmp_path)) as opened:
        yield opened


@pytest.fixture(scope="session")
def commits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commits]:
    """The repository that the app is tried on; sandboxes borrow it and never write to it."""
    made = make_commits(tmp_path_factory.mktemp("commits"))
    yield made
    made.trees.close()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A GitHub of this test's own."""
    async with Sandbox.running(SandboxSettings(events=tuple(sorted(SUBSCRIBED)))) as running:
        yield running


@pytest.fixture
async def shop(sandbox: Sandbox, commits: Commits) -> Repository:
    """The test repository, with the app installed."""
    return sandbox.add_repository("acme/shop", commits.path)


@pytest.fixture
def settings(sandbox: Sandbox, database_url: str, tmp_path: Path) -> Settings:
    """What the app is started with; tests start more of them with the same."""
    return settings_for(sandbox, tmp_path / "data", database_url=database_url)


@pytest.fixture
async def service(sandbox: Sandbox, settings: Settings) -> AsyncIterator[Service]:
    """The app, running."""
    async with running(sandbox, settings) as started:
        yield started
