"""Attributes of a Rust file: which item each belongs to, and what only tests compile."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from checks.facts.syntax import Span, Spans, end_line, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from checks.facts.syntax import Syntax

ITEMS = (
    *(
        "use",
        "crate",
        "module",
        "function",
        "signature",
        "class",
        "trait",
        "impl",
        "alias",
        "macro",
        "constant",
    ),
    "field",
)
CONDITION = re.compile(r"^cfg\((.*)\)$", re.DOTALL)
# `test`, or a feature that is named after tests (`e2e_tests`, `test-utils`), first in the condition.
_FOR_TESTS = r'(?:test\b|feature\s*=\s*"(?:[\w-]*[_-])?(?:e2e|tests?|testing|testutils?)(?:[_-][\w-]*)?")'
TEST = re.compile(
    rf"^(?:cfg\((?:(?:all|any)\(\s*)?{_FOR_TESTS}.*|(?:\w+::)*(?:test|rstest|test_case|quickcheck|proptest)\b.*)"
)
PATH = re.compile(r'^path\s*=\s*"([^"]+)"')


class Attributes:
    """Attributes by the item that follows them."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.inner = [self._text(node) for node in syntax.nodes("inner")]

    def _text(self, node: Node) -> str:
        text = self.syntax.flat(node, 210)
        return re.sub(r"^#!?\[|\]$", "", text)[:200]

    @cached_property
    def items(self) -> list[Node]:
        return sorted(
            (node for kind in ITEMS for node in self.syntax.nodes(kind)), key=lambda node: node.start_byte
        )

    @cached_property
    def _owned(self) -> dict[int, list[Node]]:
        """The attributes of each item, by where the item starts."""
        attributes = sorted(self.syntax.nodes("attribute"), key=lambda node: node.start_byte)
        starts = sorted({node.start_byte for node in self.items})
        owned: dict[int, list[Node]] = {}
        following: tuple[int, int | None] = (-1, None)  # where the next attribute starts, and its item
        for node in reversed(attributes):
            index = bisect_left(starts, node.end_byte)
            nearest = starts[index] if index < len(starts) else None
            if following[1] is not None and self._adjoins(node.end_byte, following[0]):
                nearest = following[1]
            elif nearest is None or not self._adjoins(node.end_byte, nearest):
                nearest = None
            if nearest is not None:
                owned.setdefault(nearest, []).insert(0, node)
            following = (node.start_byte, nearest)
        return owned

    def _adjoins(self, start: int, end: int) -> bool:
        return end - start < 20_000 and not self.syntax.code[start:end].strip()

    def of(self, item: Node) -> tuple[str, ...]:
        """The attributes of an item, without their brackets."""
        return tuple(self._text(node) for node in self._owned.get(item.start_byte, ()))

    def first_line(self, item: Node) -> int:
        """Where the item begins, its attributes included."""
        owned = self._owned.get(item.start_byte)
        return line(owned[0]) if owned else line(item)

    def path(self, item: Node) -> str | None:
        return next((match.group(1) for text in self.of(item) if (match := PATH.match(text))), None)

    def condition(self, item: Node) -> str | None:
        """The cfg that the item, or what is around it, is compiled under."""
        own = next((match.group(1) for text in self.of(item) if (match := CONDITION.match(text))), None)
        return own or self._conditions.name_at(item.start_byte)

    @cached_property
    def _conditions(self) -> Spans:
        return Spans(
            Span(item.start_byte, item.end_byte, match.group(1))
            for item in self.items
            for text in self.of(item)
            if (match := CONDITION.match(text))
        )

    @cached_property
    def build_constraint(self) -> str | None:
        return next((match.group(1) for text in self.inner if (match := CONDITION.match(text))), None)

    def test_lines(self, lines: int) -> tuple[tuple[int, int], ...]:
        """The lines of items and statements that only tests compile; those inside another are left out."""
        if any(TEST.match(text) for text in self.inner):
            return ((1, max(lines, 1)),)
        spans = [
            (self.first_line(item), end_line(item))
            for item in self.items
            if any(TEST.match(text) for text in self.of(item))
        ]
        found: list[tuple[int, int]] = []
        for first, last in sorted([*spans, *self._statements()]):
            if not found or first > found[-1][1]:
                found.append((first, last))
        return tuple(found)

    def _statements(self) -> Iterator[tuple[int, int]]:
        """The lines of statements that only tests compile."""
        owned = {node.id for nodes in self._owned.values() for node in nodes}
        for node in self.syntax.nodes("attribute"):
            if node.id not in owned and TEST.match(self._text(node)):
                following = node.next_named_sibling
                if following is not None:
                    yield line(node), end_line(following)
