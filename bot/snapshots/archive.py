"""Wanted blobs out of a gzipped tar, found by what they contain.

An archive is made by the author's rules (.gitattributes) and of the author's names, so nothing in it is believed:
names, links and modes are never looked at, only files of a wanted size whose bytes have a wanted id count.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.snapshots.blob_id import blob_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RECORD = 512
STEP = 256 * 1024
GZIP = 31  # zlib's word for "with a gzip header"
REGULAR = frozenset({b"0", b"\0"})
SIZE = slice(124, 136)
CHECKSUM = slice(148, 156)
KIND = slice(156, 157)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of an archive is read before it is taken for an attack. Source code packs about 4 : 1."""

    packed: int = 256 * 1024 * 1024
    unpacked: int = 1024 * 1024 * 1024
    members: int = 500_000
    ratio: int = 100
    ratio_from: int = 16 * 1024 * 1024


class BadArchive(Exception):  # noqa: N818 (a state of the archive; the reader stops, the review doesn't)
    """Not a gzipped tar, or more than the bounds allow. What was found before is good."""


class Archive:
    """Takes the archive's bytes as they come and gives back the blobs that are in them."""

    def __init__(self, wanted: Mapping[str, int], bounds: Bounds) -> None:
        self._left = set(wanted)
        self._sizes = set(wanted.values())
        self._sha256 = any(len(blob) == 64 for blob in wanted)
        self._bounds = bounds
        self._gzip = zlib.decompressobj(GZIP)
        self._packed = self._unpacked = self._members = 0
        self._buffer = bytearray()
        self._skipped = 0  # bytes still to be passed over
        self._size: int | None = None  # of the file being collected
        self._ended = False

    @property
    def done(self) -> bool:
        """Nothing more can come of it."""
        return self._ended or not self._left

    def feed(self, packed: bytes) -> Iterator[tuple[str, bytes]]:
        """The blobs that these bytes complete, each once."""
        self._packed += len(packed)
        while packed and not self.done:
            try:
                unpacked = self._gzip.decompress(packed, STEP)
            except zlib.error as error:
                raise BadArchive("not a gzip stream") from error
            packed = self._gzip.unconsumed_tail
            self._unpacked += len(unpacked)
            self._check_bounds()
            self._buffer += unpacked
            yield from self._found()

    def _check_bounds(self) -> None:
        bounds = self._bounds
        bomb = self._unpacked > bounds.ratio_from and self._unpacked > self._packed * bounds.ratio
        if bomb or self._packed > bounds.packed or self._unpacked > bounds.unpacked:
            raise BadArchive(f"{self._packed} bytes unpack to {self._unpacked} and more")
        if self._members > bounds.members:
            raise BadArchive(f"more than {bounds.members} members")

    def _found(self) -> Iterator[tuple[str, bytes]]:
        """Work off the buffer as far as it holds whole records and files."""
        while not self.done and self._skip():
            if self._size is None:
                if len(self._buffer) < RECORD:
                    return
                self._begin(self._cut(RECORD))
                continue
            if len(self._buffer) < self._size:
                return
            data = self._cut(self._size)
            self._skipped, self._size = -len(data) % RECORD, None
            blob = blob_id(data, sha256=self._sha256)
            if blob in self._left:
                self._left.remove(blob)
                yield blob, data

    def _begin(self, header: bytes) -> None:
        """A member's header: collect its bytes if they could be a wanted blob's, else pass over them."""
        if not any(header):
            self._ended = True
            return
        self._members += 1
        if _octal(header[CHECKSUM]) != sum(header) - sum(header[CHECKSUM]) + 8 * ord(" "):
            raise BadArchive("a header's checksum is wrong")
        size = _octal(header[SIZE])
        if header[KIND] in REGULAR and size in self._sizes:
            self._size = size
        else:
            self._skipped = size + -size % RECORD

    def _skip(self) -> bool:
        """Pass over what is to be passed over; whether that is all of it."""
        there = min(self._skipped, len(self._buffer))
        del self._buffer[:there]
        self._skipped -= there
        return self._skipped == 0

    def _cut(self, size: int) -> bytes:
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        return data


def _octal(field: bytes) -> int:
    text = field.strip(b" \0")
    if not text.isdigit() or set(text) & set(b"89"):
        raise BadArchive(
            "a header's number is not octal"
        )  # files over 8 GB have other forms; no blob of ours has
    return int(text, 8)
