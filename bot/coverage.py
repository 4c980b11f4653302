"""Coverage reports among what the workflows on a head left: found, fetched, and read within limits.

Whoever can open a pull request can write these archives: nothing in them is trusted, least of all what they say of
their own sizes. `covered` runs in the review's process.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from bot.github.artifacts import Artifact
from bot.github.errors import Forbidden, NotFound, Oversized, Rejected, ServerError, Unreachable
from bot.github.repository import RepositoryCalls
from bot.log import get_logger
from checks import Coverage, CoverageProblem, parse_coverage

LARGEST = 20_000_000  # bytes of one archive, and of all that is unpacked
MOST_ARTIFACTS = 5
MOST_MEMBERS = 5_000  # of one archive: a report in HTML has a page for each file
_NAMED = re.compile(r"cov", re.IGNORECASE)
_REPORT = re.compile(r"\.(?:xml|json|info|lcov|out|txt|cov|coverprofile|profile)$", re.IGNORECASE)
_PLAIN = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_UNAVAILABLE = (Forbidden, NotFound, Oversized, Rejected, ServerError, Unreachable)
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError)


def candidates(artifacts: Sequence[Artifact]) -> tuple[Artifact, ...]:
    """The artifacts that may hold a coverage report, by name and size."""
    fitting = (
        one for one in artifacts if _NAMED.search(one.name) and not one.expired and one.size_in_bytes <= LARGEST
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
            found.append(await calls.artifacts.archive(artifact, LARGEST))
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


def covered(zipped: Sequence[bytes]) -> Coverage | None:
    """What the reports in these archives say together; None where there is none to be read."""
    reports: list[Coverage] = []
    room = LARGEST
    for data in zipped:
        for member in _members(data, room):
            room -= len(member)
            try:
                reports.append(parse_coverage(member))
            except CoverageProblem:
                continue
    return Coverage.joined(reports) if reports else None


def _members(data: bytes, room: int) -> Iterator[bytes]:
    """The files that may be reports, as long as there is room; what is broken or packed in no usual way ends it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.infolist()
            for info in listed if len(listed) <= MOST_MEMBERS else ():
                if info.is_dir() or info.compress_type not in _PLAIN or not _REPORT.search(info.filename):
                    continue
                with archive.open(info) as member:
                    content = member.read(room + 1)
                if len(content) > room:
                    return
                room -= len(content)
                yield content
    except _BROKEN:
        return
