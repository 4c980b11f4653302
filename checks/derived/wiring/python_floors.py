"""The lowest Python that a component says it runs on, or that its image has, against what its files need."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.entry_point import Rank
from checks.derived.image_references import is_for_development
from checks.derived.reachability import Reachability
from checks.derived.test_folders import role_in
from checks.derived.tree_paths import parents
from checks.facts.dockerfile import Dockerfile
from checks.facts.pyproject import Pyproject
from checks.facts.python_source import PythonSource
from checks.facts.roles import Role
from checks.facts.setup_files import SetupCfg, SetupPy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.python_versions import SyntaxNeed
    from checks.snapshot import Snapshot

_BOUND = re.compile(r"(?:>=|\^|~=?|===?|^)\s*3\.(\d+)")
_IMAGE = re.compile(r"(?:^|/)python:3\.(\d+)(?:[.-]|$)")
_FOR_ONE_VERSION = re.compile(r"(?:^|[_/])py(?:thon)?_?3_?\d+", re.IGNORECASE)
_IN_IMAGES = (Rank.DEPLOYED, Rank.IMAGE)


@dataclass(frozen=True, slots=True)
class Floor:
    """A version of Python that the code has to run on, and the file that says so."""

    version: tuple[int, int]
    path: str
    line: int
    is_image: bool


@dataclass(frozen=True, slots=True)
class NewerFile:
    """A file that needs more than its floor."""

    floor: Floor
    path: str
    need: SyntaxNeed


@dataclass(frozen=True)
class PythonFloors:
    """The floors that were found, and the files of what ships that cannot be read there."""

    floors: tuple[Floor, ...]
    newer: tuple[NewerFile, ...]

    def __len__(self) -> int:
        return len(self.floors)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        stated = _by_folder(_stated(snapshot))
        images = _by_folder(_images(snapshot))
        floors = (*stated.values(), *images.values())
        newer = []
        for path, source in snapshot.files(PythonSource) if floors else ():
            if not source.needs or source.invalid is not None or not _is_judged(snapshot, path):
                continue
            needed = source.needs[-1]
            for floor in (_nearest(stated, path), _nearest(images, path)):
                if floor is None or floor.version >= needed.version:
                    continue
                if not floor.is_image or snapshot.derived(Reachability).rank(path) in _IN_IMAGES:
                    newer.append(NewerFile(floor, path, needed))
        guarded = _guarded(snapshot) if newer else frozenset()
        return cls(floors, tuple(item for item in newer if _stem(item.path) not in guarded))


def _is_judged(snapshot: Snapshot, path: str) -> bool:
    shipped = path.endswith(".py") and role_in(snapshot, path) is Role.SHIPPED
    return shipped and not _FOR_ONE_VERSION.search(path)


def _stem(path: str) -> str:
    name = path.removesuffix("/__init__.py").rpartition("/")[2]
    return name.removesuffix(".py")


def _guarded(snapshot: Snapshot) -> frozenset[str]:
    """Last names of modules that are imported only where something allows it."""
    return frozenset(
        name.rpartition(".")[2]
        for _, source in snapshot.files(PythonSource)
        for statement in source.imports
        if statement.guarded
        for name in (statement.module, *statement.names)
    )


def _nearest(floors: dict[str, Floor], path: str) -> Floor | None:
    return next((floors[folder] for folder in parents(path) if folder in floors), None)


def _by_folder(floors: Iterator[Floor]) -> dict[str, Floor]:
    """Of several in one folder the highest: which one counts cannot be told."""
    found: dict[str, list[Floor]] = defaultdict(list)
    for floor in floors:
        found[floor.path.rpartition("/")[0]].append(floor)
    return {folder: max(listed, key=lambda floor: floor.version) for folder, listed in found.items()}


def _stated(snapshot: Snapshot) -> Iterator[Floor]:
    for path, project in snapshot.files(Pyproject):
        if minor := _lowest(project.requires_python):
            yield Floor((3, minor), path, project.line("project", "requires-python"), is_image=False)
    setups = [(path, setup.requires_python) for path, setup in snapshot.files(SetupCfg)]
    setups += [(path, setup.requires_python) for path, setup in snapshot.files(SetupPy)]
    for path, requires in setups:
        if minor := _lowest(requires):
            yield Floor((3, minor), path, 1, is_image=False)


def _lowest(requires: str | None) -> int | None:
    return max((int(minor) for minor in _BOUND.findall(requires or "")), default=None)


def _images(snapshot: Snapshot) -> Iterator[Floor]:
    for path, dockerfile in snapshot.files(Dockerfile):
        final = dockerfile.final
        if final is not None and snapshot.role(path) is Role.SHIPPED and not is_for_development(path):
            base = dockerfile.lineage(final)[-1]
            if match := _IMAGE.search(base.base.resolved):
                yield Floor((3, int(match.group(1))), path, base.line, is_image=True)
