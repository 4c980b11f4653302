"""Routes that no test asks for, by component. Read from addresses in the tests' texts and from the handlers' names."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.project_kind import Project
from checks.derived.service_routes import is_route
from checks.derived.tests.tested_by import TestedBy
from checks.derived.tests.untested_code import driven_by_browser
from checks.derived.tree_paths import parents
from checks.facts.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

_ADDRESS = re.compile(r"^(?:[A-Z]+ )?(?:\w+://[^/\s]+|\{[^{}]*\})?(/[^?#\s]*)")
_PARAMETER = re.compile(r"^[:*<{$]|[<{*]")
_DECORATOR = re.compile(r"^([\w.]+)\(\s*[\"']([^\"']*)[\"']")
_WORD = re.compile(r"[A-Za-z_]\w+")
# Requests written in no programming language, and tools that ask for every route of a schema.
_OTHER = re.compile(
    r"\.postman_collection\.json$|\.(?:http|rest|bru|hurl|feature|robot)$|tavern|schemathesis|dredd|pact"
)
_SCHEMA_TOOLS = ("schemathesis", "hypothesis_jsonschema", "dredd", "pact", "portman")
_MOST = 300  # addresses with one word that a route is held against


@dataclass(frozen=True, slots=True)
class Route:
    """A registered address and the words that may name its handler."""

    path: str
    line: int
    address: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class UntestedComponentRoutes:
    """The routes of a component that no test asks for, and how many it has."""

    folder: str
    routes: tuple[Route, ...]
    of: int


@dataclass(frozen=True, slots=True)
class UntestedRoutes:
    """The components with such routes, and how many routes were held against the tests.

    `unasked` are components whose tests ask for no route at all: they may go by a client that knows the addresses.
    """

    components: tuple[UntestedComponentRoutes, ...]
    judged: int
    unasked: tuple[str, ...] = ()

    def __len__(self) -> int:
        return self.judged

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        tested = snapshot.derived(TestedBy)
        sources = [source for path in tested.tests if (source := snapshot.get(path, Source)) is not None]
        if any(_OTHER.search(path) for path in snapshot.paths) or _by_schema(sources):
            return cls((), 0)
        routes = dict(_by_component(snapshot, tested))
        asked = _Asked(sources)
        found, unasked = [], []
        for folder, own in sorted(routes.items()):
            reached = [route for route in own if asked.has(route.address)]
            missing = tuple(r for r in own if not (asked.has(r.address) or asked.names & r.words))
            if reached and missing:
                found.append(UntestedComponentRoutes(folder, missing, len(own)))
            elif missing:
                unasked.append(folder)
        return cls(tuple(found), sum(map(len, routes.values())), tuple(unasked))


def _by_schema(tests: list[Source]) -> bool:
    return any(one.module.startswith(_SCHEMA_TOOLS) for source in tests for one in source.imports)


def _by_component(snapshot: Snapshot, tested: TestedBy) -> Iterator[tuple[str, list[Route]]]:
    folders = {one.folder for one in snapshot.derived(Project).components}
    routes: dict[str, list[Route]] = defaultdict(list)
    for path in tested.modules:
        source = snapshot.get(path, Source)
        for route in _routes(path, source) if source else ():
            routes[next((folder for folder in parents(path) if folder in folders), "")].append(route)
    driven = driven_by_browser(snapshot)
    for folder, own in routes.items():
        if folder in tested.by_folder and folder not in driven:
            yield folder, own


def _routes(path: str, source: Source) -> Iterator[Route]:
    decorated = dict(_decorated(source))
    for call in source.calls:
        if is_route(call) and not source.in_test(call.line):
            address = call.arguments[0].text.rpartition(" ")[2]
            if any(not _PARAMETER.search(part) for part in _parts(address)):
                arguments = (argument.text for argument in call.arguments[1:] if not argument.literal)
                words = {word for text in arguments for word in _WORD.findall(text)}
                below = decorated.get((call.callee, call.arguments[0].text))
                yield Route(path, call.line, address, frozenset(words | ({below} if below else set())))


def _decorated(source: Source) -> Iterator[tuple[tuple[str, str], str]]:
    """The functions below decorators, by the decorator's name and its first text."""
    for definition in source.definitions:
        for decorator in definition.decorators:
            if match := _DECORATOR.match(decorator):
                yield (match.group(1), match.group(2)), definition.name.rpartition(".")[2]


def _parts(address: str) -> list[str]:
    return [part for part in address.split("/") if part]


class _Asked:
    """The addresses and the names in the tests' code, by the words of the addresses."""

    def __init__(self, tests: list[Source]) -> None:
        self.names: set[str] = set()
        self.by_word: dict[str, list[list[str]]] = defaultdict(list)
        self.known: dict[str, bool] = {}
        seen: set[str] = set()
        for source in tests:
            self.names |= source.references
            for text in source.strings:
                self.names.add(text.value)
                match = _ADDRESS.match(text.value)
                if match and match.group(1) not in seen:
                    seen.add(match.group(1))
                    self._add(_parts(match.group(1)))

    def _add(self, parts: list[str]) -> None:
        for word in set(parts[:12]):
            if len(self.by_word[word]) < _MOST:
                self.by_word[word].append(parts)

    def has(self, address: str) -> bool:
        """Whether a test asks for the address, with anything before it and any values in it."""
        if address not in self.known:
            route = _parts(address)
            last = max(i for i, part in enumerate(route) if not _PARAMETER.search(part))
            asked = self.by_word.get(route[last], ())
            full = len(asked) >= _MOST
            self.known[address] = full or any(_matches(route, last, parts) for parts in asked)
        return self.known[address]


def _matches(route: list[str], last: int, asked: list[str]) -> bool:
    for index, part in enumerate(asked):
        if part == route[last] and len(asked) - index - 1 <= len(route) - last - 1:
            before = zip(reversed(route[:last]), reversed(asked[:index]), strict=False)
            if all(
                _PARAMETER.search(one) or _PARAMETER.search(other) or one == other for one, other in before
            ):
                return True
    return False
