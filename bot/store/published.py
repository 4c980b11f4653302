"""What we left at GitHub for a request: Check Runs on a head, and the comment. Known before it is made."""

from dataclasses import dataclass

from psycopg.rows import class_row

from bot.store.database import Connection


@dataclass(frozen=True, slots=True)
class Left:
    """The traces of earlier runs. `comment` 0: one may have been made and not remembered."""

    head: str | None = None
    unfinished: bool = False
    reviewed: str | None = None
    comment: int | None = None
    body: bytes | None = None


async def read(connection: Connection, lock: str) -> Left:
    """What is known; nothing for what was never seen."""
    async with connection.cursor(row_factory=class_row(Left)) as cursor:
        await cursor.execute(
            "SELECT head, unfinished, reviewed, comment, body FROM published WHERE lock = %s", (lock,)
        )
        return await cursor.fetchone() or Left()


async def writing_runs(connection: Connection, lock: str, repository: int, head: str) -> None:
    """Check Runs are about to be made on this head."""
    await connection.execute(
        """
        INSERT INTO published (lock, repository, head, unfinished) VALUES (%s, %s, %s, true)
        ON CONFLICT (lock) DO UPDATE SET head = EXCLUDED.head, unfinished = true
        """,
        (lock, repository, head),
    )


async def runs_written(connection: Connection, lock: str, reviewed: str | None) -> None:
    """None is in progress any more; `reviewed`: this head has its verdict."""
    await connection.execute(
        "UPDATE published SET unfinished = false, reviewed = coalesce(%s, reviewed) WHERE lock = %s",
        (reviewed, lock),
    )


async def writing_comment(connection: Connection, lock: str, repository: int) -> None:
    """A comment is about to be made."""
    await connection.execute(
        """
        INSERT INTO published (lock, repository, comment) VALUES (%s, %s, 0)
        ON CONFLICT (lock) DO UPDATE SET comment = coalesce(published.comment, 0), body = NULL
        """,
        (lock, repository),
    )


async def comment_written(connection: Connection, lock: str, comment: int, body: bytes) -> None:
    """The comment stands, with a text of this digest."""
    await connection.execute(
        "UPDATE published SET comment = %s, body = %s WHERE lock = %s", (comment, body, lock)
    )


async def reviewed_heads(connection: Connection, repository: int) -> dict[str, str]:
    """Of each request for a repository, the last head with a completed verdict."""
    cursor = await connection.execute(
        "SELECT lock, reviewed FROM published WHERE repository = %s AND reviewed IS NOT NULL", (repository,)
    )
    return {str(row[0]): str(row[1]) for row in await cursor.fetchall()}


async def remember_reviewed(connection: Connection, lock: str, repository: int, head: str) -> None:
    """GitHub has a completed verdict of ours on this head that we had forgotten."""
    await connection.execute(
        """
        INSERT INTO published (lock, repository, head, reviewed) VALUES (%(lock)s, %(repository)s, %(head)s, %(head)s)
        ON CONFLICT (lock) DO UPDATE SET reviewed = EXCLUDED.reviewed
        """,
        {"lock": lock, "repository": repository, "head": head},
    )
