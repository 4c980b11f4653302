"""The interfaces of one language, and what implements them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from checks.derived.entry_point import Rank
from checks.derived.reachability import Reachability
from checks.derived.references import References, is_test_code
from checks.derived.tree_paths import is_hidden
from checks.facts.roles import Role
from checks.facts.source import DefinitionKind, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checks.facts.source import Definition
    from checks.snapshot import Snapshot

_DOUBLE = re.compile(r"^_?(?:In_?Mem(?:ory)?|Mem(?:ory)?(?=[A-Z])|Mock|Fake|Stub|Dummy|No_?[Oo]p|Simulated)|(?:InMemory|Mock|Fake|Stub|Noop|NoOp)")  # fmt: skip
_ROLE = re.compile(r"(?:Port|Protocol|Interface|ABC|Base|Abstract)$|^(?:Abstract|Base|I(?=[A-Z][a-z]))")
_REFUSED = re.compile(r"^(?:NotImplementedError)$")
WORD = re.compile(r"[A-Za-z_]\w*")
_SHORTEST = 6  # letters of a name that says what it is


@dataclass(frozen=True, slots=True)
class Implementation:
    """A class or type that has what the interface asks for."""

    path: str
    line: int
    name: str

    @property
    def is_double(self) -> bool:
        """Whether its name says that it stands in for the real thing."""
        return _DOUBLE.search(self.name) is not None


@dataclass(frozen=True, slots=True)
class Port:
    """An interface without a real implementation. `users` depend on it; `refusals` are where the real one is refused."""

    path: str
    line: int
    name: str
    doubles: tuple[Implementation, ...]
    users: tuple[str, ...]
    refusals: tuple[tuple[str, int], ...]
    around: tuple[tuple[str, int, str], ...]  # where something alike is made without the interface


class Interfaces:
    """What the sources of one language define."""

    def __init__(self, snapshot: Snapshot, kind: type[Source]) -> None:
        self.snapshot = snapshot
        self.sources: dict[str, Source] = {
            path: source for path, source in snapshot.files(kind) if not is_test_code(snapshot, path)
        }
        self.reach = snapshot.derived(Reachability)
        self.users = snapshot.derived(References).users
        self.public = {point.target for point in self.reach.points.by_rank.get(Rank.LIBRARY, ())}

    def interfaces(self) -> Iterator[tuple[str, Definition]]:
        """The interfaces of what ships, those aside that users of a library implement."""
        for path, source in self.sources.items():
            unit = path.rpartition("/")[0] if path.endswith(".go") else path
            is_ours = (
                self.snapshot.role(path) is Role.SHIPPED and unit not in self.public and not is_hidden(path)
            )
            for definition in source.definitions if is_ours else ():
                top = definition.kind is DefinitionKind.INTERFACE and "." not in definition.name
                if top and self._asked(path, definition.name):
                    yield path, definition

    def _asked(self, path: str, name: str) -> list[Definition]:
        """The methods that an interface asks for."""
        methods = self._methods.get((path, name), ())
        return [m for m in methods if m.abstract and not m.name.rpartition(".")[2].startswith("__")]

    @cached_property
    def _methods(self) -> dict[tuple[str, str], list[Definition]]:
        found: dict[tuple[str, str], list[Definition]] = defaultdict(list)
        for path, source in self.sources.items():
            for definition in source.definitions:
                if definition.kind is DefinitionKind.METHOD and definition.inside:
                    found[path, definition.inside].append(definition)
        return found

    @cached_property
    def _types(self) -> dict[str, list[tuple[str, Definition]]]:
        """Classes, structs and named types, by name."""
        found: dict[str, list[tuple[str, Definition]]] = defaultdict(list)
        for path, source in self.sources.items():
            for definition in source.definitions:
                if definition.kind in (DefinitionKind.CLASS, DefinitionKind.TYPE, DefinitionKind.INTERFACE):
                    found[definition.name].append((path, definition))
        return found

    @cached_property
    def _having(self) -> dict[str, set[tuple[str, str]]]:
        """By method name, the types (Go: with the folder, their methods stand in several files) that have it."""
        found: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for (path, name), methods in self._methods.items():
            unit = path.rpartition("/")[0] if path.endswith(".go") else path
            for method in methods:
                if not method.abstract:
                    found[method.name.rpartition(".")[2]].add((unit, name))
        return found

    @cached_property
    def _modules(self) -> list[frozenset[str]]:
        """The functions of each module: a module can have what a Protocol asks for."""
        return [frozenset(d.name for d in source.functions()) for source in self.sources.values()]

    @cached_property
    def _derived_from(self) -> dict[str, list[tuple[str, Definition]]]:
        found: dict[str, list[tuple[str, Definition]]] = defaultdict(list)
        for typed in self._types.values():
            for path, definition in typed:
                for base in definition.bases:
                    found[base.partition("[")[0].rpartition(".")[2]].append((path, definition))
        return found

    def found(self, path: str, interface: Definition) -> list[Implementation] | None:
        """What implements the interface; None where something may that can't be seen."""
        asked = self._asked(path, interface.name)
        names = {method.name.rpartition(".")[2] for method in asked}
        if any(names <= functions for functions in self._modules):
            return None
        found = [*self._nominal(interface.name), *self._structural(names)]
        if not found and not any(self._is_own(method) for method in asked):
            return None  # a type of a library may have these methods
        return found

    def port(self, path: str, interface: Definition) -> Port | None:
        """The interface, if nothing real implements it and something needs it."""
        found = self.found(path, interface)
        if found is None or any(not one.is_double for one in found):
            return None
        users = tuple(user for user in self.users.get(interface.name, ()) if self._can_name(user, path))
        internal = path.endswith(".go") and interface.doc is not None
        if not users and (found or not internal):
            return None
        stem = _ROLE.sub("", interface.name)
        return Port(
            path,
            interface.line,
            interface.name,
            tuple(dict.fromkeys(found)),
            users,
            tuple(self._refusals(users)),
            tuple(self._around(stem, interface.name, found)) if len(stem) >= _SHORTEST else (),
        )

    def _nominal(self, name: str) -> Iterator[Implementation]:
        """What derives from the interface, at any distance."""
        waiting, seen = [name], {name}
        while waiting:
            for path, definition in self._derived_from.get(waiting.pop(), ()):
                if definition.name not in seen:
                    seen.add(definition.name)
                    waiting.append(definition.name)
                    if definition.kind is not DefinitionKind.INTERFACE:
                        yield Implementation(path, definition.line, definition.name)

    def _structural(self, names: set[str]) -> Iterator[Implementation]:
        for _unit, name in sorted(set.intersection(*(self._having.get(method, set()) for method in names))):
            for path, definition in self._types.get(name, ()):
                yield Implementation(path, definition.line, definition.name)

    def _is_own(self, method: Definition) -> bool:
        """Whether the method speaks of a type of this tree, which no library can know."""
        written = " ".join((*method.parameter_types, method.return_type or ""))
        return any(word in self._own_types for word in WORD.findall(written))

    @cached_property
    def _own_types(self) -> frozenset[str]:
        """The types of this tree that is no copy of another's."""
        ours = (name for name, found in self._types.items() if any(self._is_ours(path) for path, _ in found))
        return frozenset(ours)

    def _is_ours(self, path: str) -> bool:
        return self.snapshot.role(path) is not Role.VENDORED

    def _can_name(self, user: str, path: str) -> bool:
        """Whether another file can mean this interface by its name: a file of Go's package, or one that imports it."""
        if user == path or not self._is_ours(user):
            return False
        folder = path.rpartition("/")[0]
        package = folder.rpartition("/")[2]
        if not path.endswith(".go") or not package or user.rpartition("/")[0] == folder:
            return True
        source = self.sources.get(user)
        imports = source.imports if source else ()
        return any(found.module.rpartition("/")[2] == package for found in imports)

    def _refusals(self, users: Iterable[str]) -> Iterator[tuple[str, int]]:
        for user in users:
            for call in self.sources[user].calls if user in self.sources else ():
                if _REFUSED.match(call.callee):
                    yield user, call.line

    def _around(self, stem: str, name: str, found: list[Implementation]) -> Iterator[tuple[str, int, str]]:
        """Calls of a class that is named like the interface, in files that ship and don't use the interface."""
        known = {one.name for one in found}
        alike = {other for other in self._types if other.endswith(stem) and other not in known | {name, stem}}
        for other in sorted(alike):
            for user in self.users.get(other, ()):
                source = self.sources.get(user)
                if source is None or not self.reach.ships(user) or name in source.references:
                    continue
                calls = (call for call in source.calls if call.callee.rpartition(".")[2] == other)
                yield from ((user, call.line, other) for call in calls)
