"""Coverage reports among what the workflows on a head left: found and fetched. They are read in the review's process."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.coverage_reports import LARGEST
from bot.github.artifacts import Artifact
from bot.github.errors import Forbidden, NotFound, Oversized, Rejected, ServerError, Unreachable
from bot.github.repository import RepositoryCalls
from bot.log import get_logger

MOST_ARTIFACTS = 5
_NAMED = re.compile(r"cov", re.IGNORECASE)
_UNAVAILABLE = (Forbidden, NotFound, Oversized, Rejected, ServerError, Unreachable)


def candidates(artifacts: Sequence[Artifact]) -> tuple[Artifact, ...]:
    """The artifacts that may hold a coverage report, by name and size."""
    fitting = (
        one
        for one in artifacts
        if _NAMED.search(one.name) and not one.expired and one.size_in_bytes <= LARGEST
    )
    return tuple(fitting)[:MOST_ARTIFACTS]


async def has_report(calls: RepositoryCalls, head: str) -> bool:
    """Whether anything on this head looks like a coverage report; not where we may not look."""
    return bool(await _listed(calls, head))


async def archives(calls: RepositoryCalls, head: str) -> tuple[bytes, ...]:
    """The archives that may hold a report of this very commit. None without the permission: it is optional."""
    found: list[bytes] = []
    for artifact in await _listed(calls, head):
        try:
            found.append(await calls.artifacts.archive(artifact, LARGEST - sum(map(len, found))))
        except _UNAVAILABLE as error:
            get_logger().info("artifact not read", artifact=artifact.id, error=type(error).__name__)
    return tuple(found)


async def _listed(calls: RepositoryCalls, head: str) -> tuple[Artifact, ...]:
    if "actions" not in await calls.granted():
        return ()
    try:
        return candidates(await calls.artifacts.of_head(head))
    except _UNAVAILABLE as error:
        get_logger().info("artifacts not listed", error=type(error).__name__)
        return ()
