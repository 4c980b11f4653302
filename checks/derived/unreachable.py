"""Shipped code that nothing shipped reaches, gathered at the highest folder that is unreachable as a whole."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.entry_point import EntryPoint, Rank
from checks.derived.entry_points import EntryPoints
from checks.derived.entry_points_python import is_migration
from checks.derived.go_modules import GoModules
from checks.derived.images import Images
from checks.derived.node_packages import NodePackages
from checks.derived.python_files import PythonFiles
from checks.derived.python_projects import PythonProjects
from checks.derived.reachability import Reachability
from checks.derived.resolution.ecmascript import ecmascript_sources
from checks.derived.rust_modules import RustModules, UnusedRustModule
from checks.derived.test_folders import role_in
from checks.derived.tree_paths import VIEWS, is_hidden, parents
from checks.facts.go_source import GoSource
from checks.facts.python_source import PythonSource
from checks.facts.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.derived.import_graph import ImportGraph
    from checks.facts.source import Source
    from checks.snapshot import Snapshot


_MAIN_FILE = re.compile(r"(?:^|/)(?:main|index|server|bootstrap|App)\.[cm]?[jt]sx?$|(?:^|/)(?:app|pages)/")
_SUPPORT = re.compile(r"(?:^|/)[^/]*(?:fixtures?|mocks?|stories|story)(?:\.[\w-]+)?\.[cm]?[jt]sx?$")
# They import files by their place or name, unseen in the source.
_MAGIC = ("nuxt", "unplugin-vue-components", "unplugin-auto-import", "@angular/core", "ember-source", "@nestjs/core", "metro",
          "expo-router", "typeorm", "sequelize-cli", "umi", "@umijs/max", "vike", "wxt", "plasmo", "@docusaurus/core", "gatsby", "astro", "vitepress", "vuepress", "@mdx-js/react", "@mdx-js/rollup", "@next/mdx")  # fmt: skip
_FOR_TESTS = re.compile(r"^(?:mock|fake)|(?:tests?|testing|mocks?)$")
_TEMPLATE = re.compile(r"(?:^|/)(?:codegen|generators?|scaffold\w*|cookiecutter\w*)/(?:.*/)?templates?/")
# At the top of a tree they make a Python project of it.
_LISTED = re.compile(r"(?:.*requirements.*\.(?:txt|in)|Pipfile|environment\.ya?ml|manage\.py)$")


_SMALL, _TINY = 60, 25  # lines
_BESIDE_VIEWS = (".ts", ".mts", ".js", ".mjs")  # hooks, formats, one file for each


@dataclass(frozen=True, slots=True)
class UnreachableCode:
    """A file or folder. `tests` are the tests that reach any of it, `importers` the (unreachable) files that import it."""

    path: str
    files: tuple[str, ...]
    lines: int
    tests: tuple[str, ...]
    importers: tuple[tuple[str, int], ...]
    considered: tuple[EntryPoint, ...]
    library: bool = False  # users of a published library may need what the program beside it doesn't
    is_data: bool = False  # names and shapes without a function: no feature is missing

    @property
    def is_left_over(self) -> bool:
        """A small part of a page that no page shows any more, not even in a test: it was left behind, not forgotten."""
        least = _SMALL if self.path.endswith(VIEWS) else _TINY if self.path.endswith(_BESIDE_VIEWS) else 0
        return self.lines < least and not self.tests


@dataclass(frozen=True)
class Unreachable:
    """The unreachable code of a tree, and how many modules were judged."""

    code: tuple[UnreachableCode, ...]
    judged: int

    def __len__(self) -> int:
        return self.judged

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        reach = snapshot.derived(Reachability)
        rust = snapshot.derived(RustModules)
        unused = tuple(_rust(module) for module in rust.unused)
        if not len(reach.points):
            return cls(unused, rust.judged)
        judged = dict(_judged(snapshot))
        dead = {path for path in judged if not reach.ships(path)} | set(_stranded(snapshot, reach, judged))
        groups = _grouped(dead, set(judged), reach.graph)
        code = tuple(_code(group, sorted(files), reach, judged) for group, files in sorted(groups.items()))
        return cls((*code, *unused), len(judged) + rust.judged)


def _judged(snapshot: Snapshot) -> Iterator[tuple[str, Source]]:
    """The shipped modules that hold something: no empty files, no migrations, nothing hidden."""
    notebooks = {path.rpartition("/")[0] for path in snapshot.paths if path.endswith(".ipynb")}
    projects = snapshot.derived(PythonProjects)
    tools = {point.target for point in snapshot.derived(EntryPoints).by_rank.get(Rank.TOOL, ())}
    modules = snapshot.derived(GoModules)
    # Without a go.mod (GOPATH) nobody can tell what an import means.
    go = ((path, source) for path, source in snapshot.files(GoSource) if modules.module_of(path))
    sources: list[tuple[str, Source]] = [*snapshot.files(PythonSource), *go]
    sources += _applications(snapshot)
    for path, source in sources:
        if role_in(snapshot, path) is not Role.SHIPPED or is_hidden(path) or is_migration(path):
            continue
        if notebooks and any(folder in notebooks for folder in parents(path)):
            continue
        if _is_aside(path, projects) or _is_script(path, source, snapshot):
            continue
        if _helps_tests(path, source):
            continue
        if _TEMPLATE.search(path):  # text for a program that writes code
            continue
        if path.endswith(("_test.go", ".pyi")) or path in tools or not _holds_something(path, source):
            continue
        yield path, source


def _applications(snapshot: Snapshot) -> Iterator[tuple[str, Source]]:
    """The files under src/ of packages that are applications: started somewhere, not published, without magic imports."""
    packages = snapshot.derived(NodePackages)
    started = {
        packages.folder_of(point.target)
        for point in snapshot.derived(EntryPoints).points
        if point.rank.ships and point.rank is not Rank.SCRIPT and _MAIN_FILE.search(point.target)
    }
    for path, source in ecmascript_sources(snapshot).items():
        folder = packages.folder_of(path)
        if folder is None or folder not in started or packages.packages[folder].is_published:
            continue
        magic = any(packages.packages[folder].dependency(name) for name in _MAGIC)
        kit = f"{folder}/components.json".lstrip("/") in snapshot.paths and "/components/ui/" in path
        inside = path.startswith(f"{folder}/src/".lstrip("/")) and not kit and not _SUPPORT.search(path)
        if inside and not magic and not path.endswith(".d.ts"):
            yield path, source


def _stranded(snapshot: Snapshot, reach: Reachability, judged: dict[str, Source]) -> Iterator[str]:
    """Programs beside a Dockerfile whose image starts something else and holds nothing of the tree."""
    images = (image for image in snapshot.derived(Images).images if image.starts and not image.placed)
    beside = {image.path.rpartition("/")[0] for image in images}
    named = {
        point.target for point in reach.points.by_rank.get(Rank.SCRIPT, ()) if point.path != point.target
    }
    for path, source in judged.items():
        alone = source.runs_as_main and reach.rank(path) is Rank.SCRIPT and path not in named
        if alone and path.rpartition("/")[0] in beside and not reach.graph.imported_by.get(path):
            yield path


def _is_aside(path: str, projects: PythonProjects) -> bool:
    """Whether a Python file stands outside what its published project installs: a helper of its developers."""
    project = projects.project_of(path) if path.endswith(".py") else None
    if project is None or not project.advertised or not project.packages:
        return False
    return not any(path == top or path.startswith(f"{top}/") for top in project.packages)


def _helps_tests(path: str, source: Source) -> bool:
    """Whether a Go package is there for tests, as httptest is: by its name, or since it imports testing."""
    folder = path.rpartition("/")[0].rpartition("/")[2]
    named = _FOR_TESTS.search(folder) is not None
    return path.endswith(".go") and (named or any(found.module == "testing" for found in source.imports))


def _is_script(path: str, source: Source, snapshot: Snapshot) -> bool:
    """Whether a Python file of no package and no project works when it is run: somebody ran it by hand."""
    acts = any(c.inside is None and (c.discarded or c.callee == "open") for c in source.calls)
    if not path.endswith(".py") or not acts:
        return False
    projects, python = snapshot.derived(PythonProjects), snapshot.derived(PythonFiles)
    above = tuple(parents(path))
    installed = any(folder in projects.projects or python.package(folder) for folder in above)
    started = any(folder and folder in projects.roots for folder in above)
    listed = any(_LISTED.match(name) for name in snapshot.paths if "/" not in name)
    return not (installed or started or listed)


def _holds_something(path: str, source: Source) -> bool:
    """A package's __init__ that only passes names on belongs to its package; an empty file to nobody."""
    own = [
        definition for definition in source.definitions if definition.name not in ("__all__", "__version__")
    ]
    if path.endswith("__init__.py"):
        return any(definition.kind.value in ("function", "class", "method") for definition in own)
    return bool(own or source.calls) and source.build_constraint is None


