"""The repository's own programs that CI lets check it (`cargo xtask lint`): which tools these start stands in their code, not in CI."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checks.derived.own_commands import OwnCommand, OwnCommands
from checks.facts.shell_commands import ShellCommand
from checks.snapshot import Snapshot

_CHECKS = frozenset({"check", "lint", "fmt", "format", "test", "ci", "audit", "deny", "verify", "validate", "clippy", "precommit"})  # fmt: skip
_NAMES = frozenset({"-p", "--package", "--bin"})


@dataclass(frozen=True, slots=True)
class OwnProgram:
    """A program of this repository, and where CI runs it."""

    command: OwnCommand
    path: str
    line: int

    def may_start(self, tool: str) -> bool:
        """Whether every word of the tool ("cargo deny") is a word of the program's code."""
        return all(self.command.defines(word) for word in tool.split())


def own_programs(
    snapshot: Snapshot, commands: Iterable[tuple[ShellCommand, str, int]]
) -> tuple[OwnProgram, ...]:
    """The programs that CI runs with a subcommand that says that it checks, each with the first place."""
    own = snapshot.derived(OwnCommands)
    found: dict[str, OwnProgram] = {}
    for command, path, line in commands:
        name, after = _run(command.words)
        program = own.get(name)
        if program and not _CHECKS.isdisjoint(after[:2]):
            found.setdefault(name, OwnProgram(program, path, line))
    return tuple(found.values())


def _run(words: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The program and what follows it: `xtask lint`, `cargo xtask lint`, `cargo run -p xtask -- lint`."""
    if words[:2] == ("cargo", "run"):
        named = next((words[at + 1] for at, word in enumerate(words[:-1]) if word in _NAMES), "")
        return named, words[words.index("--") + 1 :] if "--" in words else ()
    rest = words[1:] if words[0] == "cargo" else words
    return (rest[0].rpartition("/")[2], rest[1:]) if rest else ("", ())
