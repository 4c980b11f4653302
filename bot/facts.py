"""The facts that a review needs: from the cache, else the blobs are fetched and read by the worker processes."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from bot.snapshots.engines import for_want_of_engine
from bot.snapshots.extraction import Extractor, Task
from bot.snapshots.remote import RemoteContents
from bot.store.facts import FactsCache
from bot.trees import Trees
from checks import Request, Tree, unreadable

_BATCH_BYTES = 16_000_000  # of file contents in memory at a time
_MISSING = unreadable("GitHub did not give its content")

Facts = Mapping[tuple[str, str], bytes]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Facts by (blob, kind), and how many came from where."""

    facts: Facts
    cached: int
    extracted: int


class FactsReader:
    """Reads facts of one repository's blobs."""

    def __init__(self, cache: FactsCache, extractor: Extractor) -> None:
        self._cache = cache
        self._extractor = extractor

    async def gather(
        self, repository: int, contents: RemoteContents, trees: Trees, wanted: Sequence[Request]
    ) -> Gathered:
        """All wanted facts: the head's blobs by the head's tree, the base's others by the base's."""
        known = await self._cache.read(repository, wanted)
        cached = len(known)
        missing = [request for request in wanted if request not in known]
        of_head = {entry.blob for entry in trees.head.entries}
        for tree, some in (
            (trees.head, [r for r in missing if r.blob in of_head]),
            (trees.base, [r for r in missing if r.blob not in of_head]),
        ):
            known |= await self._extract(repository, contents, tree, some)
        facts = {(request.blob, request.kind): data for request, data in known.items()}
        return Gathered(facts, cached, len(known) - cached)

    async def _extract(
        self, repository: int, contents: RemoteContents, tree: Tree, missing: Sequence[Request]
    ) -> dict[Request, bytes]:
        if not missing:
            return {}
        by_blob: dict[str, list[Request]] = {}
        for request in missing:
            by_blob.setdefault(request.blob, []).append(request)
        read: dict[Request, bytes] = {}
        waiting: list[tuple[Request, bytes]] = []
        size = 0
        async with aclosing(contents.blobs(tree, tuple(by_blob))) as blobs:
            async for blob, data in blobs:
                if data is None:  # not kept: the next review may be luckier
                    read |= dict.fromkeys(by_blob[blob], _MISSING)
                    continue
                waiting += ((request, data) for request in by_blob[blob])
                size += len(data)
                if size >= _BATCH_BYTES:
                    read |= await self._run(repository, waiting)
                    waiting, size = [], 0
        return read | await self._run(repository, waiting)

    async def _run(self, repository: int, waiting: Iterable[tuple[Request, bytes]]) -> dict[Request, bytes]:
        requests = {(request.blob, request.kind): request for request, _ in waiting}
        facts = await self._extractor.run_async(
            Task(request.blob, request.kind, data) for request, data in waiting
        )
        found = {requests[key]: data for key, data in facts.items()}
        await self._cache.keep(
            repository, {request: data for request, data in found.items() if not for_want_of_engine(data)}
        )
        return found
