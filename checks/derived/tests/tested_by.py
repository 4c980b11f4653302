"""Which tests reach each module, and how: a static upper bound of what tests cover.

`direct`: a test imports the module (Go: stands in its package; Rust: tests inside it, or one that names it).
`route`: a test asks for an address that the module serves. `import only`: something that a test imports imports it.
A module that is merely imported may run without a line of it being tested, and a direct test may test one function
of many: only a coverage report says how much really runs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Self

from checks.derived.entry_point import Rank
from checks.derived.entry_points import EntryPoints
from checks.derived.entry_points_python import is_migration
from checks.derived.import_graph import ImportGraph
from checks.derived.project_kind import Project
from checks.derived.test_folders import TEST_MODULE, role_in
from checks.derived.tests.test_collection import TestCollection
from checks.derived.tree_paths import is_hidden, parents
from checks.facts.roles import Role
from checks.facts.source import BodyForm, DefinitionKind, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.source import Definition
    from checks.snapshot import Snapshot

_ROUTE = re.compile(
    r"^[\w.]+\.(?:get|post|put|patch|delete|route|api_route|websocket)\(\s*[\"']([^\"']*)[\"']"
)
_NAMED = re.compile(r"[\w./-]+\.(?:py|sh|go|rs|[cm]?[jt]s)\b|(?:^|\s)-m\s+([\w.]+)")
_SETTINGS = re.compile(
    r"\.config\.[cm]?[jt]s$|\.d\.[cm]?ts$|(?:^|/)(?:setup|conftest|noxfile|__main__)\.py$|(?:^|/)build\.rs$|(?:^|/)templates?/"
)
_RUNS = re.compile(r"cargo_bin|\bCommand::(?:new|cargo)|CARGO_BIN|trycmd|TestCases::new")
_SHELL = (".sh", ".bash")
_SHORTEST = 5  # lines of a function, for it to hold logic


class Reach(StrEnum):
    """How a module is reached by tests, best first."""

    DIRECT = "direct"
    ROUTE = "route"
    IMPORT_ONLY = "import only"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class TestedModule:
    """A shipped module, how tests reach it, and which (the direct ones, at most a few)."""

    __test__ = False  # pytest: no test class

    path: str
    reach: Reach
    tests: tuple[str, ...]
    runs: bool  # whether any of what reaches it can be collected


@dataclass(frozen=True)
class TestedBy:
    """Every shipped module by path, and the test files."""

    __test__ = False  # pytest: no test class

    modules: dict[str, TestedModule]
    tests: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.modules)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        sources = {path: source for path, source in snapshot.files(Source) if not path.endswith(_SHELL)}
        tests = tuple(sorted(path for path in sources if _is_test(snapshot, path)))
        reach = _Reached(snapshot, sources, tests)
        tools = {point.target for point in snapshot.derived(EntryPoints).by_rank.get(Rank.TOOL, ())}
        modules = {
            path: reach.of(path, source)
            for path, source in sources.items()
            if path not in reach.tests and path not in tools and is_product(snapshot, path)
        }
        return cls(modules, tests)

    @cached_property
    def by_folder(self) -> dict[str, tuple[str, ...]]:
        """The tests below each folder."""
        found: dict[str, list[str]] = defaultdict(list)
        for test in self.tests:
            for folder in parents(test):
                found[folder].append(test)
        return {folder: tuple(tests) for folder, tests in found.items()}


def is_product(snapshot: Snapshot, path: str) -> bool:
    """Whether a file is code that tests are for."""
    if path.endswith(".go") and "/_" in f"/{path}":  # the go tool passes it over
        return False
    shipped = role_in(snapshot, path) is Role.SHIPPED and not is_hidden(path)
    return shipped and not is_migration(path) and not TEST_MODULE.search(path) and not _SETTINGS.search(path)


def logic(source: Source) -> tuple[Definition, ...]:
    """The functions of a module that do something."""
    return tuple(
        found
        for found in source.functions()
        if found.kind in (DefinitionKind.FUNCTION, DefinitionKind.METHOD)
        and found.body is BodyForm.WORK
        and not found.abstract
        and found.end_line - found.line + 1 >= _SHORTEST
    )


def _is_test(snapshot: Snapshot, path: str) -> bool:
    return role_in(snapshot, path) is Role.TEST and not is_hidden(path) and not path.endswith(".pyi")


class _Reached:
    """What the tests reach, worked out once for all modules."""

    def __init__(self, snapshot: Snapshot, sources: dict[str, Source], tests: tuple[str, ...]) -> None:
        self.graph = snapshot.derived(ImportGraph)
        self.tests = frozenset(tests)
        self.uncollectable = snapshot.derived(TestCollection).uncollectable
        self.reached = self.graph.asked_from(tests)
        self.running = self.graph.asked_from(self.tests - self.uncollectable)
        self.components = {one.folder for one in snapshot.derived(Project).components}
        said: dict[str, list[str]] = defaultdict(list)  # by the component of the test
        for test in tests:
            said[self._component(test)] += [text.value for text in sources[test].strings]
        self.addresses = {home: "\n".join(t for t in texts if "/" in t) for home, texts in said.items()}
        self.named: dict[str, set[str]] = defaultdict(set)  # what the tests of which components name
        for home, texts in said.items():
            for word in (word for text in texts for word in _words(text)):
                self.named[word].add(home)
        # Those with routes of their own, below whatever prefix.
        self.serving = {self._component(path) for path, one in sources.items() if [*_addresses(one)]}
        rust = [
            sources[p] for p in sources if p.endswith(".rs") and (p in self.tests or sources[p].test_lines)
        ]
        self.rust = frozenset(name for source in rust for name in source.references)
        self.runs_rust = any(_RUNS.search(call.callee) for source in rust for call in source.calls)
        self.rust |= {
            part
            for source in rust
            for one in source.imports
            for part in (*one.module.split("::"), *one.names)
        }

    def of(self, path: str, source: Source) -> TestedModule:
        direct = sorted(self._direct(path, source))
        runs = path in self.running or path.endswith(".rs")
        if direct:
            return TestedModule(path, Reach.DIRECT, tuple(direct[:5]), bool(set(direct) - self.uncollectable))
        if self._serves(path, source):
            return TestedModule(path, Reach.ROUTE, (), runs=True)
        run = path.endswith(".rs") and self.runs_rust  # tests that start the program reach what it runs
        reach = Reach.IMPORT_ONLY if run or path in self.reached else Reach.NONE
        return TestedModule(path, reach, (), runs)

    def _direct(self, path: str, source: Source) -> Iterator[str]:
        stem = path.rpartition("/")[2].rpartition(".")[0]
        target = path.rpartition("/")[0] if path.endswith(".go") else path
        for edge in self.graph.imported_by.get(target, ()):
            if edge.source in self.tests and not edge.in_passing:
                yield edge.source
        run = any(self._names(word, path) for word in (path.rpartition("/")[2], *_dotted(path)))
        if source.test_lines or run or (path.endswith(".rs") and self._rust_names(stem, path, source)):
            yield path

    def _rust_names(self, stem: str, path: str, source: Source) -> bool:
        name = path.split("/")[-2] if stem in ("mod", "lib", "main") and "/" in path else stem
        items = {d.name for d in source.definitions if d.exported and "." not in d.name}
        return name in self.rust or bool(items & self.rust)

    def _names(self, word: str, path: str) -> bool:
        """Whether a test of the file's component, or of one around it, names the file so."""
        return any(f"{path}/".startswith(f"{home}/".lstrip("/")) for home in self.named.get(word, ()))

    def _component(self, path: str) -> str:
        return next((folder for folder in parents(path) if folder in self.components), "")

    def _serves(self, path: str, source: Source) -> bool:
        """Whether a test asks for an address of one of the module's routes; those of another server mean that one."""
        own = self._component(path)
        return any(
            bool(address) and address in texts and (home == own or home not in self.serving)
            for address in _addresses(source)
            for home, texts in self.addresses.items()
        )


def _addresses(source: Source) -> Iterator[str]:
    """What a module serves, up to the first parameter; empty where that is too short to prove anything."""
    for definition in source.definitions:
        for decorator in definition.decorators:
            if match := _ROUTE.match(decorator):
                address = match.group(1).partition("{")[0].partition("<")[0].rstrip("/")
                yield address if address.count("/") + ("{" in decorator) > 1 else ""


def _words(text: str) -> Iterator[str]:
    """The files and modules that a text names ("scripts/run.py", "-m app.worker")."""
    for match in _NAMED.finditer(text):
        yield match.group(1) or match.group().rpartition("/")[2]


def _dotted(path: str) -> frozenset[str]:
    """The dotted names under which a Python file may be run."""
    parts = path.removesuffix(".py").split("/")
    return frozenset(".".join(parts[index:]) for index in range(max(0, len(parts) - 4), len(parts) - 1))
