"""Tests that their runner never looks at: outside the paths of pytest's configuration, in no target of Cargo's."""

from __future__ import annotations

import fnmatch
import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.python_projects import PythonProjects
from checks.derived.test_folders import TEST_MODULE, role_in
from checks.derived.tree_paths import is_hidden, join, parents
from checks.facts.cargo import CargoManifest
from checks.facts.makefile import Makefile
from checks.facts.package_json import PackageJson
from checks.facts.python_source import PythonSource
from checks.facts.python_tests import PythonTests
from checks.facts.roles import Role
from checks.facts.rust_source import RustSource
from checks.facts.shell_source import ShellSource
from checks.facts.source import ImportForm
from checks.facts.task_runner import TaskFile

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from checks.facts.source import Source
    from checks.snapshot import Snapshot

_APART = frozenset({Role.EXAMPLE, Role.FIXTURE, Role.ARCHIVE, Role.VENDORED})
_TEST_FUNCTION = re.compile(r"^(?:Test\w*\.)?test")
_TEST_DECORATOR = re.compile(
    r"pytest|mock|patch|given|hypothesis|skip|parametri[sz]e|django|override_settings|fixture|asyncio|freeze"
)
_RUST_TEST = re.compile(r"^(?:\w+::)*(?:test|rstest|test_case)\b(?!\s*\()")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Test files that one configuration leaves out: the folder they share, and what is said where."""

    folder: str
    files: tuple[str, ...]
    configuration: str
    line: int
    says: str


@dataclass(frozen=True, slots=True)
class UncollectedTests:
    """The tests that are left out, and how many files of tests were held against a configuration."""

    groups: tuple[LeftOut, ...]
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found = [*_python(snapshot), *_rust(snapshot)]
        groups: dict[tuple[str, str], list[LeftOut]] = defaultdict(list)
        for one in found:
            if one is not None:
                groups[one.configuration, one.folder].append(one)
        return cls(tuple(_joined(groups[key]) for key in sorted(groups)), len(found))


def _joined(group: list[LeftOut]) -> LeftOut:
    first = group[0]
    files = tuple(sorted(path for one in group for path in one.files))
    return LeftOut(first.folder, files, first.configuration, first.line, first.says)


def _python(snapshot: Snapshot) -> Iterator[LeftOut | None]:
    """Every file of tests below a configuration that says where tests are, and what that leaves out."""
    projects, run = snapshot.derived(PythonProjects), _Run(snapshot)
    for path, facts in snapshot.files(PythonTests):
        home = next((folder for folder in parents(path) if folder in projects.pytest), None)
        if home is None or not facts.tests or not _is_test(snapshot, path):
            continue
        file, settings = projects.pytest[home]
        wanted = [one for name in settings.testpaths if (one := join(home, name)) is not None]
        known = [one for one in wanted if "*" in one or snapshot.exists(one)]
        if not known:
            continue
        if any(_covers(one, path) for one in known) or run.reaches(path, home):
            yield None
        else:
            says = f"testpaths = {', '.join(settings.testpaths)}"
            yield LeftOut(path.rpartition("/")[0], (path,), file, settings.line, says)


def _is_test(snapshot: Snapshot, path: str) -> bool:
    """Whether pytest would take the file for tests, were it told of its folder."""
    named = TEST_MODULE.search(path) is not None and not path.endswith(("conftest.py", "tests.py"))
    if not named or role_in(snapshot, path) is not Role.TEST or is_hidden(path):
        return False
    apart = any(snapshot.role(f"{folder}/module.py") in _APART for folder in parents(path) if folder)
    return not apart and not _is_registered(snapshot, path)


def _is_registered(snapshot: Snapshot, path: str) -> bool:
    """Whether all of its tests are something else's: handed to a decorator that no test tool is known by."""
    source = snapshot.get(path, PythonSource)
    tests = [d for d in source.definitions if _TEST_FUNCTION.match(d.name)] if source else []
    return bool(tests) and all(
        d.decorators and not any(_TEST_DECORATOR.search(text) for text in d.decorators) for d in tests
    )


