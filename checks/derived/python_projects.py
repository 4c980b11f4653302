"""The Python projects of a tree: each folder that is set up, built or started on its own, with what it declares."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

from checks.derived.images import Images
from checks.derived.python_files import PythonFiles
from checks.derived.tree_paths import join, parents
from checks.facts.pyproject import Pyproject, PythonEntryPoint
from checks.facts.requirement import normalised
from checks.facts.setup_files import PytestIni, SetupCfg, SetupPy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.pytest_settings import PytestSettings
    from checks.snapshot import Snapshot

# Files whose folder is where Python starts: what they name is imported from there.
_MARKERS = re.compile(
    r"^(?:pyproject\.toml|setup\.(?:py|cfg)|Pipfile|uv\.lock|poetry\.lock|tox\.ini|pytest\.ini|manage\.py"
    r"|.*requirements.*\.(?:txt|in)|Dockerfile(?:\..+)?|.+\.Dockerfile|Procfile|serverless\.ya?ml|environment\.ya?ml)$"
)
_STARTED = frozenset(
    {"main.py", "app.py", "manage.py", "wsgi.py", "asgi.py", "server.py", "__main__.py", "function_app.py"}
)
_SOURCE_FOLDERS = ("src", "lib", "python")


@dataclass(frozen=True, slots=True)
class PythonProject:
    """A folder with a manifest. `packages` are the paths of what it installs at the top level."""

    folder: str
    manifest: str
    line: int
    name: str | None
    packages: tuple[str, ...]
    source_folders: tuple[str, ...]
    entry_points: tuple[PythonEntryPoint, ...]
    needs: frozenset[str]  # normalised names of what it declares, of every group
    advertised: bool  # its manifest speaks to strangers: classifiers, addresses, keywords

    def imports_as(self) -> tuple[str, ...]:
        """The top-level names that its installation offers."""
        return tuple(import_name(path) for path in self.packages)


def import_name(path: str) -> str:
    """The name by which the top-level package or module at a path is imported."""
    return posixpath.basename(path).removesuffix(".py")


@dataclass(frozen=True)
class PythonProjects:
    """Every project by folder, and the folders from which Python code is started."""

    projects: dict[str, PythonProject]
    roots: dict[str, tuple[str, ...]]  # folder -> the folders searched for its top-level modules, in order
    pytest: dict[str, tuple[str, PytestSettings]]  # folder -> (file, settings)

    def __len__(self) -> int:
        return len(self.projects)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        projects = {project.folder: project for project in _projects(snapshot)}
        folders = {""} | set(projects)
        for path in snapshot.paths:
            folder, _, name = path.rpartition("/")
            started = name in _STARTED and f"{folder}/__init__.py".lstrip("/") not in snapshot.paths
            if _MARKERS.match(name) or started:
                folders.add(folder)
        python = snapshot.derived(PythonFiles).folders
        folders |= {root for image in snapshot.derived(Images).images for root in image.roots}
        roots = {
            folder: _search(folder, projects.get(folder), snapshot) for folder in folders & (python | {""})
        }
        return cls(projects, roots, dict(_pytest(snapshot)))

    def root_of(self, path: str) -> str:
        """The nearest folder above a file from which code is started."""
        return next(folder for folder in parents(path) if folder in self.roots)

    def project_of(self, path: str) -> PythonProject | None:
        """The nearest project above a file."""
        return next((self.projects[folder] for folder in parents(path) if folder in self.projects), None)

    def pytest_of(self, path: str) -> tuple[str, PytestSettings] | None:
        """The nearest pytest configuration above a file."""
        return next((self.pytest[folder] for folder in parents(path) if folder in self.pytest), None)

    @cached_property
    def by_import_name(self) -> dict[str, tuple[PythonProject, ...]]:
        """Which projects offer a top-level name."""
        found: dict[str, list[PythonProject]] = defaultdict(list)
        for project in self.projects.values():
            for name in project.imports_as():
                found[name].append(project)
        return {name: tuple(projects) for name, projects in found.items()}

    @cached_property
    def by_name(self) -> dict[str, PythonProject]:
        """The projects by their distribution name."""
        return {normalised(project.name): project for project in self.projects.values() if project.name}


def _projects(snapshot: Snapshot) -> Iterator[PythonProject]:
    for path, facts in snapshot.files(Pyproject):
        folder = path.rpartition("/")[0]
        if facts.is_package:
            packages = _packages(snapshot, folder, facts.name, facts.packages, facts.source_folders)
            advertised = _advertised(facts)
            line = facts.line("project", "name") if facts.project else facts.line("tool", "poetry", "name")
            setup = snapshot.get(f"{folder}/setup.py".lstrip("/"), SetupPy)
            points = facts.entry_points + (setup.entry_points if setup else ())
            yield PythonProject(
                folder,
                path,
                line,
                facts.name,
                packages,
                facts.source_folders,
                points,
                frozenset(r.name for r in facts.requirements),
                advertised=advertised,
            )
    older: list[tuple[str, SetupPy | SetupCfg]] = [*snapshot.files(SetupPy), *snapshot.files(SetupCfg)]
    for path, declared in older:
        folder = path.rpartition("/")[0]
        modern = snapshot.get(f"{folder}/pyproject.toml".lstrip("/"), Pyproject)
        if (modern and modern.is_package and modern.name) or not (declared.name or declared.packages):
            continue
        packages = _packages(snapshot, folder, declared.name, declared.packages, declared.source_folders)
        yield PythonProject(
            folder,
            path,
            1,
            declared.name,
            packages,
            declared.source_folders,
            declared.entry_points,
            frozenset(r.name for r in declared.requirements),
            advertised=True,
        )


def _advertised(facts: Pyproject) -> bool:
    poetry = facts.tool.get("poetry")
    tables = [facts.project, poetry if isinstance(poetry, dict) else {}]
    private = any("Private ::" in str(table.get("classifiers", "")) for table in tables)
    spoken = ("classifiers", "urls", "keywords", "homepage", "repository", "documentation")
    return not private and any(table.get(key) for table in tables for key in spoken)


def _packages(
    snapshot: Snapshot, folder: str, name: str | None, declared: tuple[str, ...], sources: tuple[str, ...]
) -> tuple[str, ...]:
    """The top-level packages and modules, declared or where build backends look by themselves."""
    python = snapshot.derived(PythonFiles)
    found = []
    for path in declared:
        top = join(folder, path)
        candidates = (top, f"{top}.py") if top else ()
        found += [c for c in candidates if c in python.files or c in snapshot.folders]
    if found:
        return tuple(dict.fromkeys(found))
    plain = re.sub(r"[-.]", "_", name or "").lower()
    places = [join(folder, source) for source in (*sources, *_SOURCE_FOLDERS)] + [folder]
    for place in places:
        if place is None or (place and place not in snapshot.folders):
            continue
        children = sorted(python.children.get(place, ()))
        if named := [
            path for path in children if posixpath.basename(path).removesuffix(".py").lower() == plain
        ]:
            return tuple(named[:1])
        if place != folder and (packages := [p for p in children if python.package(p)]):
            return tuple(packages)
    aside = {"tests", "test", "docs", "doc", "examples", "example", "scripts", "benchmarks"}
    flat = [p for p in sorted(python.children.get(folder, ())) if python.package(p)]
    return tuple(p for p in flat if posixpath.basename(p) not in aside)


def _search(folder: str, project: PythonProject | None, snapshot: Snapshot) -> tuple[str, ...]:
    declared = project.source_folders if project else ()
    candidates = [folder, *(join(folder, source) for source in (*declared, *_SOURCE_FOLDERS))]
    found = [path for path in candidates if path is not None and (not path or path in snapshot.folders)]
    inside = [path for path in found if path == folder or f"{path}/__init__.py" not in snapshot.paths]
    return tuple(dict.fromkeys(inside))


def _pytest(snapshot: Snapshot) -> Iterator[tuple[str, tuple[str, PytestSettings]]]:
    """The settings by folder; pytest.ini wins over pyproject.toml, tox.ini and setup.cfg, as pytest has it."""
    files: list[tuple[str, SetupCfg | Pyproject | PytestIni]] = [
        *snapshot.files(SetupCfg),
        *snapshot.files(Pyproject),
        *snapshot.files(PytestIni),
    ]
    for path, facts in files:
        if facts.pytest is not None:
            yield path.rpartition("/")[0], (path, facts.pytest)
