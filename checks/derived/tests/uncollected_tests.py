"""Tests that their runner never looks at: outside the paths of pytest's, Jest's or Vitest's configuration, in no target of Cargo's."""

from __future__ import annotations

import fnmatch
import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.python_projects import PythonProjects
from checks.derived.test_folders import TEST_MODULE, role_in
from checks.derived.tests.test_commands import LeftOut, TestCommands
from checks.derived.tests.uncollected_node_tests import node_tests
from checks.derived.tree_paths import is_hidden, join, parents
from checks.facts.cargo import CargoManifest
from checks.facts.python_source import PythonSource
from checks.facts.python_tests import PythonTests
from checks.facts.roles import Role
from checks.facts.rust_source import RustSource
from checks.facts.source import ImportForm

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
class UncollectedTests:
    """The tests that are left out, and how many files of tests were held against a configuration."""

    groups: tuple[LeftOut, ...]
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        run = TestCommands(snapshot)
        found = [*_python(snapshot, run), *_rust(snapshot), *node_tests(snapshot, run)]
        groups: dict[tuple[str, str], list[LeftOut]] = defaultdict(list)
        for one in found:
            if one is not None:
                groups[one.configuration, one.folder].append(one)
        return cls(tuple(_joined(groups[key]) for key in sorted(groups)), len(found))


def _joined(group: list[LeftOut]) -> LeftOut:
    first = group[0]
    files = tuple(sorted(path for one in group for path in one.files))
    return LeftOut(first.folder, files, first.configuration, first.line, first.says)


def _python(snapshot: Snapshot, run: TestCommands) -> Iterator[LeftOut | None]:
    """Every file of tests below a configuration that says where tests are, and what that leaves out."""
    projects = snapshot.derived(PythonProjects)
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
