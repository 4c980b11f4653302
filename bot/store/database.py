"""The database of one app process: the shared one at DATABASE_URL, or the embedded one; opened, migrated, watched."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

import psycopg
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

from bot.log import get_logger, without_secrets
from bot.settings import Settings
from bot.store.migrate import migrate
from bot.store.postgres import DatabaseUnavailable, EmbeddedPostgres

Connection = psycopg.AsyncConnection[TupleRow]
Pool = AsyncConnectionPool[Connection]

_PATIENCE = 30.0  # seconds that a database at DATABASE_URL may take to come up beside us
_WATCH_SECONDS = 0.5


class Database:
    """A pool of connections, and whether this process is the only one that uses the database."""

    def __init__(self, pool: Pool, conninfo: str, *, alone: bool) -> None:
        self.pool = pool
        self.conninfo = conninfo
        self.alone = alone

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """A connection within a transaction: all of it or nothing."""
        async with self.pool.connection() as connection, connection.transaction():
            yield connection

    async def answers(self) -> bool:
        """Really asked, not believed."""
        try:
            async with asyncio.timeout(5), self.pool.connection(timeout=5) as connection:
                await connection.execute("SELECT 1 FROM requests LIMIT 1")
        except (psycopg.Error, TimeoutError):
            return False
        return True


@contextlib.asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """Ready to use: running, migrated, with a pool; everything is closed and stopped at the end."""
    if settings.database_url is not None:
        conninfo = settings.database_url.get_secret_value()
        await _wait_for(conninfo)
        async with _pooled(conninfo, alone=False) as database:
            yield database
        return
    server = EmbeddedPostgres(settings.data_dir)
    await server.start()
    watching = asyncio.create_task(_watch(server))
    try:
        async with _pooled(server.conninfo, alone=server.alone) as database:
            yield database
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await server.stop()


@contextlib.asynccontextmanager
async def _pooled(conninfo: str, *, alone: bool) -> AsyncIterator[Database]:
    async with await psycopg.AsyncConnection.connect(conninfo, autocommit=True) as connection:
        applied = await migrate(connection)
    if applied:
        get_logger().info("database migrated", migrations=list(applied))
    pool = Pool(
        conninfo,
        min_size=2,
        max_size=16,
        open=False,
        name="gonogo",
        configure=_configure,
        check=Pool.check_connection,
        timeout=15,
        reconnect_timeout=60,
    )
    async with pool:
        yield Database(pool, conninfo, alone=alone)


async def _configure(connection: Connection) -> None:
    """Not by a keyword of the pool: the queue's listener passes that one itself."""
    await connection.set_autocommit(True)


async def _wait_for(conninfo: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(conninfo, connect_timeout=5):
                return
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline or not _may_come_up(error):
                reason = without_secrets((str(error).strip().splitlines() or ["no reason given"])[0])
                raise DatabaseUnavailable(f"DATABASE_URL: no connection: {reason}") from None
        except psycopg.Error as error:
            raise DatabaseUnavailable(f"DATABASE_URL: {type(error).__name__}") from None
        await asyncio.sleep(0.5)


def _may_come_up(error: psycopg.OperationalError) -> bool:
    """A refused connection or a start in progress may pass; a wrong password or database name does not."""
    text = str(error)
    return not any(
        word in text for word in ("authentication failed", "does not exist", "no pg_hba.conf entry")
    )


async def _watch(server: EmbeddedPostgres) -> None:
    """If the embedded PostgreSQL is killed under us, it is started again; the pool reconnects by itself."""
    while True:
        await asyncio.sleep(_WATCH_SECONDS)
        try:
            if await server.ensure_running():
                get_logger().warning("database started again")
        except (DatabaseUnavailable, OSError) as error:
            get_logger().error("database is down", reason=str(error))
