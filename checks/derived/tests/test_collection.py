"""Python tests that pytest can't collect: a test package stands in the way of the package it tests, or a module
that they import can't be imported itself.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Self

from checks.derived.import_graph import ImportGraph
from checks.derived.python_files import PythonFiles
from checks.derived.python_projects import PythonProjects
from checks.derived.test_folders import TEST_MODULE, role_in
from checks.derived.tree_paths import is_hidden, parents
from checks.facts.python_source import PythonSource
from checks.facts.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.derived.resolution.model import MissingTarget
    from checks.snapshot import Snapshot

_OTHER_MODES = ("importlib", "append")


@dataclass(frozen=True, slots=True)
class Shadowing:
    """`package` (an __init__.py) is put first on sys.path, so that `name` is it and not `source`."""

    package: str
    name: str
    source: str
    base: str
    tests: tuple[tuple[str, int], ...]  # the tests that import the name, and where


@dataclass(frozen=True, slots=True)
class BrokenChain:
    """A module that tests import imports something that isn't there, so none of them can be collected."""

    module: str
    line: int
    imported: str
    tests: tuple[str, ...]


@dataclass(frozen=True)
class TestCollection:
    """What keeps tests from being collected, and how many test files were looked at."""

    __test__ = False  # pytest: no test class

    shadowing: tuple[Shadowing, ...]
    chains: tuple[BrokenChain, ...]
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        tests = [path for path, _ in snapshot.files(PythonSource) if _is_test(snapshot, path)]
        return cls(tuple(_shadowing(snapshot, tests)), tuple(_chains(snapshot, tests)), len(tests))

    @property
    def uncollectable(self) -> frozenset[str]:
        """The test files that don't run at all."""
        shadowed = {path for found in self.shadowing for path, _ in found.tests}
        return frozenset(shadowed.union(*(chain.tests for chain in self.chains)))


def _is_test(snapshot: Snapshot, path: str) -> bool:
    return (
        TEST_MODULE.search(path) is not None and role_in(snapshot, path) is Role.TEST and not is_hidden(path)
    )


def _shadowing(snapshot: Snapshot, tests: list[str]) -> Iterator[Shadowing]:
    """Pytest puts the first folder above a test file that is no package at the head of sys.path."""
    python, graph = snapshot.derived(PythonFiles), snapshot.derived(ImportGraph)
    standing: dict[tuple[str, str], str] = {}  # (project, name) -> the package in the way
    for path in tests:
        if (top := _top_package(path, python)) and not _imports_otherwise(snapshot, path):
            standing.setdefault((_root(snapshot, path), top.rpartition("/")[2]), top)
    users: dict[tuple[str, str], dict[str, tuple[str, int]]] = defaultdict(dict)
    for path in tests:
        root, lines = _root(snapshot, path), _imported_lines(snapshot, path)
        for edge in graph.imports.get(path, ()):
            for name, line in lines.items():
                key = (root, name)
                if (
                    line == edge.line
                    and key in standing
                    and _is_other(snapshot, edge.target, name, standing[key])
                ):
                    users[key].setdefault(path, (edge.target, line))
    for key, found in sorted(users.items()):
        top = standing[key]
        places = tuple(sorted((path, line) for path, (_, line) in found.items()))
        source = min(target for target, _ in found.values())
        yield Shadowing(f"{top}/__init__.py", key[1], source, top.rpartition("/")[0], places)


def _top_package(path: str, python: PythonFiles) -> str | None:
    """The highest package that a file belongs to, package by package upwards."""
    packages = list(takewhile(python.package, parents(path)))
    return packages[-1] if packages else None


def _imports_otherwise(snapshot: Snapshot, path: str) -> bool:
    """Whether pytest is told to import in another way than by the head of sys.path."""
    settings = snapshot.derived(PythonProjects).pytest_of(path)
    options = " ".join(settings[1].addopts) if settings else ""
    return any(
        f"--import-mode={mode}" in options or f"--import-mode {mode}" in options for mode in _OTHER_MODES
    )


def _root(snapshot: Snapshot, path: str) -> str:
    """The folder whose tests run together: that of pytest's configuration, else of the project."""
    projects = snapshot.derived(PythonProjects)
    configured = next((folder for folder in parents(path) if folder in projects.pytest), None)
    return configured if configured is not None else projects.root_of(path)


def _imported_lines(snapshot: Snapshot, path: str) -> dict[str, int]:
    """The top-level names that a file imports as it is loaded, each with its first line."""
    source = snapshot.get(path, PythonSource)
    found: dict[str, int] = {}
    for one in source.imports if source else ():
        if not one.level and one.inside is None and not one.type_only and not one.guarded:
            found.setdefault(one.module.partition(".")[0], one.line)
    return {name: line for name, line in found.items() if name not in sys.stdlib_module_names}


def _is_other(snapshot: Snapshot, target: str, name: str, top: str) -> bool:
    """Whether an import of the name means a shipped package that stands elsewhere."""
    if target.startswith(f"{top}/") or role_in(snapshot, target) is not Role.SHIPPED:
        return False
    return f"/{name}/" in f"/{target}" or target.endswith(f"/{name}.py") or target == f"{name}.py"


def _chains(snapshot: Snapshot, tests: list[str]) -> Iterator[BrokenChain]:
    graph = snapshot.derived(ImportGraph)
    broken: dict[str, MissingTarget] = {}
    for found in graph.missing:
        statement = found.statement
        at_once = statement.inside is None and not (statement.guarded or statement.type_only)
        if at_once and found.source.endswith(".py") and not found.is_name and found.source not in tests:
            broken.setdefault(found.source, found)
    if not broken:
        return
    loads = {path: tuple(_loaded(snapshot, path)) for path in graph.modules if path.endswith(".py")}
    reached: dict[str, list[str]] = defaultdict(list)
    for test in tests:
        for module in _walk(test, loads):
            if module in broken:
                reached[module].append(test)
    for module, by in sorted(reached.items()):
        gap = broken[module]
        yield BrokenChain(module, gap.line, gap.imported, tuple(sorted(by)))


def _loaded(snapshot: Snapshot, path: str) -> Iterator[str]:
    """What importing a file imports at once: no imports inside functions, under a guard or for types."""
    source = snapshot.get(path, PythonSource)
    later = {
        one.line
        for one in (source.imports if source else ())
        if one.inside is not None or one.guarded or one.type_only
    }
    for edge in snapshot.derived(ImportGraph).imports.get(path, ()):
        if edge.line not in later and not edge.by_name and not edge.type_only:
            yield edge.target


def _walk(start: str, loads: dict[str, tuple[str, ...]]) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for target in loads.get(waiting.pop(), ()):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen
