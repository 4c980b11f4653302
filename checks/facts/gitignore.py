"""A .gitignore file as facts: its patterns, in order, and whether they keep a path out of the tree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import re2
from pathspec import GitIgnoreSpec

from checks.facts.kinds import UnreadableFile, facts

PATTERN_LIMIT = 5_000
_LONGEST = 4_096  # characters of a path: a longer pattern matches none


@dataclass(frozen=True, slots=True)
class IgnorePattern:
    """One pattern as written, with its line."""

    text: str
    line: int


@facts(".gitignore", version=3, size_limit=200_000)
@dataclass(frozen=True, slots=True)
class GitIgnore:
    """The patterns of one .gitignore; paths are relative to its folder."""

    rules: tuple[IgnorePattern, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        lines = ((line.rstrip(), number) for number, line in enumerate(text.split("\n"), 1))
        patterns = tuple(
            IgnorePattern(line, number) for line, number in lines if line and not line.startswith("#")
        )
        if len(patterns) > PATTERN_LIMIT:
            raise UnreadableFile(f"{len(patterns)} patterns: too many to be read")
        return cls(tuple(pattern for pattern in patterns if _is_valid(pattern.text)))

    def verdict(self, path: str) -> tuple[bool, IgnorePattern] | None:
        """Whether the last pattern that speaks of the path ignores it or takes it back; None if none speaks.

        A folder's path ends with a slash.
        """
        result = _spec(tuple(rule.text for rule in self.rules)).check_file(path)
        if result.include is None or result.index is None:
            return None
        return result.include, self.rules[result.index]


def _is_valid(pattern: str) -> bool:
    """Git passes over a pattern that it can't read; so do we, and over one that is longer than any path."""
    if len(pattern) > _LONGEST:
        return False
    try:
        GitIgnoreSpec.from_lines([pattern], backend="re2").check_file("x")
    except (ValueError, re.error, re2.error):
        return False
    return True


@lru_cache(maxsize=2_000)
def _spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    """The compiled patterns, on the linear-time engine: a pattern full of stars can't make it slow."""
    return GitIgnoreSpec.from_lines(patterns, backend="re2")