def _grouped(dead: set[str], judged: set[str], graph: ImportGraph) -> dict[str, set[str]]:
    """Each dead file under the highest folder above it that is dead as a whole and hangs together by imports.

    Files that merely stand beside each other stay apart: each is its own cause, whatever becomes of its neighbours.
    """
    below: dict[str, set[str]] = defaultdict(set)
    for path in judged:
        for folder in parents(path):
            below[folder].add(path)
    whole = {
        folder
        for folder, files in below.items()
        if folder and files <= dead and (len(files) > 1 or next(iter(files)).endswith(".go"))
    }
    whole = {folder for folder in whole if _hangs_together(folder, below[folder], graph)}
    groups: dict[str, set[str]] = defaultdict(set)
    for path in dead:
        kept = [folder for folder in parents(path) if folder in whole]
        groups[kept[-1] if kept else path].add(path)
    return groups


def _hangs_together(folder: str, files: set[str], graph: ImportGraph) -> bool:
    """Whether imports within the folder connect all of its files."""
    seen = {min(files)}
    waiting = list(seen)
    while waiting:
        path = waiting.pop()
        edges = (*graph.imports.get(path, ()), *graph.imported_by.get(path, ()))
        near = {end for edge in edges for end in (edge.source, edge.target)}
        inside = {end for end in near if end == folder or end.startswith(f"{folder}/")}
        waiting += inside - seen
        seen |= inside
    return files <= seen


