"""The file that shows which environment variables to set: `.env.example` and its like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts

_VARIABLE = re.compile(r"^\s*(?:export\s+)?([A-Z][A-Z0-9_]{2,99})\s*=(.*)$")


@dataclass(frozen=True, slots=True)
class ExampleVariable:
    """A variable that is to be set; what is commented out is not."""

    name: str
    value: str  # at most 200 characters
    line: int


@facts(
    ".env.example",
    ".env.sample",
    ".env.template",
    ".env.dist",
    ".env.*.example",
    "env.example",
    "env.sample",
    "*.env.example",
    "*.env.sample",
    version=1,
)
@dataclass(frozen=True, slots=True)
class EnvironmentExample:
    """The variables of an example, in the order of the text."""

    variables: tuple[ExampleVariable, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        found = (
            ExampleVariable(match.group(1), match.group(2).strip()[:200], number)
            for number, line in enumerate(text.split("\n"), 1)
            if (match := _VARIABLE.match(line[:500]))
        )
        return cls(tuple(found)[:2_000])
