"""Programs whose dependencies no lock file of the tree fixes, and installations that demand one that isn't there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.images import Image, Images
from checks.derived.tree_paths import parents
from checks.facts.cargo import CargoManifest
from checks.facts.dockerfile import Stage
from checks.facts.go_module import GoModule
from checks.facts.package_json import PackageJson
from checks.facts.pyproject import Pyproject
from checks.facts.requirement import Requirement
from checks.facts.requirements import RequirementsFile
from checks.facts.roles import Role
from checks.facts.shell_commands import ShellCommand
from checks.snapshot import Snapshot

_NODE_LOCKS = ("package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb", "deno.lock")  # fmt: skip
_DEMANDS: tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    (("uv sync",), ("--frozen", "--locked"), ("uv.lock",)),
    (("npm ci", "npm clean-install"), (), ("package-lock.json", "npm-shrinkwrap.json")),
    (("pnpm install", "pnpm i"), ("--frozen-lockfile",), ("pnpm-lock.yaml",)),
    (("yarn install", "yarn"), ("--frozen-lockfile", "--immutable"), ("yarn.lock",)),
    (("bun install",), ("--frozen-lockfile",), ("bun.lock", "bun.lockb")),
    (("cargo build", "cargo test"), ("--locked", "--frozen"), ("Cargo.lock",)),
    (("pipenv install", "pipenv sync"), ("--deploy",), ("Pipfile.lock",)),
)
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Lockable:
    """A manifest of a program, or an installation. `problem` says what isn't locked; None where all is."""

    path: str
    line: int | None
    subject: str
    problem: str | None
    because: tuple[str, int] | None = None  # what installs it


