"""The image builds of CI: which Dockerfiles each may build, with which arguments, for what, and whether it pushes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.ci_commands import CiAction, CiCommand, ContinuousIntegration, Origin
from checks.derived.image_scans import BUILD
from checks.derived.tree_paths import join
from checks.facts.compose import Compose
from checks.facts.composite_action import CompositeAction
from checks.facts.dockerfile import Dockerfile
from checks.facts.workflow import Job, Workflow
from checks.snapshot import Snapshot

_MATRIX = re.compile(r"\$\{\{\s*matrix\.([\w.-]+)\s*\}\}")
_COMPOSE = ("docker compose", "docker-compose", "podman compose", "podman-compose")
_ENGINES = ("docker build", "docker buildx build", "docker image build", "podman build", "buildah build", "buildah bud", "nerdctl build", "docker builder build")  # fmt: skip
_COMPOSE_FILES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
_VALUED = frozenset(
    {
        "-t", "--tag", "-f", "--file", "--build-arg", "--target", "--platform", "--cache-from", "--cache-to", "--label",
        "--network", "--output", "-o", "--progress", "--secret", "--ssh", "--iidfile", "--metadata-file", "--builder",
        "--build-context", "--annotation", "--attest", "--provenance", "--sbom", "--add-host", "--memory", "-m", "--ulimit",
    }
)  # fmt: skip
_LIKE_A_BUILD = re.compile(
    r"docker[\w./-]*(?:build(?!x)|publish|bake)|build(?!x)[\w./-]*(?:docker|image)|kaniko|container[\w./-]*build(?!x)|home-assistant/builder|(?:^|/)bake-action"
)


@dataclass(frozen=True, slots=True)
class ImageBuild:
    """A build. `dockerfiles` are those it may build; None where that can't be told: any of them."""

    dockerfiles: tuple[str, ...] | None
    arguments: tuple[tuple[str, int], ...]  # name, line
    platforms: tuple[str, ...]
    pushes: bool
    path: str
    line: int
    origin: Origin


@dataclass(frozen=True)
class CiImageBuilds:
    """All of them, and the Dockerfiles that something else builds: the actions of the tree."""

    all: tuple[ImageBuild, ...]
    elsewhere: frozenset[str]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        ci = snapshot.derived(ContinuousIntegration)
        found = [build for action in ci.actions if (build := _of_action(snapshot, action))]
        found += [build for command in ci.commands for build in _of_command(snapshot, command)]
        known = {(build.path, build.line) for build in found}
        found += [
            ImageBuild(None, (), (), True, done.path, line, done.origin)
            for done in BUILD.performed(ci)
            if not isinstance(done, str) and (done.path, line := _line(done)) not in known
        ]
        found += [
            ImageBuild(None, (), (), True, path, line, Origin(path, line))
            for text, path, line in ci.named
            if BUILD.is_named(text)
        ]
        actions = (
            join(path.rpartition("/")[0], action.image)
            for path, action in snapshot.files(CompositeAction)
            if action.image and not action.image.startswith("docker:")
        )
        return cls(tuple(found), frozenset(filter(None, actions)))

    def of(self, dockerfile: str) -> Iterator[ImageBuild]:
        """The builds that build a Dockerfile, or may."""
        return (b for b in self.all if b.dockerfiles is None or dockerfile in b.dockerfiles)


def _line(done: CiCommand | CiAction) -> int:
    return done.line if isinstance(done, CiCommand) else done.reference.line


def _of_action(snapshot: Snapshot, action: CiAction) -> ImageBuild | None:
    step, name = action.step, action.name
    if not name.endswith(("/build-push-action", "/buildah-build", "/kaniko-action", "/docker-build-push")):
        if not _LIKE_A_BUILD.search(name) or action.reference.is_local:
            return None
        return ImageBuild(None, (), (), True, action.path, action.reference.line, action.origin)
    matrix = _matrix(snapshot, action.origin)
    contexts = _values(step.input("context") or ".", matrix)
    files = _values(
        step.input("file") or step.input("dockerfile") or step.input("containerfiles") or "", matrix
    )
    arguments = tuple(
        (line.partition("=")[0].strip(), step.input_line("build-args"))
        for text in _values(step.input("build-args") or "", matrix) or ()
        for line in text.split("\n")
        if "=" in line and "$" not in line.partition("=")[0] and not line.lstrip().startswith("#")
    )
    platforms = tuple(
        word
        for text in _values(step.input("platforms") or "", matrix) or ("?,?",)
        for word in re.split(r"[,\s]+", text)
        if word
    )
    pushes = (step.input("push") or "false") != "false" or "push=true" in (step.input("outputs") or "")
    return ImageBuild(
        _dockerfiles(contexts, files),
        arguments,
        platforms,
        pushes,
        action.path,
        action.reference.line,
        action.origin,
    )


