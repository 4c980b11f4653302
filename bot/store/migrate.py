"""Bring a database to the form this version needs: our numbered files and the queue's, each once, under one lock."""

from importlib import resources

import psycopg
from procrastinate.schema import SchemaManager, migrations_path
from psycopg.rows import TupleRow

_LOCK = 7_077_070_770  # any constant: whoever starts at the same time waits for it
Connection = psycopg.AsyncConnection[TupleRow]


async def migrate(connection: Connection) -> tuple[str, ...]:
    """Apply what is missing, all or nothing; the names of what was applied."""
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        await connection.execute(
            "CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now())"
        )
        rows = await (await connection.execute("SELECT name FROM migrations")).fetchall()
        applied = {str(row[0]) for row in rows}
        names = [name for name, _ in _ours() if name not in applied]
        for name, statements in _ours():
            if name not in applied:
                await _apply(connection, name, statements)
        return (*names, *await _queue(connection, applied))


def _ours() -> list[tuple[str, str]]:
    folder = resources.files("bot.store") / "migrations"
    files = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda entry: entry.name
    )
    return [(entry.name, entry.read_text("utf-8")) for entry in files]


async def _queue(connection: Connection, applied: set[str]) -> list[str]:
    """The queue's whole schema into a new database, only its later migrations into an older one."""
    files = {f"queue/{path.name}": path for path in sorted(migrations_path.glob("*.sql"))}
    missing = [name for name in files if name not in applied]
    if not any(name.startswith("queue/") for name in applied):
        await _execute(connection, SchemaManager.get_schema())
        for name in missing:
            await _record(connection, name)
        return ["queue"]
    for name in missing:
        await _apply(connection, name, files[name].read_text("utf-8"))
    return missing


async def _apply(connection: Connection, name: str, statements: str) -> None:
    await _execute(connection, statements)
    await _record(connection, name)


async def _execute(connection: Connection, statements: str) -> None:
    await connection.execute(statements, prepare=False)


async def _record(connection: Connection, name: str) -> None:
    await connection.execute("INSERT INTO migrations (name) VALUES (%s)", (name,))
