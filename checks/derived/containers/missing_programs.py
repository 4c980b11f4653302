"""Programs that the code of an image starts, and that the image neither has nor gets."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.containers.started_programs import StartedProgram, started_programs
from checks.derived.entry_point import EntryPoint
from checks.derived.entry_points import EntryPoints
from checks.derived.image_programs import KNOWN_PROGRAMS, Answer, holds
from checks.derived.image_references import is_for_development
from checks.derived.images import Image, Images
from checks.derived.import_graph import ImportGraph
from checks.facts.roles import Role
from checks.facts.source import Source
from checks.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class NeededProgram:
    """A program with the places that start it, and whether the image has it."""

    image: str
    line: int
    program: str
    starts: tuple[tuple[str, StartedProgram], ...]
    entry: EntryPoint
    answer: Answer


@dataclass(frozen=True)
class NeededPrograms:
    """Well-known programs that images of the tree need, by Dockerfile and program."""

    all: tuple[NeededProgram, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        started = {
            path: found
            for path, source in snapshot.shipped(Source)
            if (found := [s for s in started_programs(source) if s.name in KNOWN_PROGRAMS])
        }
        files = {posixpath.basename(path) for path in snapshot.paths} if started else set()
        images = [i for i in snapshot.derived(Images).images if _ships(snapshot, i)] if started else []
        return cls(tuple(need for image in images for need in _of_image(snapshot, image, started, files)))


def _ships(snapshot: Snapshot, image: Image) -> bool:
    return snapshot.role(image.path) is Role.SHIPPED and not is_for_development(image.path)


def _of_image(
    snapshot: Snapshot, image: Image, started: dict[str, list[StartedProgram]], files: set[str]
) -> Iterator[NeededProgram]:
    points = [
        p for found in snapshot.derived(EntryPoints).by_rank.values() for p in found if p.path == image.path
    ]
    reached = snapshot.derived(ImportGraph).reached_from({point.target for point in points})
    by_program: dict[str, list[tuple[str, StartedProgram]]] = {}
    for path, starts in started.items():
        if path in reached or posixpath.dirname(path) in reached:  # Go's are packages
            for start in starts:
                by_program.setdefault(start.name, []).append((path, start))
    final = image.dockerfile.stages[-1]
    for program, found in sorted(by_program.items()):
        answer = (
            Answer("a file of that name is in the tree")
            if program in files
            else holds(image.dockerfile, final, program)
        )
        yield NeededProgram(image.path, final.line, program, tuple(found), points[0], answer)
