"""Pipfile and conda's environment.yml: what they install."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts
from checks.facts.requirement import Requirement, normalised, requirement
from checks.facts.toml_text import TomlText, document

_ITEM = re.compile(r"^\s*-\s+[\"']?([A-Za-z0-9][\w.:\[\]/-]*?)\s*(?:[=<>!~ \"'].*)?$")


@facts("Pipfile", version=2)
@dataclass(frozen=True, slots=True)
class Pipfile:
    """The packages and, marked as development, the dev-packages."""

    requirements: tuple[Requirement, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        parsed, where = document(text), TomlText(text)
        found = []
        for table, development in (("packages", False), ("dev-packages", True)):
            packages = parsed.get(table)
            for name, value in packages.items() if isinstance(packages, dict) else ():
                local = value.get("path") if isinstance(value, dict) else None
                path = local if isinstance(local, str) else None
                line = where.line(table, name)
                group = "dev" if development else None
                found.append(Requirement(normalised(name), line, "", group, development, path))
        return cls(tuple(found))


@facts("environment*.yml", "environment*.yaml", "conda*.yml", "conda*.yaml", version=1)
@dataclass(frozen=True, slots=True)
class CondaEnvironment:
    """The names under `dependencies:`, those of its pip list included."""

    requirements: tuple[Requirement, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        return cls(tuple(_conda(text)))


def _conda(text: str) -> Iterator[Requirement]:
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(r"^\S", line):
            inside = line.startswith("dependencies:")
            continue
        item = _ITEM.match(line) if inside else None
        found = requirement(item.group(1).rpartition("::")[2], number) if item else None
        if found:
            yield found
