"""The programs that the repository installs, with every word in their code that could be one of their subcommands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.cargo import CargoManifest
from checks.facts.pyproject import Pyproject
from checks.facts.rust_source import RustSource
from checks.facts.source import Source
from checks.snapshot import Snapshot

_CALLS = re.compile(r"(?:add_parser|add_typer|add_command|AddCommand|(?<=\.)subcommand)$")
_SUBCOMMAND = re.compile(r"\b[Ss]ubcommand\b")
_COMMAND = re.compile(r"\.(?:command|group)\b")


@dataclass(frozen=True, slots=True)
class OwnCommand:
    """A program, the file where its subcommands are, and the words that could name one."""

    name: str
    path: str
    words: frozenset[str]

    def defines(self, subcommand: str) -> bool:
        return _plain(subcommand) in self.words


@dataclass(frozen=True)
class OwnCommands:
    """The programs with subcommands, by name."""

    by_name: dict[str, OwnCommand]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls(
            {
                name: command
                for name, folder in _programs(snapshot)
                if (command := _read(snapshot, name, folder)) is not None
            }
        )

    def get(self, name: str) -> OwnCommand | None:
        return self.by_name.get(name)


def _programs(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """The name of each program and the folder of its package."""
    for path, cargo in snapshot.files(CargoManifest):
        folder = path.rpartition("/")[0]
        names = {target.name for target in cargo.declared("bin")} | (
            {cargo.name} if f"{folder}/src/main.rs".lstrip("/") in snapshot.paths else set()
        )
        yield from ((name, folder) for name in sorted(filter(None, names)))
    for path, python in snapshot.files(Pyproject):
        for entry in python.entry_points:
            if entry.group in {"console_scripts", "gui_scripts"}:
                yield entry.name, path.rpartition("/")[0]


def _read(snapshot: Snapshot, name: str, folder: str) -> OwnCommand | None:
    """The program's words, if its code has subcommands at all. Anything that might name one counts."""
    sources = [
        (path, source)
        for path, source in snapshot.shipped(Source)
        if path.startswith(f"{folder}/" if folder else "")
    ]
    where = next((path for path, source in sources if _has_subcommands(source)), None)
    if where is None:
        return None
    return OwnCommand(name, where, frozenset(word for _, source in sources for word in _words(source)))


def _has_subcommands(source: Source) -> bool:
    if any(_CALLS.search(call.callee) for call in source.calls):
        return True
    decorators = (decorator for definition in source.definitions for decorator in definition.decorators)
    if isinstance(source, RustSource):
        tags = (field.tag or "" for field in source.fields)  # the enum may be made by a macro
        return any(_SUBCOMMAND.search(text) for text in (*decorators, *tags))
    return any(_COMMAND.search(decorator) for decorator in decorators)


def _words(source: Source) -> Iterator[str]:
    yield from (_plain(name) for name in source.references)
    yield from (_plain(definition.name.rpartition(".")[2]) for definition in source.definitions)
    for literal in source.strings:
        if len(literal.value) < 60:
            yield from (_plain(word) for word in literal.value.split())


def _plain(word: str) -> str:
    """A name without case and separators: `MultiChat`, `multi_chat` and `multi-chat` are one."""
    return re.sub(r"[\W_]+", "", word).lower()
