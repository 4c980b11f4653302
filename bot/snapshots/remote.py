"""Trees and blobs of a repository on GitHub, in as few calls as will do; the tree is the truth, every blob is proved."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import structlog

from bot.github.errors import (
    Forbidden,
    NotFound,
    Oversized,
    Rejected,
    ServerError,
    Unauthenticated,
    Unreachable,
)
from bot.snapshots import transfers
from bot.snapshots.archive import Archive, BadArchive, Bounds
from bot.snapshots.blob_id import is_blob, is_object_id
from bot.snapshots.transfers import Wanted

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Collection, Coroutine, Iterable, Iterator, Sequence

    from bot.github.models import BlobText
    from bot.github.repository import RepositoryCalls
    from checks import Tree

T = TypeVar("T")
Found = tuple[str, bytes]
QUERIES_AT_ONCE = 4
BLOBS_AT_ONCE = 6
SMALL = 10
MOST_FAILURES = 3
UNSTATED_LIMIT = 10 * 1024 * 1024
PASSED_OVER = (ServerError, Unreachable, Unauthenticated, NotFound, Forbidden, Rejected)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Transferred:
    """How many blobs came which way, for the review's line in the log."""

    archived: int = 0
    queried: int = 0
    raw: int = 0
    unreadable: int = 0


class RemoteContents:
    """The contents of one repository. Nothing is written to disk, no link is followed, no archive believed."""

    def __init__(self, calls: RepositoryCalls, bounds: Bounds | None = None) -> None:
        self._contents = calls.contents
        self._bounds = bounds or Bounds()
        self.transferred = Transferred()

    async def tree(self, commit: str) -> Tree:
        """All files of a commit."""
        return await self._contents.tree(commit)

    async def blobs(
        self, tree: Tree, wanted: Collection[str]
    ) -> AsyncGenerator[tuple[str, bytes | None], None]:
        """Every wanted blob of the tree, once, in any order. None: it could not be had, or is not what its id says."""
        known = {entry.blob: entry.size for entry in tree.entries}
        left = {one.blob: one for one in transfers.sizes_of(wanted, known) if is_object_id(one.blob)}
        ways = (
            (self._from_archive(tree, left), "archived"),
            (self._from_queries(left), "queried"),
            (self._one_by_one(left), "raw"),
        )
        for way, name in ways:
            async with aclosing(way):
                async for blob, data in way:
                    del left[blob]
                    self._count(name)
                    yield blob, data
        for blob in [blob for blob in dict.fromkeys(wanted) if blob in left or not is_object_id(blob)]:
            self._count("unreadable")
            yield blob, None

    async def _from_archive(self, tree: Tree, left: dict[str, Wanted]) -> AsyncGenerator[Found, None]:
        """What of the wanted is in the archive; nothing when that would cost more than it saves."""
        if not transfers.archive_pays(left.values(), sum(entry.size or 0 for entry in tree.entries)):
            return
        sizes = {one.blob: one.size for one in left.values() if one.size is not None}
        archive = Archive(sizes, self._bounds)
        try:
            async with aclosing(self._contents.archive(tree.commit)) as chunks:
                async for chunk in chunks:
                    for found in archive.feed(chunk):
                        yield found
                    if archive.done:
                        return
        except (BadArchive, *PASSED_OVER) as error:
            # It only saves calls: the rest comes the other ways.
            log.warning("archive not used further", commit=tree.commit, reason=str(error))

    async def _from_queries(self, left: dict[str, Wanted]) -> AsyncGenerator[Found, None]:
        """What GraphQL gives as text and is the blob when encoded again."""
        if len(left) <= transfers.FEW:
            return
        for group in _groups(transfers.queries(tuple(left.values())), QUERIES_AT_ONCE):
            for answer in await _together(self._queried(batch) for batch in group):
                for found in answer:
                    yield found

    async def _queried(self, batch: tuple[Wanted, ...]) -> list[Found]:
        """A batch; in small pieces when GitHub fails on it, so that one bad blob costs only its neighbours."""
        try:
            return await self._asked(batch)
        except ServerError:
            if len(batch) <= SMALL:
                return []
        found: list[Found] = []
        failures: list[ServerError] = []
        for piece in _groups(batch, SMALL):
            try:
                found += await self._asked(piece)
            except ServerError as error:
                failures.append(error)
            if len(failures) == MOST_FAILURES:
                raise failures[0]
        return found

    async def _asked(self, batch: tuple[Wanted, ...]) -> list[Found]:
        texts = await self._contents.blob_texts([one.blob for one in batch])
        proved = ((blob, _bytes_of(text, blob)) for blob, text in texts.items())
        return [(blob, data) for blob, data in proved if data is not None]

    async def _one_by_one(self, left: dict[str, Wanted]) -> AsyncGenerator[Found, None]:
        """What is too large, binary, or not what the other ways made of it."""
        for group in _groups(tuple(left.values())[: transfers.MOST_RAW], BLOBS_AT_ONCE):
            answers = await _together(self._raw(one) for one in group)
            for one, data in zip(group, answers, strict=True):
                if data is not None and is_blob(data, one.blob):
                    yield one.blob, data

    async def _raw(self, one: Wanted) -> bytes | None:
        limit = UNSTATED_LIMIT if one.size is None else one.size
        try:
            return await self._contents.blob(one.blob, limit)
        except (NotFound, Forbidden, Rejected, Oversized):
            return None

    def _count(self, way: str) -> None:
        self.transferred = replace(self.transferred, **{way: getattr(self.transferred, way) + 1})


def _bytes_of(text: BlobText, blob: str) -> bytes | None:
    """The blob's bytes, if decoding them to text has lost nothing."""
    if text.text is None or text.truncated:
        return None
    data = text.text.encode(errors="replace")
    return data if is_blob(data, blob) else None


def _groups(values: Sequence[T], width: int) -> Iterator[tuple[T, ...]]:
    return (tuple(values[at : at + width]) for at in range(0, len(values), width))


async def _together(calls: Iterable[Coroutine[object, object, T]]) -> list[T]:
    """All at once; when one fails, the others are stopped and it is raised."""
    tasks = [asyncio.create_task(call) for call in calls]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
