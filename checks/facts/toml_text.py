"""Where things stand in a TOML text: tomllib gives values without lines, this finds the lines."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from pydantic import JsonValue

from checks.facts.kinds import broken

_HEADER = re.compile(r"^\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_AT_LINE = re.compile(r"\(at line (\d+),")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")


def parts(dotted: str) -> tuple[str, ...]:
    """The parts of a dotted key, without quotes."""
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def document(text: str) -> dict[str, Any]:
    """The parsed TOML; UnreadableFile with tomllib's own words where it is none."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError) as error:
        line = _AT_LINE.search(str(error))
        raise broken(text, f"not TOML: {error}", int(line.group(1)) if line else None) from None


def plain(value: object) -> JsonValue:
    """A TOML value as JSON: dates and times become their text."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, (str, int, float, bool)):
        return value
    return str(value)


class TomlText:
    """The lines of keys and tables; a second table of the same name (`[[bin]]`) counts as its own place."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self._keys: dict[tuple[str, ...], list[int]] = {}
        table: tuple[str, ...] = ()
        for number, line in enumerate(self.lines, 1):
            if header := _HEADER.match(line):
                table = parts(header.group(1))
                self._keys.setdefault(table, []).append(number)
            elif key := _KEY.match(line):
                self._keys.setdefault((*table, *parts(key.group(1))), []).append(number)

    def line(self, *key: str, index: int = 0) -> int:
        """The line of a key or table, by its path; that of the nearest parent where it has none of its own."""
        for length in range(len(key), 0, -1):
            if found := self._keys.get(key[:length]):
                return found[min(index, len(found) - 1)]
        return 1

    def item(self, text: str, *key: str) -> int:
        """The line at or after the key where an item of its array is written."""
        start = self.line(*key)
        return next(
            (number for number, line in enumerate(self.lines[start - 1 :], start) if text in line), start
        )

    def tables(self) -> dict[str, int]:
        """Every table and key by its dotted path, with its first line."""
        return {".".join(key): lines[0] for key, lines in self._keys.items()}
