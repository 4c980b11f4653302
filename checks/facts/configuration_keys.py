"""The keys of a configuration file in TOML or YAML, down to its second level."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts

_HEADER = re.compile(r"^\[{1,2}\s*([\w.-]+)\s*\]{1,2}\s*(?:#.*)?$")
_TOML = re.compile(r"^([\w-]+)\s*=")
_YAML = re.compile(r"^( {0,8})([A-Za-z_][\w-]*)\s*:(?:\s|$)")
_TEMPLATE = re.compile(r"\{\{|\{%|<%|^apiVersion:|^kind:", re.MULTILINE)
_MOST = 2_000


@dataclass(frozen=True, slots=True)
class ConfigurationKey:
    """A key with its line; `section` is the key above it, "" at the top."""

    name: str
    line: int
    section: str = ""


@facts("*.toml", "*.yaml", "*.yml", version=1, size_limit=100_000)
@dataclass(frozen=True, slots=True)
class ConfigurationKeys:
    """The keys in order; none where the file is a template or holds several documents."""

    keys: tuple[ConfigurationKey, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        if _TEMPLATE.search(text) or "\n---" in text.lstrip("-\n"):
            return cls()
        lines = list(enumerate(text.split("\n"), 1))
        is_toml = any(_TOML.match(row) or _HEADER.match(row) for _, row in lines[:200])
        found = list(_of_toml(lines) if is_toml else _of_yaml(lines))
        return cls(tuple(found[:_MOST]))


def _of_toml(lines: list[tuple[int, str]]) -> Iterator[ConfigurationKey]:
    section, seen, quoted = "", set(), False
    for number, row in lines:
        if row.count('"""') % 2 or row.count("'''") % 2:
            quoted = not quoted
            if quoted and (key := _TOML.match(row)) and section.count(".") == 0:
                yield ConfigurationKey(key.group(1), number, section)
            continue
        header = _HEADER.match(row) if not quoted else None
        if header is not None:
            section = header.group(1)
            top, _, rest = section.partition(".")
            if top not in seen:
                seen.add(top)
                yield ConfigurationKey(top, number)
            if rest and "." not in rest:
                yield ConfigurationKey(rest, number, top)
        elif not quoted and (key := _TOML.match(row)) and "." not in section:
            yield ConfigurationKey(key.group(1), number, section)


def _of_yaml(lines: list[tuple[int, str]]) -> Iterator[ConfigurationKey]:
    top, inner = "", 0
    for number, row in lines:
        found = _YAML.match(row)
        if found is None:
            continue
        depth, name = len(found.group(1)), found.group(2)
        if depth == 0:
            top, inner = name, 0
            yield ConfigurationKey(name, number)
        elif top and inner in (0, depth):
            inner = depth
            yield ConfigurationKey(name, number, top)