def _dockerfiles(contexts: tuple[str, ...] | None, files: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """Where the Dockerfile of a build may be: a named one is relative to the working folder, else it is in the context."""
    if files is None or (not any(files) and contexts is None):
        return None
    named = [posixpath.normpath(file.removeprefix("./")) for file in files if file]
    if not named:
        contexts = tuple("." if "github.workspace" in context else context for context in contexts or ())
        if any("$" in context for context in contexts):
            return None
        named = [f for context in contexts if (f := join(context.split("#")[0], "Dockerfile"))]
    return None if any("$" in file for file in named) else tuple(named)


def _matrix(snapshot: Snapshot, origin: Origin) -> dict[str, tuple[str, ...]]:
    workflow = snapshot.get(origin.path, Workflow)
    job: Job | None = workflow.job(origin.job) if workflow else None
    return dict(job.matrix) if job else {}


def _values(text: str, matrix: dict[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """The text with each value of the matrix axis that it names; None where the axis isn't written out."""
    texts = [text]
    for axis in dict.fromkeys(_MATRIX.findall(text)):
        if axis not in matrix:
            return None
        pattern = re.compile(rf"\$\{{\{{\s*matrix\.{re.escape(axis)}\s*\}}\}}")
        texts = [pattern.sub(lambda _, v=value: v, t) for t in texts for value in matrix[axis]]  # type: ignore[misc]
    return tuple(texts[:200])


def _of_command(snapshot: Snapshot, command: CiCommand) -> Iterator[ImageBuild]:
    words = command.command.unwrapped().words
    if command.runs(*_ENGINES):
        yield _of_engine(command, words)
    elif command.runs(*_COMPOSE) and {"build", "up", "run", "create"} & set(words):
        yield _of_compose(snapshot, command, words)


def _of_engine(command: CiCommand, words: tuple[str, ...]) -> ImageBuild:
    options, operands = _parsed(words[words.index("build") + 1 :] if "build" in words else words[2:])
    context = operands[-1] if operands else "."
    named = options.get("-f", []) + options.get("--file", [])
    files: list[str | None] = [join(command.folder, file) for file in named]
    if not named:
        files = [join(posixpath.join(command.folder, context), "Dockerfile")]
    written = "$" in " ".join((context if not named else "", *named)) or context == "-" or None in files
    arguments = tuple(
        (a.partition("=")[0], command.line) for a in options.get("--build-arg", []) if "$" not in a[:1]
    )
    platforms = tuple(p for value in options.get("--platform", []) for p in value.split(","))
    return ImageBuild(
        None if written else tuple(filter(None, files)),
        arguments,
        platforms,
        "--push" in words
        or any("push=true" in o for o in options.get("--output", []) + options.get("-o", [])),
        command.path,
        command.line,
        command.origin,
    )


def _parsed(words: tuple[str, ...]) -> tuple[dict[str, list[str]], list[str]]:
    options: dict[str, list[str]] = {}
    operands: list[str] = []
    waiting = ""
    for word in words:
        if waiting:
            options.setdefault(waiting, []).append(word)
            waiting = ""
        elif word.startswith("-") and word != "-":
            name, equals, value = word.partition("=")
            if equals:
                options.setdefault(name, []).append(value)
            elif name in _VALUED:
                waiting = name
        else:
            operands.append(word)
    return options, operands


def _of_compose(snapshot: Snapshot, command: CiCommand, words: tuple[str, ...]) -> ImageBuild:
    named = [words[i + 1] for i, word in enumerate(words[:-1]) if word in ("-f", "--file")]
    named += [word.partition("=")[2] for word in words if word.startswith(("-f=", "--file="))]
    wanted = [join(command.folder, name) for name in named or _COMPOSE_FILES]
    found = [(path, file) for path in wanted if path and (file := snapshot.get(path, Compose))]
    files = tuple(
        dockerfile
        for path, compose in found
        for service in compose.services
        if service.build and not service.build.is_remote
        for folder in [join(path.rpartition("/")[0], service.build.context)]
        if folder is not None and (dockerfile := join(folder, service.build.dockerfile or "Dockerfile"))
    )
    pushes = "--push" in words
    return ImageBuild(files if found else None, (), (), pushes, command.path, command.line, command.origin)


def existing(snapshot: Snapshot, build: ImageBuild) -> tuple[tuple[str, Dockerfile], ...]:
    """The Dockerfiles of a build that are in the tree."""
    found = ((path, snapshot.get(path, Dockerfile)) for path in build.dockerfiles or ())
    return tuple((path, dockerfile) for path, dockerfile in found if dockerfile is not None)