def _covers(wanted: str, path: str) -> bool:
    if "*" in wanted:
        return any(fnmatch.fnmatchcase(folder, wanted) for folder in (path, *parents(path)))
    return wanted in ("", path) or path.startswith(f"{wanted}/")


class _Run:
    """What commands of the tree name: where they are run from, and their words as paths."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.words: set[str] = set()
        self.folders: set[str] = set()
        ci = snapshot.derived(ContinuousIntegration)
        for command in ci.commands:
            self._add(command.text)
            if command.runs("pytest", "py.test", "python -m pytest"):
                self.folders.add(command.folder.strip("/"))
        for _, makefile in snapshot.files(Makefile):
            for target in makefile.targets:
                self._add(" ".join(line.text for line in target.recipe))
        for _, tasks in snapshot.files(TaskFile):
            for task in tasks.tasks:
                self._add(" ".join(command.text for command in task.commands))
        for _, package in snapshot.files(PackageJson):
            self._add(" ".join(script.command for script in package.scripts))
        for _, shell in snapshot.files(ShellSource):
            for call in shell.calls:
                self._add(" ".join(argument.text for argument in call.arguments))

    def _add(self, text: str) -> None:
        for word in text.replace("=", " ").replace('"', " ").replace("'", " ").split():
            self.words.add(posixpath.normpath(word.partition("::")[0]) if word != "." else word)

    def reaches(self, path: str, home: str) -> bool:
        """Whether a command names the file or a folder above it, or runs the tests from such a folder."""
        inside = [path, *(folder for folder in parents(path) if folder and folder != home)]
        below = [folder for folder in inside if len(folder) > len(home)]
        named = {*below, *(folder[len(home) :].lstrip("/") for folder in below)}
        named |= {folder.rpartition("/")[2] for folder in below}
        return bool(named & self.words) or any(folder in self.folders for folder in below)


def _rust(snapshot: Snapshot) -> Iterator[LeftOut | None]:
    """Files in folders below `tests/` hold no target of their own: something has to declare them as a module."""
    crates = {
        path.rpartition("/")[0]: (path, cargo) for path, cargo in snapshot.files(CargoManifest) if cargo.name
    }
    declared = _declared(snapshot, crates)
    for path, source in snapshot.files(RustSource):
        home = next((folder for folder in parents(path) if folder in crates), None)
        if home is None or role_in(snapshot, path) is not Role.TEST or not _holds_tests(source):
            continue
        manifest, cargo = crates[home]
        inside = path[len(home) :].lstrip("/").split("/")
        if inside[0] != "tests" or len(inside) < 3 or (len(inside) == 3 and inside[2] == "main.rs"):
            continue
        stem = inside[-2] if inside[-1] == "mod.rs" else inside[-1].removesuffix(".rs")
        if stem in declared[home] or path in {join(home, one.path) for one in cargo.targets if one.path}:
            yield None
        else:
            says = "no test target declares it as a module"
            yield LeftOut(path.rpartition("/")[0], (path,), manifest, cargo.line, says)


def _declared(snapshot: Snapshot, crates: Container[str]) -> dict[str, set[str]]:
    """The names of all modules that the files of each crate declare, by whatever path they are found."""
    names: dict[str, set[str]] = defaultdict(set)
    for path, source in snapshot.files(RustSource):
        home = next((folder for folder in parents(path) if folder in crates), "")
        for one in source.imports:
            if one.form is ImportForm.MODULE:
                names[home] |= {one.module, posixpath.basename(one.path or "").removesuffix(".rs")}
        for text in source.strings:
            if text.value.endswith(".rs"):  # include!("x.rs"), and what a runner of tests is told
                names[home].add(posixpath.basename(text.value).removesuffix(".rs"))
    return names


def _holds_tests(source: Source) -> bool:
    return any(_RUST_TEST.match(mark) for one in source.definitions for mark in one.decorators)
