"""Health checks of Dockerfiles and compose services, and why one can't work in its image."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.image_programs import has_no_shell, image_lacks, lacks
from checks.derived.image_references import is_for_development
from checks.derived.images import Image, Images
from checks.derived.own_commands import OwnCommands
from checks.derived.tree_paths import join
from checks.facts.compose import Compose, Service
from checks.facts.dockerfile import Dockerfile, Stage
from checks.facts.go_source import GoSource
from checks.facts.roles import Role
from checks.facts.shell_commands import ShellCommand, shell_commands
from checks.snapshot import Snapshot

_PROBES = ("curl", "wget", "nc")
# A program called so says what it is and ends well, whatever state the service is in.
ASKS_NOTHING = frozenset({"--version", "-V", "version", "--help", "-h", "help"})
_SUBCOMMAND = re.compile(r"^[a-z][a-z-]+$")
_OURS = frozenset({Role.SHIPPED, Role.TOOL})


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """A health check. `problem` says why it can't work, None where it may; `fallback` is what makes it succeed always, or ""."""

    path: str
    line: int
    subject: str
    problem: str | None
    fallback: str = ""


@dataclass(frozen=True)
class HealthChecks:
    """All of shipped Dockerfiles and compose files."""

    all: tuple[HealthCheck, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls((*_of_images(snapshot), *_of_services(snapshot)))


def _of_images(snapshot: Snapshot) -> Iterator[HealthCheck]:
    images = {image.path: image for image in snapshot.derived(Images).images}
    for path, dockerfile in snapshot.files(Dockerfile):
        instruction = dockerfile.effective("HEALTHCHECK")
        text = instruction.text.strip() if instruction else ""
        final = dockerfile.final
        if (
            instruction is None
            or final is None
            or snapshot.role(path) not in _OURS
            or not text.startswith("CMD")
        ):
            continue
        body = text.removeprefix("CMD").strip()
        commands, is_shell = _parsed(body, instruction.line)
        if commands is None:
            found: str | None = (
                "it starts like a list and isn't one, so a shell takes `[...` for the program's name"
            )
        else:
            found = _problem(dockerfile, final, commands, is_shell) or _no_subcommand(
                snapshot, images.get(path), commands
            )
        yield HealthCheck(path, instruction.line, "HEALTHCHECK", found, _fallback(commands or ()))


def _parsed(body: str, line: int) -> tuple[tuple[ShellCommand, ...] | None, bool]:
    """The commands and whether a shell runs them; None for what looks like a list and is none."""
    if not body.startswith("["):
        return shell_commands(body.replace("\n", " "), line=line, errexit=False), True
    try:
        words = json.loads(body.replace("\n", " "))
    except (ValueError, RecursionError):
        return (None, True) if re.match(r'^\[\s*"', body) else ((), True)
    if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
        return (), False
    return (ShellCommand(tuple(words), line, " ".join(words)[:200]),), False


def _problem(
    dockerfile: Dockerfile, stage: Stage, commands: tuple[ShellCommand, ...], is_shell: bool
) -> str | None:
    if is_shell and commands and (base := has_no_shell(dockerfile, stage)):
        return f"it needs a shell, and `{base}` has none"
    called = [program for program in _PROBES if any(command.runs(program) for command in commands)]
    reasons = [lacks(dockerfile, stage, program) for program in called]
    return reasons[0] if reasons and all(reasons) else None


def _no_subcommand(snapshot: Snapshot, image: Image | None, commands: tuple[ShellCommand, ...]) -> str | None:
    """Whether the repository's own program is called with a subcommand that its code doesn't know."""
    for command in commands:
        words = command.unwrapped().words
        program = posixpath.basename(words[0])
        if image is None or len(words) < 2 or not _SUBCOMMAND.match(words[1]):
            continue
        own = snapshot.derived(OwnCommands).get(program)
        if own and not own.defines(words[1]):
            return f"`{program}` has no subcommand `{words[1]}` (looked in {own.path} and beside it)"
        if own is None and _is_built_go(image, program) and not _go_knows(snapshot, words[1]):
            return f"`{program}` has no subcommand `{words[1]}`: no Go file of the tree names one"
    return None


def _is_built_go(image: Image, program: str) -> bool:
    return any(posixpath.basename(placed) == program for placed, _, _ in image.built)


def _go_knows(snapshot: Snapshot, word: str) -> bool:
    """Whether any shipped Go file has the word as a string, or as the first word of one, as cobra writes it."""
    return any(
        literal.value == word or (literal.value.startswith(f"{word} ") and len(literal.value) < 40)
        for _, source in snapshot.shipped(GoSource)
        for literal in source.strings
    )


def _of_services(snapshot: Snapshot) -> Iterator[HealthCheck]:
    for path, compose in snapshot.files(Compose):
        if snapshot.role(path) in _OURS and not is_for_development(path):
            for service in compose.services:
                if service.healthcheck and not service.healthcheck_disabled:
                    commands = _tested(service.healthcheck)
                    is_shell = service.healthcheck[0] != "CMD"
                    problem = _of_service(snapshot, path, service, commands, is_shell=is_shell)
                    subject, line = f"{service.name} healthcheck", service.healthcheck_line
                    yield HealthCheck(path, line, subject, problem, _fallback(commands))


def _tested(test: tuple[str, ...]) -> tuple[ShellCommand, ...]:
    if test[0] == "CMD":
        return (ShellCommand(test[1:], 0, " ".join(test[1:])[:200]),) if test[1:] else ()
    return shell_commands(test[1] if test[0] == "CMD-SHELL" and len(test) > 1 else test[0], errexit=False)


def _fallback(commands: tuple[ShellCommand, ...]) -> str:
    """What is run when the check fails and always succeeds, unless another failure follows it."""
    for number, command in enumerate(commands):
        then = commands[number + 1] if number + 1 < len(commands) else None
        alternative = then is not None and then.after == "||" and command.part == "condition"
        fails = then is not None and not alternative and then.words[0] in ("exit", "false")
        if command.after == "||" and _always_succeeds(command.words) and not fails:
            return command.text
    return ""


def _always_succeeds(words: tuple[str, ...]) -> bool:
    if words[0] in ("true", ":", "echo", "printf"):
        return True
    return words == ("exit", "0") or (len(words) == 2 and words[1] in ASKS_NOTHING)


def _of_service(
    snapshot: Snapshot, path: str, service: Service, commands: tuple[ShellCommand, ...], *, is_shell: bool
) -> str | None:
    if service.build is None:
        image = service.resolved_image
        called = [p for p in _PROBES if any(command.runs(p) for command in commands)]
        reasons = [image_lacks(image, program) for program in called] if image else []
        return reasons[0] if reasons and all(reasons) else None
    folder = None if service.build.is_remote else join(path.rpartition("/")[0], service.build.context)
    target = join(folder, service.build.dockerfile or "Dockerfile") if folder is not None else None
    dockerfile = snapshot.get(target, Dockerfile) if target else None
    wanted = service.build.target
    stage = (dockerfile.stage(wanted) if wanted else dockerfile.final) if dockerfile else None
    return _problem(dockerfile, stage, commands, is_shell) if dockerfile and stage else None
