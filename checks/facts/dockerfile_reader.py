"""A Dockerfile's text as instructions: parser directives, continuations, comments between them, here-documents."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

_DIRECTIVE = re.compile(r"^#\s*(syntax|escape|check)\s*=\s*(\S.*?)\s*$", re.IGNORECASE)
_HEREDOC = re.compile(r"<<-?\s*([\"']?)([A-Za-z_]\w*)\1")
_WITH_HEREDOC = frozenset({"RUN", "COPY", "ADD"})
_FLAG = re.compile(r"^--([a-z][a-z-]*)(?:=(\S*))?(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction. `line` is its first line; `arguments` the words of the exec form, else None.

    `text` is what follows the keyword and flags, continuation lines joined by newlines.
    """

    keyword: str
    line: int
    text: str
    flags: tuple[tuple[str, str], ...] = ()
    arguments: tuple[str, ...] | None = None
    heredocs: tuple[str, ...] = ()
    lead: int = 0  # lines between `line` and the text's first line
    on_build: bool = False

    def flag(self, name: str) -> str | None:
        """The value of a flag: "" where it has none, None where it is absent."""
        return next((value for key, value in self.flags if key == name), None)

    @property
    def is_exec_form(self) -> bool:
        return self.arguments is not None

    @property
    def words(self) -> tuple[str, ...]:
        """The words: of the exec form, or split at spaces."""
        return self.arguments if self.arguments is not None else tuple(self.text.split())


def directives(text: str) -> dict[str, str]:
    """The parser directives at the head of the file."""
    found: dict[str, str] = {}
    for line in text.split("\n"):
        match = _DIRECTIVE.match(line)
        if not match:
            break
        found.setdefault(match.group(1).lower(), match.group(2))
    return found


def instructions(text: str) -> Iterator[Instruction]:
    """The instructions in order; nothing is refused, what makes no sense has an odd keyword."""
    escape = directives(text).get("escape", "\\")[:1]
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        if not lines[number].strip() or lines[number].lstrip().startswith("#"):
            number += 1
            continue
        first = number + 1
        parts, number = _logical_line(lines, number, escape)
        joined = "\n".join(parts)
        keyword, rest = _keyword(joined)
        bodies: list[str] = []
        if keyword.upper() in _WITH_HEREDOC or keyword.upper() == "ONBUILD":
            bodies, number = _bodies(lines, number, rest)
        yield _instruction(keyword, rest, first, tuple(bodies))


def _keyword(text: str) -> tuple[str, str]:
    """The first word and what follows it, newlines kept."""
    word = (text.split(maxsplit=1) or [""])[0]
    return word, text.lstrip()[len(word) :]


def _logical_line(lines: list[str], number: int, escape: str) -> tuple[list[str], int]:
    """The pieces of a line with its continuations; empty lines and comments between them are blank pieces."""
    parts: list[str] = []
    continued = True
    while continued and number < len(lines):
        line = lines[number].rstrip()
        number += 1
        bare = line.lstrip()
        if parts and (not bare or bare.startswith("#")):
            parts.append("")
            continue
        continued = line.endswith(escape)
        parts.append(line[:-1] if continued else line)
    return parts, number


def _bodies(lines: list[str], number: int, rest: str) -> tuple[list[str], int]:
    """The here-documents that the instruction opens."""
    bodies: list[str] = []
    for match in _HEREDOC.finditer(rest):
        end = next((i for i in range(number, len(lines)) if lines[i].strip() == match.group(2)), None)
        if end is None:
            break
        bodies.append("\n".join(lines[number:end]))
        number = end + 1
    return bodies, number


def _instruction(
    keyword: str, rest: str, line: int, heredocs: tuple[str, ...], *, on_build: bool = False
) -> Instruction:
    keyword, whole = keyword.upper(), rest
    if keyword == "ONBUILD" and not on_build:
        inner, remainder = _keyword(rest)
        return _instruction(inner, remainder, line, heredocs, on_build=True)
    flags: list[tuple[str, str]] = []
    while match := _FLAG.match(rest.lstrip()):
        flags.append((match.group(1), match.group(2) or ""))
        rest = rest.lstrip()[match.end() :]
    text = rest.strip()
    lead = whole[: whole.index(text)].count("\n") if text else 0
    return Instruction(keyword, line, text, tuple(flags), _exec_form(text), heredocs, lead, on_build)


def _exec_form(rest: str) -> tuple[str, ...] | None:
    if not rest.startswith("["):
        return None
    try:
        words = json.loads(rest.replace("\n", " "))
    except (ValueError, RecursionError):
        return None
    return tuple(words) if isinstance(words, list) and all(isinstance(word, str) for word in words) else None
