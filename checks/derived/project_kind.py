"""What kind of thing each component of a repository is: a service, a library, a command line, infrastructure, documentation.

A service needs two proofs: code that starts a server, and something that deploys it. Absences that only a service
owes (metrics, runbook, health endpoint) are asked of nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Self

from checks.derived.built_crates import BuiltCrates
from checks.derived.deployment_files import NOT_OURS, deploys_component, is_deployment, takes_nothing
from checks.derived.server_starts import ServerStart, server_starts
from checks.derived.tree_index import folders_up
from checks.facts.cargo import CargoManifest
from checks.facts.go_source import GoSource
from checks.facts.package_json import PackageJson
from checks.facts.pyproject import Pyproject
from checks.facts.setup_files import SetupPy
from checks.facts.source import Source
from checks.model import Evidence
from checks.snapshot import Snapshot


class ProjectKind(StrEnum):
    """What a component is. It can be several: a library with a command line."""

    SERVICE = "service"
    LIBRARY = "library"
    COMMAND_LINE = "command line"
    INFRASTRUCTURE = "infrastructure"
    DOCUMENTATION = "documentation"


MANIFESTS = frozenset({
    "pyproject.toml", "setup.py", "setup.cfg", "requirements.txt", "package.json", "go.mod", "Cargo.toml", "Dockerfile", "manage.py", "pom.xml",
})  # fmt: skip
_INFRASTRUCTURE = re.compile(
    r"\.(?:tf|bicep)$|(?:^|/)(?:Pulumi|Chart|kustomization)\.ya?ml$|(?:^|/)(?:playbooks?|roles)/.*\.ya?ml$"
)


@dataclass(frozen=True, slots=True)
class Component:
    """A folder with a manifest of its own, what it is, and what says so."""

    folder: str
    kinds: frozenset[ProjectKind]
    starts: tuple[ServerStart, ...] = ()
    deployed_by: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The folder's name, for people; the root is "the repository"."""
        return self.folder or "the repository"

    def is_a(self, kind: ProjectKind) -> bool:
        return kind in self.kinds


