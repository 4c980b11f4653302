"""Modules with logic that no test reaches, gathered by folder, and components that have no tests at all."""

from __future__ import annotations

import fnmatch
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.coverage import CoveredFile
from checks.derived.project_kind import MANIFESTS, Component, Project
from checks.derived.tests.tested_by import Reach, TestedBy, logic
from checks.derived.tree_paths import VIEWS, parents
from checks.derived.unreachable import Unreachable
from checks.facts.source import Source
from checks.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

_LEAST = 40  # lines of logic that a module must hold to be owed a test
_LEAST_IMPORTED = 100  # where tests import it by way of something else
_MANY = 3  # untested modules in one folder, to be one gap
_LEAST_COMPONENT = 25
_BUILT = MANIFESTS - {"Dockerfile", "pom.xml"}  # what makes a component more than a place for a Dockerfile
_BROWSERS = ("playwright.config", "cypress.config", "cypress/", "wdio.conf", "nightwatch.conf")


@dataclass(frozen=True, slots=True)
class UntestedCode:
    """A module, or a folder of which no module is tested: its files, their lines of logic and functions."""

    path: str
    files: tuple[str, ...]
    lines: int
    functions: tuple[tuple[str, str, int], ...]  # path, name, line
    tests: str | None  # the folder of the component's tests
    critical: bool
    imported: bool  # tests import it by way of something else
    unused: bool  # nothing uses it: the cause, told apart; all such code of a component is one gap here
    measured: CoveredFile | None = None  # what a coverage report says of it

    @property
    def holder(self) -> str:
        """What holds the logic."""
        where = "that nothing uses" if self.unused else "of this folder"
        return (
            "This module holds" if self.files == (self.path,) else f"{len(self.files)} modules {where} hold"
        )

    @property
    def lack(self) -> str:
        """What no test does."""
        them = "it" if self.files == (self.path,) else "them"
        if self.measured is None:
            return f"no test {'imports' if self.imported else 'reaches'} {them}"
        if self.measured.covered == 0:
            return f"no test runs a line of {them}"
        return f"tests run {self.measured.percent} % of {them}, less than the policy asks for"

    def evidence(self) -> tuple[Evidence, ...]:
        """Its functions, unless some lines of it do run, and where tests of it were looked for."""
        how = "tests reach it only through other code" if self.imported else "no test reaches it"
        functions = () if self.measured and self.measured.covered else self.functions[:20]
        found = [Evidence(f"`{name}`: {how}", path, line) for path, name, line in functions]
        if self.tests:
            found.append(Evidence("looked for an import or a route of it in the tests here", self.tests))
        bound = "static, from imports: an upper bound of what tests cover"
        return (*found, Evidence("measured, by the coverage report" if self.measured else bound))


@dataclass(frozen=True, slots=True)
class UntestedComponent:
    """A component with logic that no test reaches; `tests` are tests that stand in it all the same."""

    folder: str
    files: tuple[str, ...]
    lines: int
    tests: tuple[str, ...]


@dataclass(frozen=True)
class UntestedModules:
    """The untested code outside untested components, how many modules were judged, and the figure of all that were
    measured where it is below what the policy asks for.
    """

    code: tuple[UntestedCode, ...]
    components: tuple[UntestedComponent, ...]
    judged: int
    short: CoveredFile | None = None

    def __len__(self) -> int:
        return self.judged

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        modules = _Modules(snapshot)
        components = tuple(modules.components())
        aside = {file for component in components for file in component.files}
        return cls(tuple(modules.code(aside)), components, len(modules.lines), modules.short())


def driven_by_browser(snapshot: Snapshot) -> frozenset[str]:
    """The folders of what a browser drives: how much of it that reaches can't be told."""
    driven = (path for path in snapshot.paths if any(mark in path for mark in _BROWSERS))
    return frozenset(folder for path in driven for folder in parents(path))


