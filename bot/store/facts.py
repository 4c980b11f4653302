"""Facts by blob: a memory of this process in front of a table that all share.

Rows belong to a repository. A blob's id is a hash of its bytes, and whoever knows an id (from a public copy, a log, a
guess) could otherwise learn, through a tree of their own that names it, what was found in somebody's private file.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from cachetools import LRUCache

from bot.store.database import Database
from checks import Request

_MEMORY = 64_000_000  # bytes
_DAYS = 30
_ROWS = 500  # in one statement

Key = tuple[int, str, str, int]
Item = TypeVar("Item")


class FactsCache:
    """Reads and keeps facts of the blobs of repositories."""

    def __init__(self, database: Database, memory: int = _MEMORY) -> None:
        self._database = database
        self._memory: LRUCache[Key, bytes] = LRUCache(memory, getsizeof=len)

    async def read(self, repository: int, wanted: Sequence[Request]) -> dict[Request, bytes]:
        """Whatever is known of what is wanted."""
        known = {
            request: facts for request in wanted if (facts := self._memory.get(_key(repository, request)))
        }
        missing = {(r.blob, r.kind, r.version): r for r in wanted if r not in known}
        for some in _portions(missing):
            rows = await self._rows(repository, some)
            for blob, kind, version, content in rows:
                request = missing[blob, kind, version]
                known[request] = zlib.decompress(content)
                self._remember(repository, request, known[request])
        return known

    async def keep(self, repository: int, facts: Mapping[Request, bytes]) -> None:
        """Keep what was read out of blobs."""
        for request, content in facts.items():
            self._remember(repository, request, content)
        for some in _portions(facts):
            async with self._database.pool.connection() as connection:
                await connection.execute(
                    """
                    INSERT INTO facts (repository, blob, kind, version, content)
                    SELECT %s, * FROM unnest(%s::text[], %s::text[], %s::int[], %s::bytea[])
                    ON CONFLICT DO NOTHING
                    """,
                    (
                        repository,
                        [request.blob for request in some],
                        [request.kind for request in some],
                        [request.version for request in some],
                        [zlib.compress(facts[request], 1) for request in some],
                    ),
                )

    async def prune(self) -> None:
        """Drop what nobody asked for in a month."""
        async with self._database.pool.connection() as connection:
            await connection.execute(
                "DELETE FROM facts WHERE used < current_date - make_interval(days => %s)", (_DAYS,)
            )

    async def _rows(
        self, repository: int, keys: Sequence[tuple[str, str, int]]
    ) -> list[tuple[str, str, int, bytes]]:
        columns = ([k[0] for k in keys], [k[1] for k in keys], [k[2] for k in keys])
        async with self._database.pool.connection() as connection:
            cursor = await connection.execute(
                """
                SELECT blob, kind, version, content, used < current_date FROM facts
                JOIN unnest(%s::text[], %s::text[], %s::int[]) AS wanted(blob, kind, version)
                    USING (blob, kind, version)
                WHERE repository = %s
                """,
                (*columns, repository),
            )
            rows = await cursor.fetchall()
            aged = [row for row in rows if row[4]]
            if aged:
                await connection.execute(
                    """
                    UPDATE facts SET used = current_date
                    WHERE repository = %s AND (blob, kind) IN (SELECT * FROM unnest(%s::text[], %s::text[]))
                    """,
                    (repository, [row[0] for row in aged], [row[1] for row in aged]),
                )
        return [(row[0], row[1], row[2], row[3]) for row in rows]

    def _remember(self, repository: int, request: Request, content: bytes) -> None:
        if content and len(content) <= self._memory.maxsize // 16:
            self._memory[_key(repository, request)] = content


def _key(repository: int, request: Request) -> Key:
    return repository, request.blob, request.kind, request.version


def _portions(items: Iterable[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while some := list(islice(iterator, _ROWS)):
        yield some