@dataclass(frozen=True)
class Project:
    """All components of a tree, by folder."""

    components: tuple[Component, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        folders = _component_folders(snapshot)
        starts = _by_component(folders, server_starts(snapshot))
        deploys = tuple(path for path in sorted(snapshot.paths) if is_deployment(snapshot, path))
        owners = frozenset(starts) | {folder for folder in folders if _has_code_manifest(snapshot, folder)}
        idle = frozenset(path for path in deploys if takes_nothing(snapshot, path))
        built = snapshot.derived(BuiltCrates)
        by = {
            folder: tuple(path for path in deploys if deploys_component(path, folder, owners, idle))
            for folder in starts
            if not built.leave_out(folder)
        }
        declared = _declared(snapshot)
        return cls(
            tuple(
                _component(folder, snapshot, starts.get(folder, ()), by.get(folder, ()), declared)
                for folder in folders
            )
        )

    def __len__(self) -> int:
        return len(self.components)

    def of_kind(self, kind: ProjectKind) -> tuple[Component, ...]:
        return tuple(component for component in self.components if component.is_a(kind))

    def component_of(self, path: str) -> Component | None:
        """The component that a file belongs to: the nearest one above it."""
        by_folder = self._by_folder
        return next((by_folder[f] for f in folders_up(path.rpartition("/")[0]) if f in by_folder), None)

    @cached_property
    def _by_folder(self) -> dict[str, Component]:
        return {component.folder: component for component in self.components}


@dataclass(frozen=True)
class Services:
    """The components that are services: what service-only absences are about."""

    components: tuple[Component, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls(snapshot.derived(Project).of_kind(ProjectKind.SERVICE))

    def __len__(self) -> int:
        return len(self.components)

    @property
    def name(self) -> str:
        """All of them, at the beginning of a sentence."""
        first = self.components[0]
        return f"The service `{first.folder}`" if first.folder else "The service"

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What starts the first few of them."""
        starts = (one.starts[0] for one in self.components[:5] if one.starts)
        return tuple(Evidence(f"{start.what} starts a server", start.path, start.line) for start in starts)


def _component_folders(snapshot: Snapshot) -> tuple[str, ...]:
    """The folders with a manifest, and the root."""
    owned = (
        path
        for path in snapshot.paths
        if _is_manifest(snapshot, path) and snapshot.role(path) not in NOT_OURS
    )
    return tuple(sorted({path.rpartition("/")[0] for path in owned} | {""}))


def _is_manifest(snapshot: Snapshot, path: str) -> bool:
    """A setup.py that calls no setup() is a module of that name."""
    setup = snapshot.get(path, SetupPy) if path.endswith("setup.py") else None
    return path.rpartition("/")[2] in MANIFESTS and not (setup and setup.line is None)


def _by_component(
    folders: tuple[str, ...], starts: Iterator[ServerStart]
) -> dict[str, tuple[ServerStart, ...]]:
    found: dict[str, tuple[ServerStart, ...]] = {}
    for start in starts:
        folder = next(f for f in folders_up(start.path.rpartition("/")[0]) if f in folders)
        found[folder] = (*found.get(folder, ()), start)
    return found


def _has_code_manifest(snapshot: Snapshot, folder: str) -> bool:
    """Whether the folder is more than a place for a Dockerfile: it has another manifest, or code beside it."""
    names = (f"{folder}/{name}".lstrip("/") for name in MANIFESTS - {"Dockerfile"})
    if any(path in snapshot.paths and _is_manifest(snapshot, path) for path in names):
        return True
    return any(path.rpartition("/")[0] == folder for path, _ in snapshot.shipped(Source))


def _component(
    folder: str, snapshot: Snapshot, starts: tuple[ServerStart, ...], by: tuple[str, ...], declared: _Declared
) -> Component:
    kinds = set[ProjectKind]()
    if by:
        kinds.add(ProjectKind.SERVICE)
    if folder in declared.libraries:
        kinds.add(ProjectKind.LIBRARY)
    if folder in declared.commands:
        kinds.add(ProjectKind.COMMAND_LINE)
    if not folder and any(_INFRASTRUCTURE.search(path) for path in snapshot.paths):
        kinds.add(ProjectKind.INFRASTRUCTURE)
    if not kinds and not folder and _is_documentation(snapshot):
        kinds.add(ProjectKind.DOCUMENTATION)
    return Component(folder, frozenset(kinds), starts, by[:5])


def _is_documentation(snapshot: Snapshot) -> bool:
    documents = sum(path.endswith((".md", ".mdx", ".rst", ".adoc")) for path in snapshot.paths)
    return documents * 2 > len(snapshot.paths)


@dataclass(frozen=True, slots=True)
class _Declared:
    """The folders whose manifests make a package that others import, and those that install a command."""

    libraries: frozenset[str]
    commands: frozenset[str]


def _declared(snapshot: Snapshot) -> _Declared:
    return _Declared(frozenset(_libraries(snapshot)), frozenset(_command_lines(snapshot)))


def _libraries(snapshot: Snapshot) -> Iterator[str]:
    for path, python in snapshot.files(Pyproject):
        if python.name and python.build_backend:
            yield path.rpartition("/")[0]
    for path, package in snapshot.files(PackageJson):
        if package.name and not package.private and any(file.field != "bin" for file in package.entry_files):
            yield path.rpartition("/")[0]
    for path, cargo in snapshot.files(CargoManifest):
        folder = path.rpartition("/")[0]
        if cargo.name and cargo.publish and snapshot.exists(f"{folder}/src/lib.rs".lstrip("/")):
            yield folder
    for path, source in snapshot.shipped(GoSource):
        if (
            source.package != "main"
            and not path.startswith(("internal/", "cmd/"))
            and "/internal/" not in path
        ):
            yield _module_folder(snapshot, path)


def _command_lines(snapshot: Snapshot) -> Iterator[str]:
    for path, python in snapshot.files(Pyproject):
        if any(entry.group in {"console_scripts", "scripts"} for entry in python.entry_points):
            yield path.rpartition("/")[0]
    for path, package in snapshot.files(PackageJson):
        if any(file.field == "bin" for file in package.entry_files):
            yield path.rpartition("/")[0]
    for path, cargo in snapshot.files(CargoManifest):
        folder = path.rpartition("/")[0]
        if any(target.kind == "bin" for target in cargo.targets) or snapshot.exists(
            f"{folder}/src/main.rs".lstrip("/")
        ):
            yield folder
    for path, source in snapshot.shipped(GoSource):
        if source.package == "main":
            yield _module_folder(snapshot, path)


def _module_folder(snapshot: Snapshot, path: str) -> str:
    """The folder of the go.mod that a Go file belongs to."""
    folders = folders_up(path.rpartition("/")[0])
    return next((folder for folder in folders if f"{folder}/go.mod".lstrip("/") in snapshot.paths), "")