class _Modules:
    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.tested = snapshot.derived(TestedBy)
        self.functions = {}
        for path in self.tested.modules:
            source = snapshot.get(path, Source)
            found = logic(source) if source and not source.syntax_errors else ()
            if found and not path.endswith(VIEWS) and not self._is_embedded(path):
                self.functions[path] = found
        self.lines = {
            path: sum(f.end_line - f.line + 1 for f in found if f.inside is None or "." in f.name)
            for path, found in self.functions.items()
        }
        self.owner = self._owners()
        self.browsed = driven_by_browser(snapshot)

    def _is_embedded(self, path: str) -> bool:
        """Whether a script belongs to no package: another language embeds it, or a page."""
        script = path.endswith((".js", ".mjs", ".cjs", ".ts"))
        paths = self.snapshot.paths
        return script and not any(f"{f}/package.json".lstrip("/") in paths for f in parents(path))

    def _owners(self) -> dict[str, Component]:
        by_folder = {one.folder: one for one in self.snapshot.derived(Project).components}
        return {path: next(by_folder[f] for f in parents(path) if f in by_folder) for path in self.lines}

    def components(self) -> Iterator[UntestedComponent]:
        files: dict[str, list[str]] = defaultdict(list)
        for path, owner in self.owner.items():
            files[owner.folder].append(path)
        for folder, own in sorted(files.items()):
            lines = sum(self.lines[path] for path in own)
            reached = any(self._is_reached(path) for path in own)
            if lines < _LEAST_COMPONENT or reached or not self._is_built(folder):
                continue
            if folder not in self.browsed:
                tests = self.tested.by_folder.get(folder, ()) if folder else self.tested.tests
                yield UntestedComponent(folder, tuple(sorted(own)), lines, tests)

    def _is_built(self, folder: str) -> bool:
        """Whether it is more than a place for a Dockerfile."""
        return any(f"{folder}/{name}".lstrip("/") in self.snapshot.paths for name in _BUILT)

    def code(self, aside: set[str]) -> Iterator[UntestedCode]:
        missing = {path for path in self.lines if path not in aside and self._is_missing(path)}
        missing = {
            path
            for path in missing
            if self.owner[path].folder not in self.browsed or path.endswith((".py", ".go", ".rs"))
        }
        dead = {file for code in self.snapshot.derived(Unreachable).code for file in code.files}
        unused = {path for path in missing & dead if not self._is_critical(path)}
        groups = [(group, files, False) for group, files in self._grouped(missing - unused).items()]
        groups += [(group, files, True) for group, files in self._by_component(unused).items()]
        for group, files, is_unused in sorted(groups, key=lambda row: (row[0], row[2])):
            lines = sum(self.lines[path] for path in files)
            critical = any(self._is_critical(path) for path in files)
            code = self._code(group, sorted(files), lines, critical, unused=is_unused)
            if lines >= (_LEAST_IMPORTED if code.imported else _LEAST) or critical:
                yield code

    def short(self) -> CoveredFile | None:
        """The figure of all modules together, where that is too little."""
        total = CoveredFile.together(self._figure(path) or CoveredFile(0, 0) for path in self.tested.modules)
        return total if total.lines and self._is_below(total) else None

    def _is_missing(self, path: str) -> bool:
        """Go tests its packages from within; elsewhere whatever is imported may be tested through what imports it."""
        figure = self._figure(path)
        if figure is not None:  # measured: how it is reached no longer matters
            return figure.covered == 0 or (self._is_critical(path) and self._is_below(figure))
        reach = self.tested.modules[path].reach
        indirect = path.endswith(".go") or self._is_critical(path)
        return reach is Reach.NONE or (reach is Reach.IMPORT_ONLY and indirect)

    def _is_below(self, figure: CoveredFile) -> bool:
        return figure.percent < self.snapshot.policy.limits.coverage_percent

    def _is_reached(self, path: str) -> bool:
        """Whether any test touches the module, as measured or else as imports say."""
        figure = self._figure(path)
        return self.tested.modules[path].reach is not Reach.NONE if figure is None else figure.covered > 0

    def _figure(self, path: str) -> CoveredFile | None:
        """What a coverage report says of the module; None without a report, or where it doesn't name it."""
        return self.snapshot.coverage.get(path) if self.snapshot.coverage is not None else None

    def _is_critical(self, path: str) -> bool:
        return any(fnmatch.fnmatch(path, glob) for glob in self.snapshot.policy.critical_modules)

    def _grouped(self, missing: set[str]) -> dict[str, set[str]]:
        """Each module under the highest folder, below its component's, of which no module is tested."""
        tested: set[str] = set()
        for path in self.lines.keys() - missing:
            tested.update(parents(path))
        groups: dict[str, set[str]] = defaultdict(set)
        for path in missing:
            if self._is_critical(path):
                groups[path].add(path)
                continue
            home = self.owner[path].folder
            whole = [f for f in parents(path) if f not in tested and f != home and f.startswith(home)]
            # A package of Go is tested as one.
            alone = path.rpartition("/")[0] if path.endswith(".go") else path
            groups[whole[-1] if whole else alone].add(path)
        return _gathered(groups)

    def _by_component(self, unused: set[str]) -> dict[str, set[str]]:
        """What nothing uses of each component, at its folder; at the top of the tree by the folder there."""
        groups: dict[str, set[str]] = defaultdict(set)
        for path in unused:
            groups[self.owner[path].folder or path.partition("/")[0]].add(path)
        return {group if len(files) > 1 else next(iter(files)): files for group, files in groups.items()}

    def _code(
        self, group: str, files: list[str], lines: int, critical: bool, *, unused: bool
    ) -> UntestedCode:
        firsts = [
            (path, self.functions[path][0]) for path in files
        ]  # every module before a second function of any
        rest = [(path, one) for path in files for one in self.functions[path][1:]]
        functions = tuple((path, one.name, one.line) for path, one in (*firsts, *rest))
        figures = [figure for path in files if (figure := self._figure(path)) is not None]
        measured = CoveredFile.together(figures) if len(figures) == len(files) else None
        imported = measured is None and all(
            self.tested.modules[path].reach is Reach.IMPORT_ONLY for path in files
        )
        return UntestedCode(
            group, tuple(files), lines, functions, self._tests_of(group), critical, imported, unused, measured
        )

    def _tests_of(self, path: str) -> str | None:
        """The highest folder of tests in the component."""
        home = self.owner[path].folder if path in self.owner else ""
        nearest = next((f for f in parents(f"{path}/x") if f in self.tested.by_folder), None)
        if nearest is None:
            return None
        test = self.tested.by_folder[nearest][0]
        inside = test.removeprefix(home).lstrip("/").split("/")
        found = next(
            (
                i
                for i, part in enumerate(inside[:-1])
                if part in ("tests", "test", "__tests__", "spec", "e2e")
            ),
            None,
        )
        if found is None:
            return test
        return "/".join([*([home] if home else []), *inside[: found + 1]])


def _gathered(groups: dict[str, set[str]]) -> dict[str, set[str]]:
    """A folder of one file is that file; many untested files beside each other are one gap at their folder."""
    single = {next(iter(files)): files for files in groups.values() if len(files) == 1}
    beside: dict[str, list[str]] = defaultdict(list)
    for path in single:
        beside[path.rpartition("/")[0]].append(path)
    found = {group: set(files) for group, files in groups.items() if len(files) > 1}
    for folder, paths in beside.items():
        if len(paths) >= _MANY and folder and folder not in found:
            found[folder] = set(paths)
        else:
            found.update((path, {path}) for path in paths)
    return found
