"""Documented `docker run` commands that mount the folder they are typed in, and where the image would look for it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.documented_commands import DocumentedCommand, DocumentedCommands
from checks.derived.images import Image, Images
from checks.derived.tree_index import join
from checks.facts.roles import Role
from checks.facts.shell_source import ShellSource
from checks.facts.source import Source
from checks.snapshot import Snapshot

_ENGINES = frozenset({"docker", "podman", "nerdctl"})
_HERE = re.compile(r"^[\"']?(?:\$\(pwd\)|`pwd`|\$\{?PWD\}?|%cd%|\.)/?[\"']?$", re.IGNORECASE)
# Options that stand alone (`-t` is a terminal to `run`, a name to `build`); any other takes the next word or what follows `=`.
_ALONE = re.compile(
    r"^(?:-(?!t$)[itdqP]+|--(?:rm|interactive|tty|detach|init|privileged|read-only|publish-all|quiet|no-cache|pull|push|load|no-healthcheck|oom-kill-disable|sig-proxy))$"
)


@dataclass(frozen=True, slots=True)
class DocumentedMount:
    """A command that mounts the reader's folder at `target` of an image of the tree."""

    command: DocumentedCommand
    image: str
    target: str
    built_by: Image
    used_by: str | None  # what makes the program look there


@dataclass(frozen=True)
class DocumentedMounts:
    """Every one, by document and line."""

    all: tuple[DocumentedMount, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        commands = [c for c in snapshot.derived(DocumentedCommands).all if c.name in _ENGINES]
        images = dict(_named(snapshot, commands))
        runs = [(command, run) for command in commands if images and (run := _run(command))]
        found = [
            DocumentedMount(command, run.image, target, image, _use(run, target, image))
            for command, run in runs
            if (image := images.get(run.image))
            for target in run.targets
        ]
        named = _named_by_code(snapshot, {mount.target for mount in found})
        return cls(tuple(m for m in found if m.target not in named))


@dataclass(frozen=True, slots=True)
class _Run:
    """`docker run`: where it mounts the folder it is typed in, and the words that name places of the container."""

    image: str
    targets: tuple[str, ...]
    words: tuple[str, ...]
    sets_folder: bool


def _named(snapshot: Snapshot, commands: list[DocumentedCommand]) -> Iterator[tuple[str, Image]]:
    """The images that documents call by the name they have them built under."""
    images = {
        image.path: image
        for image in snapshot.derived(Images).images
        if snapshot.role(image.path) is Role.SHIPPED
    }
    for command in commands:
        if "build" not in command.words[1:3]:
            continue
        options, operands = _parsed(command.words[command.words.index("build") + 1 :])
        names = [_plain(value) for name, value in options if name in ("-t", "--tag")]
        file = next((value for name, value in options if name in ("-f", "--file")), None)
        written = file or posixpath.join(operands[0] if operands else ".", "Dockerfile")
        found = next(
            (i for folder in command.folders if (i := images.get(join(folder, written) or ""))), None
        )
        if found:
            yield from ((name, found) for name in names)


def _run(command: DocumentedCommand) -> _Run | None:
    words = command.words
    if "run" not in words[1:3]:
        return None
    options, operands = _parsed(words[words.index("run") + 1 :], frozenset({"-t"}))
    if not operands:
        return None
    targets = tuple(target for name, value in options if (target := _mounted(name, value)))
    set_to = [value for name, value in options if name in ("-e", "--env", "--entrypoint")]
    return _Run(
        _plain(operands[0]),
        targets,
        (*set_to, *operands[1:]),
        any(n in ("-w", "--workdir") for n, _ in options),
    )


def _parsed(
    words: tuple[str, ...], alone: frozenset[str] = frozenset()
) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    """The options before the first operand, and the operands."""
    options, index = [], 0
    while index < len(words) and words[index].startswith("-"):
        name, equals, value = words[index].partition("=")
        if not equals and name not in alone and not _ALONE.match(name):
            index += 1
            value = words[index] if index < len(words) else ""
        options.append((name, value))
        index += 1
    return options, words[index:]


def _mounted(option: str, value: str) -> str | None:
    """Where an option mounts the folder that the command is typed in."""
    if option in ("-v", "--volume"):
        source, _, rest = value.rpartition(":") if value.count(":") == 1 else value.partition(":")
        target = rest.partition(":")[0]
    elif option == "--mount":
        fields = dict(part.partition("=")[::2] for part in value.split(","))
        source = fields.get("source", fields.get("src", ""))
        target = fields.get("target", fields.get("dst", fields.get("destination", "")))
    else:
        return None
    return posixpath.normpath(target) if _HERE.match(source) and target.startswith("/") else None


def _plain(image: str) -> str:
    return image.partition("@")[0].rpartition("/")[2].partition(":")[0]


def _use(run: _Run, target: str, image: Image) -> str | None:
    word = _path(target)
    if run.sets_folder or any(word.search(text) for text in run.words):
        return "the command itself says where"
    if f"{image.workdir}/".startswith(f"{target.rstrip('/')}/") or f"{target}/".startswith(
        f"{image.workdir.rstrip('/')}/"
    ):
        return f"WORKDIR {image.workdir}"
    stages = image.dockerfile.lineage(image.dockerfile.stages[-1])
    texts = (instruction.text for stage in stages for instruction in stage.instructions)
    return "the Dockerfile names it" if any(word.search(text) for text in texts) else None


def _named_by_code(snapshot: Snapshot, targets: set[str]) -> set[str]:
    """The targets that a program or a script of the tree names by itself.

    One that mounts something there speaks of the containers that it starts, not of its own.
    """
    if not targets:
        return set()
    any_target = re.compile("|".join(_path(target).pattern for target in sorted(targets)))
    named: set[str] = set()
    for _, source in snapshot.shipped(Source):
        texts = (*(literal.value for literal in source.strings), *_words(source))
        found = [(text, match) for text in texts for match in any_target.finditer(text)]
        mounted = {match[0] for text, match in found if text[: match.start()].endswith(":")}
        named |= {posixpath.normpath(match[0]) for _, match in found if match[0] not in mounted}
    return named


def _words(source: Source) -> Iterator[str]:
    """A script's words, which need no quotes."""
    for call in source.calls if isinstance(source, ShellSource) else ():
        yield from (argument.text for argument in call.arguments)


def _path(target: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.-]){re.escape(target)}(?![\w-])")
