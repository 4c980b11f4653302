"""Paths in somebody's home folder, in any text file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts

MATCH_LIMIT = 50

_HOME = re.compile(
    r"(?<![\w./~$}{-])(/(?:Users|home)/[A-Za-z][\w.-]{1,40}/[\w.@+*-][\w./@+*-]{0,150}|[A-Z]:\\\\?Users\\\\?[A-Za-z][\w.-]{1,40}\\\\?[\w.-]{1,80})"
)


# An address of a web site: `"source": "/home/integrations"`.
_ROUTE = re.compile(
    r"[\"']?\b(?:source|destination|href|url|route|from|to|redirect\w*|permalink|slug|path)[\"']?\s{0,4}[:=]\s{0,4}[\"']$"
)
_OUTPUT = re.compile(r"(?:File \"|^\s*at |\(|file://|Traceback|node:internal).{0,20}$")


@dataclass(frozen=True, slots=True)
class HomePath:
    """An absolute path in somebody's home, as written."""

    text: str
    line: int


@facts(
    *(
        "*.md",
        "*.mdx",
        "*.rst",
        "*.toml",
        "*.yaml",
        "*.yml",
        "*.json",
        "*.ini",
        "*.cfg",
        "*.conf",
        "*.sh",
        "*.bash",
        "*.ps1",
    ),
    *("*.env", ".env*", "Makefile", "justfile"),
    version=2,
    size_limit=400_000,
)
@dataclass(frozen=True, slots=True)
class HomePathsInText:
    """The paths in somebody's home that a text names, at most fifty."""

    homes: tuple[HomePath, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        if "Users" not in text and "/home/" not in text:
            return cls()
        found: list[HomePath] = []
        for line, content in enumerate(text.split("\n"), 1):
            if "Users" in content or "/home/" in content:
                found += [
                    HomePath(match.group(1), line)
                    for match in _HOME.finditer(content[:4_000])
                    if not _is_output(content, match) and not _ROUTE.search(content[: match.start()][-60:])
                ]
        return cls(tuple(found[:MATCH_LIMIT]))


def _is_output(line: str, match: re.Match[str]) -> bool:
    """A line of a stack trace that was pasted: what a machine said, not what the document says."""
    return _OUTPUT.search(line[: match.start()][-60:]) is not None
