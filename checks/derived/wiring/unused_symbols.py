"""Symbols that only tests use, factories that nothing calls, test support that no test uses."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

from checks.derived.documents import Documents
from checks.derived.entry_point import Rank
from checks.derived.node_packages import NodePackages
from checks.derived.reachability import Reachability
from checks.derived.references import References, SpelledNames, is_test_code
from checks.derived.tree_paths import is_hidden, parents
from checks.facts.go_source import GoSource
from checks.facts.shell_source import ShellSource
from checks.facts.source import DefinitionKind, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.source import Definition
    from checks.snapshot import Snapshot

_FACTORY = re.compile(r"^(?:create|make|build)_\w|^(?:create|make|build)[A-Z]")
_GO_FACTORY = re.compile(r"^(?:New|Create|Make|Build)[A-Z]")
_NAME_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_TEXT_WORD = re.compile(r"[A-Za-z]+")
_FOR_TESTS = re.compile(
    r"test|mock|fake|stub|dummy|debug|reset|bench|^(?:New)?(?:Null|No_?op|Const)", re.IGNORECASE
)
_GENERATED = re.compile(r"\.gen\.|/generated?/|(?:^|/)(?:codegen|templates?)/")
# Methods that interfaces of Go's library ask for: called by what never names them.
_ASKED_FOR = re.compile(
    r"^(?:String|GoString|Format|Error|Unwrap|Is|As|Read\w*|Write\w*|Close|Seek|Len|Less|Swap|Push|Pop|Scan|Value|Set|Get|Type|Next|"
    r"Name|Size|Mode|ModTime|IsDir|Sys|Open|Stat|Do|Run|Start|Stop|Handle\w*|Describe|Collect|RoundTrip|ServeHTTP|Marshal(?:JSON|Text|YAML|Binary|XML\w*)|"
    r"Unmarshal(?:JSON|Text|YAML|Binary|XML\w*)|Lock|Unlock|Timeout|Temporary|Network|Accept|Addr|Deadline|Done|Err|Enabled|WithAttrs|WithGroup)$"
)


@dataclass(frozen=True, slots=True)
class UnusedSymbol:
    """`tests` are the tests that use it. `public` when users of the package may use it."""

    path: str
    line: int
    name: str
    tests: tuple[str, ...]
    public: bool = False

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]


@dataclass(frozen=True)
class UnusedSymbols:
    """The symbols that no code which ships uses, and how many were judged."""

    symbols: tuple[UnusedSymbol, ...]
    judged: int

    def __len__(self) -> int:
        return self.judged

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        judge = _Judge(snapshot)
        found = [*judge.all()]
        unused = _without_members([symbol for symbol in found if symbol])
        return cls(tuple(sorted(unused, key=lambda symbol: symbol.folder)), len(found))


def _without_members(symbols: list[UnusedSymbol]) -> Iterator[UnusedSymbol]:
    """A method counts only where the rest of its type is used: where the type isn't, it is the cause."""
    made = {(symbol.path, symbol.name.removeprefix("New")) for symbol in symbols if "." not in symbol.name}
    for symbol in symbols:
        if (symbol.path, symbol.name.rpartition(".")[0]) not in made:
            yield symbol


class _Judge:
    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.references = snapshot.derived(References)
        self.spelled = snapshot.derived(SpelledNames).words
        self.reach = snapshot.derived(Reachability)
        points = self.reach.points.by_rank
        self.public = {point.target for point in points.get(Rank.LIBRARY, ())}
        placed = points.get(Rank.CONVENTION, ())  # what looks there takes what it finds, by no name
        self.placed = {point.target for point in placed if point.wildcard}
        roots = {
            p.target for rank in (Rank.DEPLOYED, Rank.IMAGE, Rank.INSTALLED) for p in points.get(rank, ())
        }
        self.programs = self.reach.graph.reached_from(roots)
        self.asked_for: set[str] = set()
        self.renders = False

    def all(self) -> Iterator[UnusedSymbol | None]:
        sources = [
            (path, source)
            for path, source in self.snapshot.shipped(Source)
            if not isinstance(source, ShellSource) and self._is_judged(path)
        ]
        for _, go in self.snapshot.files(GoSource):
            self.asked_for |= {d.name.rpartition(".")[2] for d in go.definitions if d.abstract}
            self.renders |= any(i.module in ("html/template", "text/template") for i in go.imports)
        for path, source in sources:
            for definition in source.definitions:
                if self._is_candidate(definition, source) and not (
                    definition.exported and path in self.placed
                ):
                    yield self._symbol(path, definition)

    def _is_judged(self, path: str) -> bool:
        if (
            is_test_code(self.snapshot, path)
            or is_hidden(path)
            or _GENERATED.search(path)
            or _FOR_TESTS.search(path.rpartition("/")[2])
        ):
            return False
        if path.endswith((".go", ".py", ".pyw")):
            return True
        if path.endswith(".rs"):
            crate = next(
                (f for f in parents(path) if f"{f}/Cargo.toml".lstrip("/") in self.snapshot.paths), None
            )
            return crate is not None and f"{crate}/src/lib.rs".lstrip("/") not in self.snapshot.paths
        packages = self.snapshot.derived(NodePackages)
        folder = packages.folder_of(path)
        return folder is not None and not packages.packages[folder].is_published

    def _is_candidate(self, definition: Definition, source: Source) -> bool:
        name = definition.name.rpartition(".")[2]
        method = isinstance(source, GoSource) and definition.kind is DefinitionKind.METHOD
        if definition.kind not in (DefinitionKind.FUNCTION, DefinitionKind.CLASS) and not method:
            return False
        if (
            definition.decorators
            or definition.abstract
            or name.startswith("__")
            or source.in_test(definition.line)
        ):
            return False
        if method and (
            self.renders or _ASKED_FOR.match(name) or name in self.asked_for or not definition.exported
        ):
            return False
        return (method or "." not in definition.name) and not _FOR_TESTS.search(name)

    def _symbol(self, path: str, definition: Definition) -> UnusedSymbol | None:
        name = definition.name.rpartition(".")[2]
        if name in self.references.users or name in self.spelled:
            return None
        unit = path.rpartition("/")[0] if path.endswith(".go") else path
        ships = self.reach.ships(unit) or path.endswith(".rs")
        tests = self.references.tests.get(name, ())
        symbol = UnusedSymbol(path, definition.line, definition.name, tests, unit in self.public)
        factory = _GO_FACTORY if path.endswith(".go") else _FACTORY
        if not ships:
            uncalled = definition.kind is DefinitionKind.FUNCTION and not tests and factory.search(name)
            return symbol if uncalled else None
        if not tests or (symbol.public and not self._is_promised(unit, definition)):
            return None
        return symbol

    def _is_promised(self, unit: str, definition: Definition) -> bool:
        """Whether a public function belongs to what a program of the tree ships, and its documents name the feature."""
        words = [word.lower() for word in _NAME_WORD.findall(definition.name.removeprefix("New"))]
        function = definition.kind is DefinitionKind.FUNCTION
        return (
            function and unit in self.programs and len(words) > 1 and (words[0], words[1]) in self.documented
        )

    @cached_property
    def documented(self) -> frozenset[tuple[str, str]]:
        """Every two words in a row of the documents that speak for the tree."""
        found: set[tuple[str, str]] = set()
        for document in self.snapshot.derived(Documents).counted():
            texts = [heading.text for heading in document.markdown.headings]
            texts += [passage.text for passage in document.markdown.passages]
            for text in texts:
                words = [word.lower() for word in _TEXT_WORD.findall(text)]
                found.update(itertools.pairwise(words))
        return frozenset(found)
