"""Constants of the product that a test writes out again instead of importing them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.test_folders import role_in
from checks.derived.tree_paths import is_hidden
from checks.facts.roles import Role
from checks.facts.shell_source import ShellSource
from checks.facts.source import DefinitionKind, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.source import Definition
    from checks.snapshot import Snapshot

_LEAST = 40  # characters that are the same by no chance
_SPACE = re.compile(r"[\s'\"]+")
_CLOSED = re.compile(r",(?=[\])}])")
# What a test asks for, or where it runs, is its own, whatever the product calls it.
_OF_TESTS = re.compile(
    r"expect|test|mock|fake|sample|fixture|golden|url|path|dir$|root|file|alphabet|letters|digits|chars",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CopiedConstant:
    """A constant in a test, and the one of the product that it repeats."""

    name: str
    test: str
    line: int
    product: str
    product_line: int


@dataclass(frozen=True, slots=True)
class CopiedConstants:
    """The copies; `looked_at` counts the constants of tests that are long enough to tell."""

    copies: tuple[CopiedConstant, ...]
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        product: dict[tuple[str, str], tuple[str, int]] = {}
        tests: list[tuple[str, Definition, str]] = []
        for path, source in snapshot.files(Source):
            role = role_in(snapshot, path)
            if is_hidden(path) or isinstance(source, ShellSource):
                continue
            for constant, value in _constants(source):
                if role is Role.TEST or source.in_test(constant.line):
                    tests.append((path, constant, value))
                elif role is Role.SHIPPED:
                    product.setdefault((constant.name, value), (path, constant.line))
        copies = (
            CopiedConstant(constant.name, path, constant.line, *product[constant.name, value])
            for path, constant, value in tests
            if (constant.name, value) in product and not _OF_TESTS.search(constant.name)
        )
        return cls(tuple(copies), len(tests))


def _constants(source: Source) -> Iterator[tuple[Definition, str]]:
    """The lists and tables of literals, as they read without spaces and quotes."""
    for one in source.definitions:
        if one.kind is DefinitionKind.CONSTANT and one.value and one.name.isupper() and not one.inside:
            value = _CLOSED.sub("", _SPACE.sub("", one.value))
            if len(value) >= _LEAST and value[0] in "[{(":
                yield one, value