@dataclass(frozen=True)
class Lockables:
    """All of shipped programs; libraries leave the choice to those who use them."""

    all: tuple[Lockable, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found = (*_node(snapshot), *_rust(snapshot), *_go(snapshot), *_images(snapshot))
        return cls(tuple(dict.fromkeys(found)))


def _node(snapshot: Snapshot) -> Iterator[Lockable]:
    for path, package in snapshot.shipped(PackageJson):
        outside = [
            d for d in package.dependencies if d.path is None and not d.in_workspace and d.kind != "peer"
        ]
        if outside and not package.is_published and not _is_part(snapshot, path):
            locked = _above(snapshot, path, _NODE_LOCKS)
            problem = (
                None if locked else f"{len(outside)} dependencies, and no lock file of npm, yarn, pnpm or bun"
            )
            yield Lockable(path, outside[0].line, "npm", problem)


def _is_part(snapshot: Snapshot, path: str) -> bool:
    """A package.json below a folder that npm doesn't install from: a template's or a plugin's manifest without a name."""
    package = snapshot.get(path, PackageJson)
    return package is not None and not package.name and "/" in path


def _rust(snapshot: Snapshot) -> Iterator[Lockable]:
    for path, cargo in snapshot.shipped(CargoManifest):
        folder = path.rpartition("/")[0]
        outside = [d for d in cargo.dependencies if d.path is None and d.kind in ("normal", "build")]
        is_program = cargo.declared("bin") or f"{folder}/src/main.rs".lstrip("/") in snapshot.paths
        if outside and is_program:
            locked = _above(snapshot, path, ("Cargo.lock",))
            yield Lockable(path, outside[0].line, "cargo", None if locked else "a program, and no Cargo.lock")


def _go(snapshot: Snapshot) -> Iterator[Lockable]:
    for path, module in snapshot.shipped(GoModule):
        local = {replacement.path for replacement in module.replacements if replacement.is_local}
        outside = [requirement for requirement in module.requirements if requirement.path not in local]
        folder = path.rpartition("/")[0]
        sums = (f"{folder}/go.sum".lstrip("/"), f"{folder}/vendor/modules.txt".lstrip("/"), "go.work.sum")
        if outside:
            locked = any(name in snapshot.paths for name in sums)
            yield Lockable(
                path, outside[0].line, "go", None if locked else "requirements, and no go.sum beside it"
            )


def _images(snapshot: Snapshot) -> Iterator[Lockable]:
    for image in snapshot.derived(Images).images:
        if snapshot.role(image.path) is Role.SHIPPED:
            for stage in image.dockerfile.stages:
                for command in stage.commands:
                    yield from _demanded(snapshot, image, stage, command)
                    yield from _pip(snapshot, image, command)


def _demanded(snapshot: Snapshot, image: Image, stage: Stage, command: ShellCommand) -> Iterator[Lockable]:
    """`npm ci` and its kin fail without their lock file."""
    for tools, options, locks in _DEMANDS:
        demands = (
            command.runs(*tools) and (not options or command.has(*options)) and "-g" not in command.words
        )
        sure = demands and not command.swallowed and command.part != "condition"
        if sure and not stage.looks_for(*locks):
            near = _above(snapshot, image.path, locks) or _below(snapshot, image.context, locks)
            problem = None if near else f"`{command.text[:60]}` needs {locks[0]}, and there is none"
            yield Lockable(image.path, command.line, locks[0], problem)


def _pip(snapshot: Snapshot, image: Image, command: ShellCommand) -> Iterator[Lockable]:
    """Requirements that an image installs, where most have no exact version."""
    words = command.unwrapped().words
    if not command.runs("pip install", "pip3 install", "uv pip install"):
        return
    named = [words[i + 1] for i, word in enumerate(words[:-1]) if word in ("-r", "--requirement")]
    constrained = any(word in ("-c", "--constraint") for word in words)
    for name in named:
        for path in _in_tree(snapshot, image, name):
            listed = snapshot.get(path, RequirementsFile)
            if listed and listed.requirements:
                constrained = constrained or any(include.constraint for include in listed.includes)
                yield _requirements(path, listed.requirements, image.path, command.line, constrained)
    if not named and ("." in words or any(word.startswith(".[") for word in words)):
        for path in _in_tree(snapshot, image, "pyproject.toml"):
            project = snapshot.get(path, Pyproject)
            wanted = tuple(r for r in project.requirements if r.group is None) if project else ()
            if wanted:
                yield _requirements(path, wanted, image.path, command.line, constrained)


def _in_tree(snapshot: Snapshot, image: Image, name: str) -> list[str]:
    """The file of the tree that an image installs from: by what it copies, else beside the Dockerfile."""
    base = name.rpartition("/")[2]
    copied = [
        target
        for stage in image.dockerfile.stages
        for copy in stage.copies
        for source in copy.sources
        if source.rpartition("/")[2] == base
        and (target := f"{image.context}/{source.removeprefix('./')}".strip("/")) in snapshot.paths
    ]
    beside = f"{image.context}/{base}".lstrip("/")
    return copied[:1] or ([beside] if beside in snapshot.paths else [])


def _requirements(
    path: str, wanted: tuple[Requirement, ...], installer: str, line: int, constrained: bool
) -> Lockable:
    loose = [r for r in wanted if not _is_exact(r)]
    names = ", ".join(r.name for r in loose[:_SHOWN])
    problem = None
    if not constrained and len(loose) * 2 > len(wanted):
        problem = f"{len(loose)} of {len(wanted)} requirements have no exact version ({names} ...)"
    return Lockable(path, loose[0].line if problem else None, "pip", problem, (installer, line))


def _is_exact(requirement: Requirement) -> bool:
    if requirement.path or requirement.url:
        return True
    return re.match(r"^={2,3}\s*[^*]+$", requirement.specifier.split(",")[0].strip()) is not None


def _above(snapshot: Snapshot, path: str, names: tuple[str, ...]) -> bool:
    folders = [path.rpartition("/")[0], *parents(path)]
    return any(f"{folder}/{name}".lstrip("/") in snapshot.paths for folder in folders for name in names)


def _below(snapshot: Snapshot, folder: str, names: tuple[str, ...]) -> bool:
    """Anywhere in the build context: which of its folders the command runs in isn't followed."""
    prefix = f"{folder}/" if folder else ""
    return any(path.startswith(prefix) and path.rpartition("/")[2] in names for path in snapshot.paths)
