"""What each Python project declares, what its code imports of third parties, and what is declared for whom."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Self

from checks.derived.import_graph import ImportGraph
from checks.derived.python_distributions import is_known, offers, plain
from checks.derived.python_projects import PythonProjects
from checks.derived.tree_paths import join, parents
from checks.facts.other_python_manifests import CondaEnvironment, Pipfile
from checks.facts.pyproject import Pyproject
from checks.facts.python_source import PythonSource
from checks.facts.requirements import RequirementsFile
from checks.facts.roles import Role
from checks.facts.setup_files import SetupCfg, SetupPy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.derived.resolution.model import ThirdPartyImport
    from checks.facts.requirement import Requirement
    from checks.snapshot import Snapshot

_DEVELOPMENT = re.compile(
    r"dev|test|lint|docs?\b|ci\b|typing|mypy|style|format|check|bench|qa\b", re.IGNORECASE
)
_ASIDE = re.compile(
    r"^(?:requirements|deps|dependencies|docker|deploy|build|envs?|conda|pip|\.devcontainer|infra)$"
)

_INCLUDED_LIMIT = 200  # files that one requirements file may include, directly or not
_MOST = 2_000  # declarations that an import is held against loosely, one by one


class Standing(StrEnum):
    """How an import stands to what is declared."""

    DECLARED = "declared"
    DEVELOPMENT = "declared for development only"
    ELSEWHERE = "declared by another component only"
    UNDECLARED = "declared nowhere"
    UNKNOWN = "can't be told"


@dataclass(frozen=True, slots=True)
class Declared:
    """A requirement with the manifest that holds it."""

    requirement: Requirement
    manifest: str
    development: bool


@dataclass(frozen=True)
class PythonDependencies:
    """The declared requirements by the folder they hold for."""

    declared: dict[str, tuple[Declared, ...]]
    dynamic: frozenset[str]  # folders whose manifest computes its requirements
    imports: tuple[ThirdPartyImport, ...]

    def __len__(self) -> int:
        return sum(len(found) for found in self.declared.values())

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        declared: dict[str, list[Declared]] = defaultdict(list)
        for manifest, requirements in _manifests(snapshot):
            folder = manifest.rpartition("/")[0]
            if _ASIDE.match(folder.rpartition("/")[2]):
                folder = folder.rpartition("/")[0]
            aside = _DEVELOPMENT.search(posixpath.basename(manifest).removesuffix(".toml")) is not None
            for found in requirements:
                group = _DEVELOPMENT.search(found.group or "") is not None
                declared[folder].append(Declared(found, manifest, aside or found.development or group))
        dynamic = {
            path.rpartition("/")[0]
            for path, setup in snapshot.files(SetupPy)
            if {"install_requires", "**"} & set(setup.dynamic)
        }
        dynamic |= {
            path.rpartition("/")[0]
            for path, found in snapshot.files(Pyproject)
            if "dependencies" in found.dynamic
        }
        dynamic |= set(_unread_includes(snapshot))
        graph = snapshot.derived(ImportGraph)
        imports = tuple(
            found
            for found in graph.third_party
            if found.source.endswith((".py", ".pyw")) and not _is_brought(snapshot, found)
        )
        folders = {folder: tuple(found) for folder, found in declared.items()}
        return cls(_with_local(folders, snapshot.derived(PythonProjects)), frozenset(dynamic), imports)

    def of(self, path: str) -> tuple[Declared, ...]:
        """What is declared for a file: by its own component and by those above."""
        return tuple(found for folder in parents(path) for found in self.declared.get(folder, ()))

    def component(self, path: str) -> str | None:
        """The nearest folder above a file that declares anything at run time."""
        return next((folder for folder in parents(path) if folder in self._components), None)

    @cached_property
    def _components(self) -> frozenset[str]:
        """The folders that declare anything at run time."""
        return frozenset(f for f, found in self.declared.items() if not all(d.development for d in found))

    @cached_property
    def _imported(self) -> dict[str, frozenset[tuple[str, str]]]:
        """The names and modules that each component imports."""
        found: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for one in self.imports:
            found[self.component(one.source) or ""].add((one.name, one.statement.module))
        return {component: frozenset(names) for component, names in found.items()}

    def standing(self, found: ThirdPartyImport) -> tuple[Standing, Declared | None]:
        """How an import stands, and the declaration that says so."""
        component = self.component(found.source)
        if component is None or any(folder in self.dynamic for folder in parents(found.source)):
            return Standing.UNKNOWN, None
        if sum(len(self.declared.get(folder, ())) for folder in parents(found.source)) > _MOST:
            return Standing.UNKNOWN, None
        matches = [
            d for d in self.of(found.source) if offers(d.requirement.name, found.name, found.statement.module)
        ]
        if any(not match.development for match in matches):
            return Standing.DECLARED, next(match for match in matches if not match.development)
        if matches:
            return Standing.DEVELOPMENT, matches[0]
        if not is_known(found.name) and component in self._unexplained:
            return Standing.UNKNOWN, None
        elsewhere = self._elsewhere(found)
        return (Standing.ELSEWHERE, elsewhere) if elsewhere else (Standing.UNDECLARED, None)

    def _elsewhere(self, found: ThirdPartyImport) -> Declared | None:
        """A declaration anywhere in the tree; among very many only one of the very name."""
        if len(self) > _MOST:
            return self._by_name.get(plain(found.name))
        everywhere = (d for declared in self.declared.values() for d in declared)
        names = found.name, found.statement.module
        return next((d for d in everywhere if offers(d.requirement.name, *names)), None)

    @cached_property
    def _by_name(self) -> dict[str, Declared]:
        return {plain(d.requirement.name): d for declared in self.declared.values() for d in declared}

    @cached_property
    def _unexplained(self) -> frozenset[str]:
        """The components with a declared distribution that matches none of their imports: it may offer any name."""
        return frozenset(folder for folder in self._components if self._is_unexplained(folder))

    def _is_unexplained(self, component: str) -> bool:
        names = self._imported.get(component, frozenset())
        return any(
            not any(offers(d.requirement.name, name, module) for name, module in names)
            for d in self.declared[component][:_MOST]
            if not d.development and not is_known(d.requirement.name.replace("-", "_"))
        )


def _is_brought(snapshot: Snapshot, found: ThirdPartyImport) -> bool:
    """Whether a script lists its requirements in itself, or pytest loads the file as its plugin."""
    source = snapshot.get(found.source, PythonSource)
    inline = source is not None and any(comment.text.strip() == "/// script" for comment in source.comments)
    return inline or (found.name == "pytest" and "pytest_plugin" in found.source)


def _manifests(snapshot: Snapshot) -> Iterator[tuple[str, tuple[Requirement, ...]]]:
    skipped = (Role.VENDORED, Role.FIXTURE, Role.ARCHIVE)
    files: list[tuple[str, Pyproject | SetupCfg | SetupPy | Pipfile | CondaEnvironment]] = [
        *snapshot.files(Pyproject),
        *snapshot.files(SetupCfg),
        *snapshot.files(SetupPy),
        *snapshot.files(Pipfile),
        *snapshot.files(CondaEnvironment),
    ]
    for path, facts in files:
        if snapshot.role(path) not in skipped and facts.requirements:
            yield path, facts.requirements
    for path, listed in snapshot.files(RequirementsFile):
        if snapshot.role(path) not in skipped and "constraint" not in posixpath.basename(path):
            yield path, (*listed.requirements, *_included(snapshot, listed, path, {path}))


def _included(
    snapshot: Snapshot, listed: RequirementsFile, path: str, seen: set[str]
) -> Iterator[Requirement]:
    """What the file's includes hold; each file once, since files may include each other in a ring."""
    for include in listed.includes:
        target = join(path.rpartition("/")[0], include.path)
        other = snapshot.get(target, RequirementsFile) if target else None
        if target and other is not None and target not in seen and not include.constraint:
            seen.add(target)
            yield from (replace(found, line=include.line) for found in other.requirements)
            if len(seen) < _INCLUDED_LIMIT:
                yield from _included(snapshot, other, target, seen)


def _unread_includes(snapshot: Snapshot) -> Iterator[str]:
    """Folders whose requirements include a file that is there under a name we don't read."""
    for path, listed in snapshot.files(RequirementsFile):
        folder = path.rpartition("/")[0]
        for include in listed.includes:
            target = join(folder, include.path)
            if target in snapshot.paths and snapshot.get(str(target), RequirementsFile) is None:
                yield folder


def _with_local(
    declared: dict[str, tuple[Declared, ...]], projects: PythonProjects
) -> dict[str, tuple[Declared, ...]]:
    """A component also has what the projects of this tree need that it depends on."""
    result = {}
    for folder, found in declared.items():
        waiting = list(found)
        known = {d.requirement.name for d in found}
        total = list(found)
        while waiting:
            current = waiting.pop()
            project = projects.by_name.get(current.requirement.name)
            if project is None or project.folder == folder:
                continue
            for inner in declared.get(project.folder, ()):
                if not inner.development and inner.requirement.name not in known:
                    known.add(inner.requirement.name)
                    total.append(inner)
                    waiting.append(inner)
        result[folder] = tuple(total)
    return result
