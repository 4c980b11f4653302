"""JSON with the lines of its keys; comments and trailing commas are taken out first where the kind allows them."""

from __future__ import annotations

import json
import re
from typing import Any

from checks.facts.kinds import UnreadableFile, broken

_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_STRUCTURE = re.compile(r'"((?:[^"\\\n]|\\.)*)"(\s*:)?|[{}\[\],\n]')


def without_comments(text: str) -> str:
    """The same text with comments blanked (lines kept) and trailing commas removed."""

    def blank(match: re.Match[str]) -> str:
        token = match.group(0)
        return token if token.startswith('"') else re.sub(r"[^\n]", " ", token)

    bare = _TOKEN.sub(blank, text)
    pieces, last = [], 0
    for match in _TOKEN.finditer(bare):
        pieces += [_TRAILING_COMMA.sub(" ", bare[last : match.start()]), match.group(0)]
        last = match.end()
    return "".join([*pieces, _TRAILING_COMMA.sub(" ", bare[last:])])


def json_object(text: str) -> dict[str, Any]:
    """The parsed object; UnreadableFile where the text is none."""
    try:
        parsed = json.loads(text)
    except ValueError as error:
        raise broken(text, f"not JSON: {error}", getattr(error, "lineno", None)) from None
    if not isinstance(parsed, dict):
        raise UnreadableFile("not a JSON object")
    return parsed


class JsonText:
    """The line of every key and array item of a valid text, by its path ("scripts", "build"); items by their index."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[str, ...], int] = {}
        line = 1
        stack: list[list[Any]] = []  # [is array, current key or index]
        for match in _STRUCTURE.finditer(text):
            mark = match.group(0)
            if mark == "\n":
                line += 1
            elif mark in "{[":
                self._note(stack, line)
                stack.append([mark == "[", 0])
            elif mark in "}]":
                stack.pop()
            elif mark != ",":
                self._text(stack, match, line)
            elif stack[-1][0]:
                stack[-1][1] += 1

    def _text(self, stack: list[list[Any]], match: re.Match[str], line: int) -> None:
        if match.group(2):
            stack[-1][1] = match.group(1)
            self._lines.setdefault(tuple(str(key) for _, key in stack), line)
            return
        self._note(stack, line)

    def _note(self, stack: list[list[Any]], line: int) -> None:
        if stack and stack[-1][0]:
            self._lines.setdefault(tuple(str(key) for _, key in stack), line)

    def line(self, *key: str | int) -> int:
        """The line of a key or item, or of its nearest parent."""
        path = tuple(str(part) for part in key)
        for length in range(len(path), 0, -1):
            if found := self._lines.get(path[:length]):
                return found
        return 1
