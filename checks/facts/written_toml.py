"""TOML files that a shell script writes from a here-document, as the tables and keys at their top."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts

_OPENS = re.compile(
    r"""^\s*cat\s+(?:>{1,2}\s*(?P<to>[^\s<>|;&]+)\s+<<-?\s*(?P<end>["']?\w+["']?)|<<-?\s*(?P<end2>["']?\w+["']?)\s*>{1,2}\s*(?P<to2>[^\s<>|;&]+))\s*$"""
)
_TABLE = re.compile(r"^\s*\[{1,2}\s*([A-Za-z_][\w-]*)")
_KEY = re.compile(r"^\s*([A-Za-z_][\w-]*)\s*=(?!=)")
_LONGEST = 300_000


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """One file that is written: its name, and each top-level table and key with its line."""

    name: str
    line: int
    names: tuple[tuple[str, int], ...]


@facts("*.sh", "*.bash", version=1)
@dataclass(frozen=True, slots=True)
class WrittenToml:
    """The files, in order."""

    files: tuple[WrittenFile, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        lines = text[:_LONGEST].split("\n")
        return cls(tuple(_written(lines)))


def _written(lines: list[str]) -> Iterator[WrittenFile]:
    number = 0
    while number < len(lines):
        opened = _OPENS.match(lines[number]) if len(lines[number]) < 500 else None
        number += 1
        if opened is None:
            continue
        name = (opened["to"] or opened["to2"]).strip("\"'").rpartition("/")[2]
        end, start = (opened["end"] or opened["end2"]).strip("\"'"), number
        while number < len(lines) and lines[number].strip() != end:
            number += 1
        if name.endswith(".toml") and "$" not in name:
            yield WrittenFile(name, start, tuple(_names(lines[start:number], start + 1)))


def _names(lines: list[str], first: int) -> Iterator[tuple[str, int]]:
    """Each table once, and the keys that stand before any."""
    seen: set[str] = set()
    inside = False
    for line, text in enumerate(lines, first):
        table = _TABLE.match(text)
        inside = inside or table is not None
        found = table or (None if inside else _KEY.match(text))
        if found and found[1] not in seen:
            seen.add(found[1])
            yield found[1], line
