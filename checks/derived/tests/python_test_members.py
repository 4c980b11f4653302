"""What Python's tests ask of the code under test that it does not have: members, keywords, targets of patches."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Self

from checks.derived.python_class_table import PythonClassTable
from checks.derived.resolution.python_names import binds
from checks.derived.test_folders import role_in
from checks.derived.tree_paths import is_hidden
from checks.facts.python_source import PythonSource
from checks.facts.roles import Role
from checks.facts.source import DefinitionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.source import Call, Definition
    from checks.snapshot import Snapshot

_PATCH = re.compile(r"^(?:(?:unittest\.)?mock\.|mocker\.)?patch$|^monkeypatch\.setattr$")
_DOTTED = re.compile(r"^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$")
_RAISES = re.compile(r"(?:^|\.)(?:raises|assertRaises\w*)$")
_FAILURES = re.compile(r"TypeError|AttributeError|ValidationError|Exception")
_WITHIN = 8  # lines of a block that is to fail
_TESTS = frozenset({Role.TEST})
_DATACLASS = re.compile(r"^(?:dataclasses\.)?dataclass\b(?!.*init=False)")


@dataclass(frozen=True, slots=True)
class MissingMember:
    """What a test file asks for: its name, of what, and the lines that ask."""

    path: str

    name: str
    what: str  # "a member of X", "a keyword of f()", "a target of a patch"
    owner: str  # the file that would have it
    line: int | None
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PythonTestMembers:
    """What is missing, by test file and name; `looked_at` counts the test files."""

    missing: tuple[MissingMember, ...]
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        asking = _Asking(snapshot)
        found: dict[tuple[str, str, str], list[MissingMember]] = defaultdict(list)
        for one in (*asking.members(), *asking.keywords(), *asking.of_methods(), *asking.patches()):
            found[one.path, one.what, one.name].append(one)
        missing = tuple(
            replace(group[0], lines=tuple(sorted({line for one in group for line in one.lines})))
            for _, group in sorted(found.items())
        )
        return cls(missing, len(asking.tests))


class _Asking:
    """The tests of a tree, and what they name of its code."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.table = snapshot.derived(PythonClassTable)
        self.tests = {
            path: source
            for path, source in snapshot.files(PythonSource)
            if role_in(snapshot, path) is Role.TEST and not is_hidden(path)
        }

    def members(self) -> Iterator[MissingMember]:
        """Attributes of instances that tests make."""
        for (file, owner), read, path in self.table.reads(_TESTS):
            known = path in self.tests and self.snapshot.role(file) is Role.SHIPPED
            own = _unmangled(read.name, owner)
            if known and self.table.lacks((file, owner), own) and not self._fails(path, read.line):
                line = self.table.classes[file, owner].line
                yield MissingMember(path, read.name, f"a member of {owner}", file, line, (read.line,))

    def _fails(self, path: str, line: int) -> bool:
        """Whether the test wants it to fail."""
        wanted = self._failing.get(path, [])
        at = bisect_right(wanted, line) - 1
        return at >= 0 and line <= wanted[at] + _WITHIN

    @cached_property
    def _failing(self) -> dict[str, list[int]]:
        return {
            path: sorted(
                call.line
                for call in source.calls
                if _RAISES.search(call.callee) and any(_FAILURES.search(a.text) for a in call.arguments)
            )
            for path, source in self.tests.items()
        }

    def keywords(self) -> Iterator[MissingMember]:
        """Keywords that a function or class of the tree does not take."""
        for path, source in self.tests.items():
            for call in source.calls:
                named = [argument.name for argument in call.arguments if argument.name]
                taken = self._taken(path, call) if named else None
                if taken is None or self._fails(path, call.line):
                    continue
                file, definition, names = taken
                for name in named:
                    if name not in names:
                        what = f"a keyword of {definition.name}()"
                        yield MissingMember(path, name, what, file, definition.line, (call.line,))

    def of_methods(self) -> Iterator[MissingMember]:
        """Keywords that a method of the instance doesn't take."""
        for (file, owner), read, path in self.table.reads(_TESTS):
            source = (
                self.snapshot.get(file, PythonSource) if self.snapshot.role(file) is Role.SHIPPED else None
            )
            method = (
                source.definition(f"{owner}.{read.name}")
                if source and (file, owner) in self.table.closed
                else None
            )
            names = _names(method) if method and not method.decorators else None
            if (
                method is None
                or names is None
                or read.name in self.table.elsewhere
                or self._fails(path, read.line)
            ):
                continue
            for call in self._calls.get((path, read.line), ()):
                named = (
                    [a.name for a in call.arguments if a.name]
                    if call.callee.endswith(f".{read.name}")
                    else []
                )
                for name in named:
                    if name not in names:
                        what = f"a keyword of {method.name}()"
                        yield MissingMember(path, name, what, file, method.line, (call.line,))

    @cached_property
    def _calls(self) -> dict[tuple[str, int], list[Call]]:
        found: dict[tuple[str, int], list[Call]] = defaultdict(list)
        for path, source in self.tests.items():
            for call in source.calls:
                found[path, call.line].append(call)
        return found

    def _taken(self, path: str, call: Call) -> tuple[str, Definition, frozenset[str]] | None:
        """What a call of something that the tree defines may name; None where that can't be told."""
        name = call.callee
        if not name.isidentifier() or name in self.table.asked(path):
            return None
        if (place := self.table.resolve(path, name)) is not None:
            return self._of_class(place)
        files = self.table.sources_of(path, name)
        source = self.snapshot.get(files[0], PythonSource) if len(files) == 1 else None
        found = [d for d in source.definitions if d.name == name] if source else []
        plain = len(found) == 1 and found[0].kind is DefinitionKind.FUNCTION and not found[0].decorators
        names = _names(found[0]) if plain and self.snapshot.role(files[0]) is Role.SHIPPED else None
        return (files[0], found[0], names) if names is not None else None

    def _of_class(self, place: tuple[str, str]) -> tuple[str, Definition, frozenset[str]] | None:
        """A class with an `__init__` of its own, or a plain dataclass."""
        file, name = place
        source = self.snapshot.get(file, PythonSource)
        if source is None or place not in self.table.closed or self.snapshot.role(file) is not Role.SHIPPED:
            return None
        definition, made = source.definition(name), source.definition(f"{name}.__init__")
        if definition is None or source.definition(f"{name}.__new__") is not None:
            return None
        if made is not None:
            names = None if made.decorators or definition.decorators else _names(made)
        else:
            plain = (
                len(definition.decorators) == 1
                and _DATACLASS.match(definition.decorators[0])
                and not definition.bases
            )
            names = (
                frozenset(field.name for field in source.fields if field.inside == name) if plain else None
            )
        return (file, definition, names) if names is not None else None

    def patches(self) -> Iterator[MissingMember]:
        """Targets that the module does not have, so that the patch fails before the test begins."""
        for path, source in self.tests.items():
            for call in source.calls:
                first = call.arguments[0] if call.arguments else None
                if (
                    first is None
                    or not first.literal
                    or not _PATCH.match(call.callee)
                    or call.argument("create")
                    or call.argument("raising")
                ):
                    continue
                found = self._module(first.text) if _DOTTED.match(first.text) else None
                if found is None or self._fails(path, call.line):
                    continue
                file, name = found
                module = self.snapshot.get(file, PythonSource)
                if module is not None and not binds(module, name):
                    yield MissingMember(path, first.text, "a target of a patch", file, None, (call.line,))

    def _module(self, target: str) -> tuple[str, str] | None:
        """The one module of the tree that a target begins with, and the name in it."""
        parts = target.split(".")
        for count in range(len(parts) - 1, 1, -1):
            files = self._by_name.get(".".join(parts[:count]), [])
            if files:
                name = parts[count]
                package = files[0].removesuffix("__init__.py") if files[0].endswith("/__init__.py") else None
                inner = package is not None and any(
                    self.snapshot.exists(f"{package}{name}{end}") for end in ("", ".py")
                )
                return (files[0], name) if len(files) == 1 and not inner else None
        return None

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        """The modules that ship, by the last parts of their dotted names."""
        found: dict[str, list[str]] = defaultdict(list)
        for path, _ in self.snapshot.shipped(PythonSource):
            parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
            for start in range(max(0, len(parts) - 8), len(parts)):
                found[".".join(parts[start:])].append(path)
        return found


def _unmangled(name: str, owner: str) -> str:
    """`_Cart__total` is how what stands outside of Cart asks for its `__total`."""
    prefix = f"_{owner.rpartition('.')[2].lstrip('_')}__"
    return f"__{name.removeprefix(prefix)}" if name.startswith(prefix) else name


def _names(definition: Definition) -> frozenset[str] | None:
    """The parameters by name; None where any keyword is taken."""
    if any(name.startswith("**") for name in definition.parameters):
        return None
    return frozenset(name for name in definition.parameters if not name.startswith("*"))
