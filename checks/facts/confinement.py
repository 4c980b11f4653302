"""Names that a file uses only where that proves nothing: inside their own definition, or in what only tests compile."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from checks.facts.source import Definition
    from checks.facts.syntax import Spans, Syntax


def confined(
    syntax: Syntax,
    scopes: Spans,
    definitions: Iterable[Definition],
    test_lines: Sequence[tuple[int, int]] = (),
) -> frozenset[str]:
    """Those of the file's identifiers of which every use is in a definition of that name or in test code."""
    tests = bytes_of(syntax.data, test_lines)
    own = {definition.name.rpartition(".")[2] for definition in definitions}
    words = syntax.identifiers if tests else own & syntax.identifiers.keys()
    return frozenset(
        word
        for word in words
        if all(
            inside(tests, offset) or (word in own and _is_within(scopes.name_at(offset), word))
            for offset in syntax.identifiers[word]
        )
    )


def _is_within(scope: str | None, word: str) -> bool:
    return scope is not None and word in scope.split(".")


def bytes_of(data: bytes, lines: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges of lines, which count from 1, as ranges of bytes."""
    if not lines:
        return []
    starts = [0, *(index + 1 for index, byte in enumerate(data) if byte == 10), len(data) + 1]
    return [(starts[first - 1], starts[min(last, len(starts) - 1)]) for first, last in lines]


def inside(ranges: list[tuple[int, int]], offset: int) -> bool:
    """Whether the offset lies in one of the ranges."""
    index = bisect_right(ranges, (offset, len(ranges) and ranges[-1][1])) - 1
    return index >= 0 and offset < ranges[index][1]


def copied(syntax: Syntax) -> frozenset[str]:
    """Those of the file's identifiers that are only read to fill a field or an argument of the same name."""
    counts: dict[str, int] = {}
    for captures in syntax.each("copied"):
        word = syntax.text(captures["copied"][0])
        if word == syntax.text(captures["copied.into"][0]):
            counts[word] = counts.get(word, 0) + 1
    return frozenset(word for word, count in counts.items() if count == len(syntax.identifiers.get(word, ())))
