"""Requests: what is to be done, how far it is done, and the wake-up that makes a worker look."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg.rows import class_row

from bot.jobs import Job, job_from_json, job_to_json, repository_of
from bot.store.database import Connection

MOST_GIVEN_UP = 3  # by our own fault, of one head; then only a push or a person asks for it again


@dataclass(frozen=True, slots=True)
class Request:
    """A request as one run of it sees it."""

    lock: str
    job: Job
    requested: int
    reruns: int
    attempts: int
    run: int
    begun: int = 1  # runs in a row, this one included, of which no end was noted


@dataclass(frozen=True, slots=True)
class _Row:
    lock: str
    job: Any
    requested: int
    reruns: int
    attempts: int
    run: int
    begun: int


async def ask(connection: Connection, job: Job) -> int:
    """Ask for a job; the newest one for the same thing wins. The number by which it is handled."""
    row = await (
        await connection.execute(
            """
            INSERT INTO requests (lock, installation, repository, job, head, reruns) VALUES (%s, %s, %s, %s, %s, %s)
            ON CONFLICT (lock) DO UPDATE SET requested = requests.requested + 1, installation = EXCLUDED.installation,
                job = EXCLUDED.job, head = coalesce(EXCLUDED.head, requests.head),
                reruns = requests.reruns + EXCLUDED.reruns, attempts = 0, changed = now(), begun = 0,
                given_up = CASE WHEN EXCLUDED.reruns = 0 AND EXCLUDED.head = requests.head
                    THEN requests.given_up ELSE 0 END
            RETURNING requested
            """,
            (
                job.lock,
                job.installation,
                repository_of(job),
                job_to_json(job),
                getattr(job, "head", None),
                int(getattr(job, "rerun", False)),
            ),
        )
    ).fetchone()
    assert row is not None
    return int(row[0])


async def begin(connection: Connection, lock: str) -> Request | None:
    """Start a run; None when there is nothing to do (any more), or the installation is suspended."""
    async with connection.cursor(row_factory=class_row(_Row)) as cursor:
        await cursor.execute(
            """
            UPDATE requests SET run = run + 1, begun = begun + 1
            WHERE lock = %s AND handled < requested AND (
                repository = 0 OR installation NOT IN (SELECT installation FROM suspended))
            RETURNING lock, job, requested, reruns, attempts, run, begun
            """,
            (lock,),
        )
        row = await cursor.fetchone()
    if row is None:
        return None
    return Request(
        row.lock, job_from_json(row.job), row.requested, row.reruns, row.attempts, row.run, row.begun
    )


async def overtaken(connection: Connection, request: Request, head: str | None) -> bool:
    """Is another run at it, or (given the head we look at) is a newer head asked for?"""
    row = await (
        await connection.execute("SELECT run, requested, head FROM requests WHERE lock = %s", (request.lock,))
    ).fetchone()
    if row is None or row[0] != request.run:
        return True
    return head is not None and row[1] > request.requested and row[2] not in {None, head}


async def handled(connection: Connection, request: Request, *, failed: bool, ours: bool = False) -> bool:
    """Done, or given up (`ours`: for a failure of our own), as far as this run saw; true if more was asked for meanwhile."""
    row = await (
        await connection.execute(
            """
            UPDATE requests SET handled = greatest(handled, %(seen)s), failed = %(failed)s, attempts = 0,
                changed = now(),
                given_up = CASE WHEN %(ours)s THEN given_up + 1 WHEN %(failed)s = 0 THEN 0 ELSE given_up END
            WHERE lock = %(lock)s AND run = %(run)s RETURNING handled < requested
            """,
            {
                "seen": request.requested,
                "failed": request.requested if failed else 0,
                "ours": ours,
                "lock": request.lock,
                "run": request.run,
            },
        )
    ).fetchone()
    return row is not None and bool(row[0])


async def ended(connection: Connection, request: Request) -> None:
    """A run came to an end, whatever end that was: we are alive."""
    await connection.execute(
        "UPDATE requests SET begun = 0 WHERE lock = %s AND run = %s", (request.lock, request.run)
    )


async def attempted(connection: Connection, request: Request) -> None:
    """A run failed and will be repeated."""
    await connection.execute(
        "UPDATE requests SET attempts = attempts + 1 WHERE lock = %s AND run = %s",
        (request.lock, request.run),
    )


async def with_head(connection: Connection, repository: int, head: str) -> Sequence[Job]:
    """What was reviewed at this head."""
    cursor = await connection.execute(
        """
        SELECT requests.job FROM published JOIN requests USING (lock)
        WHERE published.repository = %s AND published.head = %s
        """,
        (repository, head),
    )
    return [job_from_json(row[0]) for row in await cursor.fetchall()]


async def waiting(connection: Connection) -> Sequence[str]:
    """What is asked for and not handled, oldest first, without suspended installations."""
    cursor = await connection.execute(
        """
        SELECT lock FROM requests WHERE handled < requested AND (
            repository = 0 OR installation NOT IN (SELECT installation FROM suspended)) ORDER BY changed
        """
    )
    return [str(row[0]) for row in await cursor.fetchall()]


async def drop_group(connection: Connection, lock: str) -> None:
    """Nobody waits for the answer any more."""
    await connection.execute("UPDATE requests SET handled = requested WHERE lock = %s", (lock,))


async def rename(connection: Connection, repository: int, full_name: str) -> None:
    """What waits is asked for under the new name."""
    await connection.execute(
        """
        UPDATE requests SET job = jsonb_set(job, '{repository,full_name}', to_jsonb(%s::text))
        WHERE repository = %s AND job ? 'repository'
        """,
        (full_name, repository),
    )


async def forget_repositories(connection: Connection, repositories: Sequence[int]) -> None:
    """Drop everything that is known of these repositories."""
    ids = list(repositories)
    await connection.execute("DELETE FROM facts WHERE repository = ANY(%s)", (ids,))
    await connection.execute("DELETE FROM published WHERE repository = ANY(%s)", (ids,))
    await connection.execute("DELETE FROM requests WHERE repository = ANY(%s)", (ids,))


async def repositories_of(connection: Connection, installation: int) -> Sequence[int]:
    """The repositories of an installation that we know something of."""
    cursor = await connection.execute(
        "SELECT DISTINCT repository FROM requests WHERE installation = %s AND repository <> 0",
        (installation,),
    )
    return [int(row[0]) for row in await cursor.fetchall()]


async def suspend(connection: Connection, installation: int) -> None:
    """Work for it waits until it is resumed."""
    await connection.execute("INSERT INTO suspended VALUES (%s) ON CONFLICT DO NOTHING", (installation,))


async def resume(connection: Connection, installation: int) -> Sequence[str]:
    """It may go on; the locks of what waited."""
    await connection.execute("DELETE FROM suspended WHERE installation = %s", (installation,))
    cursor = await connection.execute(
        "SELECT lock FROM requests WHERE installation = %s AND handled < requested", (installation,)
    )
    return [str(row[0]) for row in await cursor.fetchall()]


async def asked_for(connection: Connection, lock: str, head: str) -> bool:
    """Is it waiting to be handled, or was this very head given up less than an hour ago, or too often by our own fault?"""
    row = await (
        await connection.execute(
            """
            SELECT handled < requested OR (failed = requested AND head = %s
                AND (given_up >= %s OR changed > now() - interval '1 hour'))
            FROM requests WHERE lock = %s
            """,
            (head, MOST_GIVEN_UP, lock),
        )
    ).fetchone()
    return row is not None and bool(row[0])


async def prune(connection: Connection, days: int) -> None:
    """Drop what was done long ago and is asked for only once: commands, heads, groups, installations' changes."""
    await connection.execute(
        """
        DELETE FROM requests WHERE handled >= requested AND lock NOT LIKE 'pull:%%'
            AND changed < now() - make_interval(days => %s)
        """,
        (days,),
    )
    await connection.execute(
        "DELETE FROM published WHERE lock LIKE 'group:%%' AND lock NOT IN (SELECT lock FROM requests)"
    )
