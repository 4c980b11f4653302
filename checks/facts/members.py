"""Members that code reads (`config.retry.limit`), each with the word before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.facts.confinement import bytes_of, inside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checks.facts.syntax import Spans, Syntax

_CHAIN = re.compile(
    rb"((?<![\w$])[A-Za-z_]\w*+|[)\]}?>])((?:\s{0,80}\??\.\s{0,80}[A-Za-z_]\w*+)++)",
)
_WORD = re.compile(rb"\w+")
_ITSELF = frozenset({"self", "cls"})


def members(
    syntax: Syntax, scopes: Spans, test_lines: Sequence[tuple[int, int]] = ()
) -> frozenset[tuple[str, str]]:
    """(owner, name) of every member; `self` is named by its type. Tests and what only prints a value aside."""
    tests = bytes_of(syntax.data, test_lines)
    found: dict[tuple[str, str], list[int]] = {}
    for offset, owner, name in _members(syntax.code):
        found.setdefault((owner, name), []).append(offset)
    read = {("", syntax.text(node, 100)) for node in syntax.nodes("taken")}
    for (owner, name), offsets in found.items():
        # Only a `self`, and a use that may be a test's, has to be looked at one by one.
        for offset in offsets if tests or owner in _ITSELF else offsets[:1]:
            scope = scopes.name_at(offset) or ""
            if not inside(tests, offset) and not scope.endswith(".fmt"):
                read.add((scope.partition(".")[0] if owner in _ITSELF else owner, name))
    return frozenset(read)


def _members(code: bytes) -> Iterator[tuple[int, str, str]]:
    for match in _CHAIN.finditer(code):
        owner = "" if match.group(1) in b")]}?>" else match.group(1).decode()
        for word in _WORD.findall(match.group(2)):
            name = word.decode("utf-8", "ignore")
            yield match.start(), owner, name
            owner = name
