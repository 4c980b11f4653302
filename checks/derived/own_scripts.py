"""The repository's own shell scripts that people start, with what runs them: CI, an image, a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.ci_commands import ContinuousIntegration
from checks.facts.dockerfile import Dockerfile
from checks.facts.roles import Role
from checks.facts.shell_commands import ShellCommand
from checks.facts.shell_script import ShellScript
from checks.facts.shell_structure import ShellStructure
from checks.snapshot import Snapshot

_OURS = frozenset({Role.SHIPPED, Role.TOOL, Role.TEST})
_CONTAINER = re.compile(
    r"(?:^|/)(?:\.?devcontainer|docker|containers?|images?|rootfs|debian|rpm|deb|packaging)/|entry-?point[^/]*$|/?entry\.sh$",
    re.IGNORECASE,
)
_MACHINES = re.compile(r"(?:^|/)\.(?:devcontainer|vscode|gitpod)/")  # they set up a developer's machine
_COMPLETION = re.compile(r"complet", re.IGNORECASE)
_WORDS = re.compile(r"[\w.-]+")
TALK = frozenset({"echo", "printf", "true", "false", ":", "set", "export", "local", "readonly", "shift", "return", "exit", "trap", "shopt", "[", "[[", "test", "sleep",
                   "date", "command", "kill", "wait", "unset", "declare", "typeset", "dirname", "basename", "pwd", "break", "continue", "umask", "exec", "cd"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class OwnScript:
    """A script with a shebang that another one does not source."""

    path: str
    commands: tuple[ShellCommand, ...]
    structure: ShellStructure
    is_run_by_ci: bool
    is_in_image: bool

    @property
    def exits_on_failure(self) -> bool:
        """Whether errexit is set anywhere: by `set -e`, `set -o errexit` or the shebang."""
        return _has_e(self.structure.options.split()) or any(
            command.words[0] == "set" and _has_e(command.words[1:]) for command in self.commands
        )

    @property
    def working(self) -> tuple[ShellCommand, ...]:
        """The commands that do something and may fail at it."""
        return tuple(
            c for c in self.commands if c.program not in TALK and c.words[0] not in self.structure.functions
        )

    @property
    def cleans_up(self) -> bool:
        """Whether a trap covers the end of the script, however it comes."""
        return any(
            command.words[0] == "trap" and {"EXIT", "0", "ERR"} & set(command.words[2:])
            for command in self.commands
        )

    def runs(self, *programs: str) -> bool:
        return any(command.runs(*programs) for command in self.commands)


@dataclass(frozen=True)
class OwnScripts:
    """All of them, by path."""

    all: tuple[OwnScript, ...]

    def __len__(self) -> int:
        return len(self.all)

    def __iter__(self) -> Iterator[OwnScript]:
        return iter(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        structures = {path: found for path, found in snapshot.files(ShellStructure) if found.shell}
        scripts = {path: script for path, script in snapshot.files(ShellScript) if path in structures}
        by_ci = {command.path for command in snapshot.derived(ContinuousIntegration).commands}
        sourced = _sourced(scripts)
        in_images = _named_in_images(snapshot)
        return cls(
            tuple(
                OwnScript(
                    path,
                    script.commands,
                    structures[path],
                    path in by_ci or path.startswith(".github/"),
                    _CONTAINER.search(path) is not None or _name(path) in in_images,
                )
                for path, script in scripts.items()
                if snapshot.role(path) in _OURS
                and _name(path) not in sourced
                and not _COMPLETION.search(path)
                and not _MACHINES.search(path)
            )
        )


def _sourced(scripts: dict[str, ShellScript]) -> set[str]:
    """The names of files that a script sources."""
    return {
        _name(command.words[1])
        for script in scripts.values()
        for command in script.commands
        if command.words[0] in (".", "source") and len(command.words) > 1
    }


def _named_in_images(snapshot: Snapshot) -> set[str]:
    """The names of scripts that a Dockerfile copies or starts."""
    return {
        word
        for _, dockerfile in snapshot.files(Dockerfile)
        for instruction in dockerfile.instructions
        for word in _WORDS.findall(instruction.text)
        if word.endswith((".sh", ".bash"))
    }


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _has_e(words: tuple[str, ...] | list[str]) -> bool:
    """`-e`, `-euo pipefail`, `-o errexit`."""
    return "errexit" in words or any(re.fullmatch(r"-[a-zA-Z]*e[a-zA-Z]*", word) for word in words)