def _code(group: str, files: list[str], reach: Reachability, judged: dict[str, Source]) -> UnreachableCode:
    inside = set(files) | {group}
    tests = {test for file in files for test in reach.tests_of(file)} - inside
    edges = (edge for file in inside for edge in reach.graph.imported_by.get(file, ()) if not edge.by_name)
    importers = {
        (edge.source, edge.line)
        for edge in edges
        if edge.source != group and not edge.source.startswith(f"{group}/") and edge.source not in tests
    }
    return UnreachableCode(
        path=group,
        files=tuple(files),
        lines=sum(judged[file].lines for file in files),
        tests=tuple(sorted(tests)),
        importers=tuple(sorted(importers)),
        considered=_considered(group, reach),
        is_data=not any(judged[file].functions() for file in files),
    )


def _rust(module: UnusedRustModule) -> UnreachableCode:
    main = EntryPoint(
        Rank.INSTALLED, module.program, "the program's main file and all that it uses", module.program, 1
    )
    return UnreachableCode(
        module.path, (module.path,), module.lines, module.tests, (), (main,), module.library
    )


def _considered(group: str, reach: Reachability) -> tuple[EntryPoint, ...]:
    """The entry points from which it was looked for, nearest first."""
    near = {folder: depth for depth, folder in enumerate(parents(group))}
    points = [
        point
        for point in reach.points.points
        if point.rank.ships and not point.wildcard and point.rank is not Rank.SCRIPT
    ]
    if not points:
        points = [point for point in reach.points.points if point.rank is Rank.LIBRARY][:1]
    distance = {point: next(near[f] for f in parents(point.target + "/x") if f in near) for point in points}
    return tuple(sorted(points, key=lambda point: (distance[point], point.rank.order, point.target)))
