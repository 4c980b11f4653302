"""go.mod and go.work: a Go module's path, its requirements and replacements, and a workspace's members."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import UnreadableFile, facts

_DIRECTIVE = re.compile(
    r"^(module|go|toolchain|require|replace|exclude|retract|tool|use|godebug|ignore)\b\s*(.*)$"
)


@dataclass(frozen=True, slots=True)
class GoRequirement:
    """A required module; `indirect` is what the comment says."""

    path: str
    version: str
    line: int
    indirect: bool = False


@dataclass(frozen=True, slots=True)
class GoReplacement:
    """`old [version] => new [version]`; a target that starts with a dot or slash is a folder."""

    path: str
    target: str
    line: int

    @property
    def is_local(self) -> bool:
        """Whether the target is a folder."""
        return self.target.startswith((".", "/"))


@facts("go.mod", version=1)
@dataclass(frozen=True, slots=True)
class GoModule:
    """What the module file declares."""

    path: str
    line: int
    go: str | None = None
    go_line: int | None = None
    toolchain: str | None = None
    requirements: tuple[GoRequirement, ...] = ()
    replacements: tuple[GoReplacement, ...] = ()
    tools: tuple[str, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        entries = list(_entries(text))
        module = next(
            ((words[0], line) for name, words, _, line in entries if name == "module" and words), None
        )
        if module is None:
            raise UnreadableFile("no module directive")
        first = {name: (words[0], line) for name, words, _, line in reversed(entries) if words}
        return cls(
            path=module[0],
            line=module[1],
            go=first["go"][0] if "go" in first else None,
            go_line=first["go"][1] if "go" in first else None,
            toolchain=first["toolchain"][0] if "toolchain" in first else None,
            requirements=tuple(
                GoRequirement(words[0], words[1], line, "indirect" in comment)
                for name, words, comment, line in entries
                if name == "require" and len(words) > 1
            ),
            replacements=tuple(_replacements(entries)),
            tools=tuple(words[0] for name, words, _, _ in entries if name == "tool" and words),
        )


@facts("go.work", version=1)
@dataclass(frozen=True, slots=True)
class GoWork:
    """A workspace: the folders it uses, each with its line."""

    folders: tuple[tuple[str, int], ...] = ()
    go: str | None = None
    replacements: tuple[GoReplacement, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        entries = list(_entries(text))
        return cls(
            folders=tuple((words[0], line) for name, words, _, line in entries if name == "use" and words),
            go=next((words[0] for name, words, _, _ in entries if name == "go" and words), None),
            replacements=tuple(_replacements(entries)),
        )


def _entries(text: str) -> Iterator[tuple[str, list[str], str, int]]:
    """(directive, words, comment, line), blocks opened."""
    block = None
    for number, raw in enumerate(text.split("\n"), 1):
        code, _, comment = raw.partition("//")
        code = code.strip()
        if block:
            if code == ")":
                block = None
            elif code:
                yield block, _words(code), comment, number
        elif found := _DIRECTIVE.match(code):
            if found.group(2).strip().startswith("("):
                block = found.group(1)
            else:
                yield found.group(1), _words(found.group(2)), comment, number


def _words(code: str) -> list[str]:
    return [word.strip('"`') for word in code.split()]


def _replacements(entries: list[tuple[str, list[str], str, int]]) -> Iterator[GoReplacement]:
    for name, words, _, line in entries:
        if name == "replace" and "=>" in words and words.index("=>") + 1 < len(words):
            yield GoReplacement(words[0], words[words.index("=>") + 1], line)
