"""Numbers that may be ports, in code and configuration: what a program could listen on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts

_NUMBER = re.compile(
    r"(?:([A-Z][A-Z0-9_]{2,})[\"']?\s?[=:]\s?[\"']?)?(?<![\w.])(?<![a-zA-Z]:)(?:\d{1,3}(?:\.\d{1,3}){3}:)?(\d{2,5}|\d{1,2}_\d{3})(?![\w.])"
)
_LOCAL = re.compile(r"\b(?:localhost|port|Port|PORT|addr|listen|bind):(\d{2,5})\b")
# A port that a container or a service declares, publishes or is probed on, and the value of a variable below its name.
_DECLARES = re.compile(
    r"^[\s-]*(?:EXPOSE\b|(?:container|target|node|host)?[pP]ort:|value:)|prometheus\.io/port|^\s*-\s*[\"']?[\d.:$\{\}\w-]*:\d+(?:/\w+)?[\"']?\s*$"
)
_LONGEST = 300_000
_LIMIT = 5_000


@facts(
    "*.py",
    "*.go",
    "*.rs",
    "*.ts",
    "*.tsx",
    "*.js",
    "*.mjs",
    "*.cjs",
    "*.json",
    "*.yml",
    "*.yaml",
    "*.toml",
    "*.ini",
    "*.cfg",
    "*.conf",
    "*.sh",
    "*.env",
    ".env*",
    "*.rb",
    "*.java",
    "*.kt",
    "*.php",
    "*.tpl",
    "*.tmpl",
    "Makefile",
    "Procfile*",
    "Dockerfile*",
    "*.Dockerfile",
    "Caddyfile*",
    "entrypoint*",
    version=1,
)
@dataclass(frozen=True, slots=True)
class NumbersNamed:
    """The numbers of a text; `assigned` are those that only a variable in capitals is set to.

    Lines that only declare a port of a container, and ports of other hosts (`db:5432`), are left out.
    """

    numbers: frozenset[int] = frozenset()
    assigned: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def extract(cls, text: str) -> Self:
        numbers: set[int] = set()
        assigned: set[tuple[str, int]] = set()
        for line in text.split("\n") if len(text) <= _LONGEST else ():
            if len(line) <= _LIMIT and not _DECLARES.search(line):
                numbers |= {int(number) for number in _LOCAL.findall(line)}
                for name, number in _NUMBER.findall(line):
                    if name:
                        assigned.add((name, int(number)))
                    else:
                        numbers.add(int(number))
        return cls(frozenset(numbers), frozenset(assigned))
