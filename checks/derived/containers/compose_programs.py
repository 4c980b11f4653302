"""Programs that compose files start in images of the tree, and those that the image holds in another place."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.tree_paths import join
from checks.facts.compose import Compose, Service
from checks.facts.dockerfile import Dockerfile, Stage
from checks.facts.roles import Role
from checks.snapshot import Snapshot

_LOOKED_AT = frozenset({Role.SHIPPED, Role.TOOL})


@dataclass(frozen=True, slots=True)
class Program:
    """What a service starts by an absolute path, and where its Dockerfile puts a program of that name instead."""

    path: str
    line: int
    service: str
    program: str
    dockerfile: str
    copied_line: int = 0
    copied_to: str = ""


@dataclass(frozen=True)
class ComposePrograms:
    """All of them; `misplaced` are those that can't be started."""

    all: tuple[Program, ...]

    def __len__(self) -> int:
        return len(self.all)

    @property
    def misplaced(self) -> tuple[Program, ...]:
        return tuple(program for program in self.all if program.copied_to)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls(
            tuple(
                program
                for path, compose in snapshot.files(Compose)
                if snapshot.role(path) in _LOOKED_AT
                for service in compose.services
                for program in _started(snapshot, path, service)
            )
        )


def _started(snapshot: Snapshot, path: str, service: Service) -> Iterator[Program]:
    built = _dockerfile(snapshot, path, service)
    if built is None:
        return
    name, dockerfile, stage = built
    for command in service.commands[:1]:
        program = command.words[0] if command.words else ""
        if program.startswith("/") and "$" not in program:
            yield _found(Program(path, command.line, service.name, program, name), dockerfile, stage, service)


def _dockerfile(snapshot: Snapshot, path: str, service: Service) -> tuple[str, Dockerfile, Stage] | None:
    build = service.build
    context = join(path.rpartition("/")[0], build.context) if build and not build.is_remote else None
    if build is None or context is None or build.is_inline:
        return None
    name = posixpath.join(context, build.dockerfile or "Dockerfile")
    dockerfile = snapshot.get(posixpath.normpath(name), Dockerfile)
    stage = dockerfile and (dockerfile.stage(build.target) if build.target else dockerfile.final)
    return (posixpath.normpath(name), dockerfile, stage) if dockerfile and stage else None


def _found(program: Program, dockerfile: Dockerfile, stage: Stage, service: Service) -> Program:
    """The program, with another place of its name where the one that is started is certainly empty."""
    lineage = dockerfile.lineage(stage)
    if any(program.program in i.text for one in lineage for i in one.all("RUN")):
        return program
    if any(_is_below(program.program, mount.target) for mount in service.mounts):
        return program
    copies = [
        (copy.line, where)
        for one in lineage
        for copy in one.copies
        for where in _places(one, copy.sources, copy.destination)
    ]
    if any(_is_below(program.program, where) for _, where in copies):
        return program
    name = posixpath.basename(program.program)
    other = next(((line, where) for line, where in copies if posixpath.basename(where) == name), None)
    if other is None:
        return program
    return Program(program.path, program.line, program.service, program.program, program.dockerfile, *other)


def _places(stage: Stage, sources: tuple[str, ...], destination: str) -> Iterator[str]:
    """Where copied things may stand: the destination itself, and each source below it."""
    workdir = "/"
    for text in stage.workdirs:
        workdir = posixpath.join(workdir, text.strip("\"'"))
    where = posixpath.normpath(posixpath.join(workdir, destination))
    if destination.endswith("/") or len(sources) > 1:
        yield from (posixpath.join(where, posixpath.basename(source.rstrip("/"))) for source in sources)
        if any(source in (".", "./") or "*" in source or source.endswith("/") for source in sources):
            yield where
    else:
        yield where


def _is_below(path: str, folder: str) -> bool:
    return folder in (path, "/") or path.startswith(f"{folder.rstrip('/')}/")
