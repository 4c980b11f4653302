"""Which Python a file's syntax needs: what an older interpreter refuses to compile, guarded or not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.facts.syntax import Span, Spans, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from checks.facts.syntax import Syntax

_PLAIN = {
    "parenthesised": ((3, 9), "several context managers in parentheses"),
    "matched": ((3, 10), "a match statement"),
    "generic": ((3, 12), "type parameters"),
}
_ALIAS = re.compile(r"type[ \t]+[A-Za-z_]\w*\s*[=\[]")
_QUOTE = re.compile(r"^[A-Za-z]*(\"\"\"|'''|\"|')")


@dataclass(frozen=True, slots=True)
class SyntaxNeed:
    """The first use of something that only this and later versions of Python can read."""

    version: tuple[int, int]
    what: str
    line: int


def syntax_needs(syntax: Syntax) -> tuple[SyntaxNeed, ...]:
    """One for each kind of construct, by version."""
    first: dict[str, SyntaxNeed] = {}
    for version, what, node in sorted(_found(syntax), key=lambda found: found[2].start_byte):
        first.setdefault(what, SyntaxNeed(version, what, line(node)))
    return tuple(sorted(first.values(), key=lambda need: (need.version, need.line)))


def _found(syntax: Syntax) -> Iterator[tuple[tuple[int, int], str, Node]]:
    for kind, (version, what) in _PLAIN.items():
        for node in syntax.nodes(kind):
            yield version, what, node
    for node in syntax.nodes("alias"):
        if _ALIAS.match(syntax.text(node, 100)):  # the grammar takes `type(x).y = z` for one
            yield (3, 12), "a type statement", node
    for node in syntax.nodes("handler"):
        if syntax.text(node, 20).removeprefix("except").lstrip().startswith("*"):
            yield (3, 11), "except*", node
    yield from _in_braces(syntax)


def _in_braces(syntax: Syntax) -> Iterator[tuple[tuple[int, int], str, Node]]:
    """Strings inside the braces of an f-string that end it for an older parser."""
    outer = Spans(
        Span(node.start_byte, node.end_byte, _quote(syntax, node.parent))
        for node in syntax.nodes("interpolation")
        if node.type == "interpolation" and node.parent is not None
    )
    for node in syntax.nodes("string"):
        around = outer.name_at(node.start_byte)
        if around and around in syntax.text(node):
            yield (3, 12), "an f-string with its own quotes inside", node
        elif around and "\\" in syntax.text(node):
            yield (3, 12), "an f-string with a backslash inside its braces", node


def _quote(syntax: Syntax, string: Node) -> str:
    match = _QUOTE.match(syntax.text(string, 20))
    return match.group(1) if match else ""
