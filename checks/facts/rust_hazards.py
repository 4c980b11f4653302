"""Places in Rust that panic on some input: text cut at a byte offset, the first element of an answer taken unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts

_SLICE = re.compile(
    r"(?P<name>\b[a-z_]\w{0,60}(?:\.[a-z_]\w{0,60}){0,6}(?:\(\))?)\[\.\.=?\s*(?P<bound>[^\[\]\n]{1,80})\]"
)
_FIXED = re.compile(r"^(?:\d[\d_]*(?:usize)?|[A-Z][A-Z0-9_]+|(?:std::cmp::|cmp::)?min\(.*|.*\.min\(.*)$")
_FIRST = re.compile(r"(?P<name>\b[a-z_]\w{0,60}(?:\.[a-z_]\w{0,60}){0,6}\.(?:choices|data|items|results|candidates|records|rows))\[0\]")  # fmt: skip
_MACRO = re.compile(
    r"\b(?:format|e?println?|write(?:ln)?|info|warn|debug|error|trace|bail|anyhow|panic)!\s*\("
)
_DISPLAYED = re.compile(r"\{[^{}?]*\}")
_TEXT_METHOD = re.compile(r"^\s*\.(?:to_string|chars|char_indices|trim\w*|lines|parse|to_lowercase|to_uppercase|split_whitespace|as_str)\b")  # fmt: skip
_LIST_METHOD = re.compile(r"^\s*\.(?:iter|into_iter|join|concat|to_vec|first|last|windows|chunks)\b")
_PUSHED = re.compile(r"push_str\(\s*&?\s*$")
_GUARD = re.compile(
    r"is_char_boundary|char_indices|char_boundary|is_ascii|\.is_empty\(\)|\.first\(\)|\.len\(\)\s*(?:==|>|<|!=)"
)
_BOUNDARY = re.compile(r"is_char_boundary|char_indices|char_boundary|is_ascii")
_WINDOW = 300  # characters of a statement before the slice


@dataclass(frozen=True, slots=True)
class Hazard:
    """One such place. `is_text` when what is done with the slice can be done with text only."""

    line: int
    name: str
    text: str
    is_text: bool = False


@facts("*.rs", version=2)
@dataclass(frozen=True, slots=True)
class RustHazards:
    """By line; `boundaries` and `guards` are the lines that ask about characters and lengths."""

    slices: tuple[Hazard, ...] = ()
    firsts: tuple[Hazard, ...] = ()
    boundaries: tuple[int, ...] = ()
    guards: tuple[int, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        code = "\n".join("" if row.lstrip().startswith("//") else row for row in text.split("\n"))
        where = _Lines(code)
        return cls(
            slices=tuple(_slices(code, where)),
            firsts=tuple(
                Hazard(where.line(match.start()), match["name"], match.group())
                for match in _FIRST.finditer(code)
            ),
            boundaries=tuple(where.line(match.start()) for match in _BOUNDARY.finditer(code)),
            guards=tuple(where.line(match.start()) for match in _GUARD.finditer(code)),
        )


class _Lines:
    """Line numbers of ascending offsets."""

    def __init__(self, text: str) -> None:
        self._text, self._offset, self._line = text, 0, 1

    def line(self, offset: int) -> int:
        if offset < self._offset:
            self._offset, self._line = 0, 1
        self._line += self._text.count("\n", self._offset, offset)
        self._offset = offset
        return self._line


def _slices(code: str, where: _Lines) -> Iterator[Hazard]:
    for match in _SLICE.finditer(code):
        if _FIXED.match(match["bound"].strip()):
            before = code[max(0, match.start() - _WINDOW) : match.start()]
            after = code[match.end() : match.end() + 40]
            shown = _is_shown(before) or bool(_TEXT_METHOD.match(after)) or bool(_PUSHED.search(before))
            shown = shown and _LIST_METHOD.match(after) is None
            yield Hazard(where.line(match.start()), match["name"], match.group(), shown)


def _is_shown(before: str) -> bool:
    """Whether the slice is an argument of a macro that displays it: bytes have no `{}`."""
    starts = list(_MACRO.finditer(before))
    if not starts:
        return False
    inside, depth = before[starts[-1].end() :], 1
    for character in inside:
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return False
    return _DISPLAYED.search(inside) is not None
