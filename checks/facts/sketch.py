"""A sketch of a text: enough to tell whether one file is another one, moved and edited."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from checks.facts.kinds import facts

LINES_KEPT = (
    1_000  # the smallest hashes: a bottom-k sample, so that large files compare as cheaply as small ones
)


@facts(version=1)
@dataclass(frozen=True, slots=True)
class Sketch:
    """Hashes of the text's lines, white space aside. Made only for files that a change adds or removes."""

    hashes: frozenset[int]

    @classmethod
    def extract(cls, text: str) -> Sketch:
        lines = {line for raw in text.splitlines() if (line := raw.strip())}
        return cls(frozenset(sorted({zlib.crc32(line.encode()) for line in lines})[:LINES_KEPT]))

    def likeness(self, other: Sketch) -> float:
        """Share of lines in common, 0 to 1; two empty texts have nothing in common."""
        union = len(self.hashes | other.hashes)
        return len(self.hashes & other.hashes) / union if union else 0.0
