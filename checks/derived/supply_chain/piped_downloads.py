"""Programs that are downloaded and run in one go, unchecked: `curl ... | sh` and its kin, in images, CI and scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.image_references import is_for_development
from checks.facts.dockerfile import Dockerfile
from checks.facts.roles import Role
from checks.facts.shell_commands import ShellCommand
from checks.facts.shell_script import ShellScript
from checks.facts.workflow import Workflow
from checks.snapshot import Snapshot

_LOADERS = ("curl", "wget", "fetch")
_SHELLS = frozenset({"sh", "bash", "zsh", "dash", "ash", "python", "python3", "perl", "node", "ruby", "php"})
_URL = re.compile(r"(?:https?://)[^\s\"'|)>]+")
_SUBSTITUTED = re.compile(r"(?:\$\(|<\(|`)\s*(?:curl|wget)\s[^)`]*", re.IGNORECASE)
_EXECUTES = re.compile(
    r"^(?:sudo\s+(?:-\S+\s+)*)?(?:/bin/|/usr/bin/)?(?:bash|sh|zsh|eval|source|\.)\s+(?:-\w*c\s+)?[\"']?(?:\$\(|<\(|`)\s*(?:curl|wget)\b"
)
_OURS = frozenset({Role.SHIPPED, Role.TOOL})


@dataclass(frozen=True, slots=True)
class PipedDownload:
    """A download that is run as it comes; `address` is the URL as written, "" where a variable holds it."""

    path: str
    line: int
    text: str
    address: str
    shell: str

    @property
    def source(self) -> str:
        """The address without scheme, query and version numbers: its stable name."""
        bare = re.sub(r"^https?://|[?#].*$", "", self.address)
        return re.sub(r"(?:[-_]|/v?)\d+(?:\.[\dx]+)+(?=/|$)|/[0-9a-f]{40}(?=/|$)", "", bare) or "a download"


@dataclass(frozen=True)
class PipedDownloads:
    """Those of shipped Dockerfiles, workflows and scripts; `files` counts what was looked at."""

    files: int
    all: tuple[PipedDownload, ...]

    def __len__(self) -> int:
        return self.files

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        files, found = 0, list[PipedDownload]()
        for path, commands in _scripts(snapshot):
            files += 1
            found += _piped(path, commands)
        return cls(files, tuple(found))


def _scripts(snapshot: Snapshot) -> Iterator[tuple[str, tuple[ShellCommand, ...]]]:
    for path, dockerfile in snapshot.files(Dockerfile):
        if snapshot.role(path) in _OURS and not is_for_development(path):
            yield path, tuple(command for stage in dockerfile.stages for command in stage.commands)
    for path, workflow in snapshot.files(Workflow):
        yield path, tuple(command for _, step in workflow.steps for command in step.commands)
    for path, script in snapshot.files(ShellScript):
        if snapshot.role(path) in _OURS:
            yield path, script.commands


def _piped(path: str, commands: tuple[ShellCommand, ...]) -> Iterator[PipedDownload]:
    for before, command in zip((None, *commands), commands, strict=False):
        shell = command.unwrapped().program
        substituted = _EXECUTES.match(command.text)
        if substituted:
            loaded = _SUBSTITUTED.search(command.text)
            yield _found(path, command, loaded.group() if loaded else command.text, shell)
        elif command.after == "|" and shell in _SHELLS and before and _loads(before) and _reads(command):
            yield _found(path, before, before.text, shell)


def _loads(command: ShellCommand) -> bool:
    """Whether it writes a download to its output."""
    words = command.words
    to_file = command.has("-o", "--output", "--output-document") or "-O" in words
    if command.runs("wget"):
        to_file = not any(re.match(r"^-\w*O-?$|^--output-document=-$", word) for word in words)
    return command.runs(*_LOADERS) and not to_file and "localhost" not in command.text


def _reads(command: ShellCommand) -> bool:
    """Whether the interpreter takes its program from the pipe, not a script or `-c` that reads data from it."""
    words = command.unwrapped().words
    if words[0].rpartition("/")[2] in ("sh", "bash", "zsh", "dash", "ash"):
        operands = [word for word in words[1:] if not word.startswith("-")]
        return "-c" not in words and (not operands or "-s" in words or words[1] in ("-", "-s"))
    return len(words) == 1 or words[1] == "-"


def _found(path: str, command: ShellCommand, text: str, shell: str) -> PipedDownload:
    url = _URL.search(text)
    return PipedDownload(path, command.line, text[:120], url.group().rstrip(";\\") if url else "", shell)
