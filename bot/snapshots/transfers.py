"""Which way blobs come from GitHub: decided by how many are wanted and how large they are. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FEW = 3  # so many are asked for one by one
MANY = 300  # more than so many are worth an archive
LARGEST_TEXT = 500_000  # GraphQL cuts a text at 512,000 bytes
MOST_IN_QUERY = 100
LARGEST_QUERY = 5 * 1000 * 1000
MOST_RAW = 300  # an author must not be able to spend the installation's hour on one review
CHEAP_ARCHIVE = 64 * 1024 * 1024
LARGEST_ARCHIVE = 1024 * 1024 * 1024
WASTE = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """A blob to get; `size` as its tree says it, None when no tree does."""

    blob: str
    size: int | None


def archive_pays(wanted: Iterable[Wanted], tree_bytes: int) -> bool:
    """Whether to fetch all of the commit: many blobs are wanted, and not from among much larger things."""
    sizes = [one.size for one in wanted if one.size is not None]
    worth = max(CHEAP_ARCHIVE, WASTE * sum(sizes))
    return len(sizes) > MANY and tree_bytes <= min(worth, LARGEST_ARCHIVE)


def queries(wanted: Iterable[Wanted]) -> tuple[tuple[Wanted, ...], ...]:
    """What GraphQL can give, in batches; the rest (large, of unknown size) has to come one by one."""
    batches: list[list[Wanted]] = []
    room = 0
    for one in wanted:
        if one.size is None or one.size >= LARGEST_TEXT:
            continue
        if not batches or len(batches[-1]) == MOST_IN_QUERY or one.size > room:
            batches.append([])
            room = LARGEST_QUERY
        batches[-1].append(one)
        room -= one.size
    return tuple(tuple(batch) for batch in batches)


def sizes_of(wanted: Iterable[str], known: Mapping[str, int | None]) -> tuple[Wanted, ...]:
    """The blobs, each once, with the sizes their tree tells."""
    return tuple(Wanted(blob, known.get(blob)) for blob in dict.fromkeys(wanted))
