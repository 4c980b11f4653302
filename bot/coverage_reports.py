"""Coverage reports out of archives that anybody who opens a pull request can write.

Nothing in them is trusted, least of all what they say of their own sizes. Runs in the review's process.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from checks import Coverage, CoverageProblem, parse_coverage

LARGEST = 20_000_000  # bytes of one archive, and of all that is unpacked
MOST_MEMBERS = 5_000  # of one archive: a report in HTML has a page for each file
_REPORT = re.compile(r"\.(?:xml|json|info|lcov|out|txt|cov|coverprofile|profile)$", re.IGNORECASE)
_PLAIN = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError)


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
