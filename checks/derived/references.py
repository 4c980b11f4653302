"""Where the names that the tree defines are used: files that use a name other than where it is defined or imported."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.test_folders import role_in
from checks.facts.roles import Role
from checks.facts.source import ImportForm, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.snapshot import Snapshot

_WORD = re.compile(r"[A-Za-z_]\w+")
_NOT_USED_BY = frozenset({Role.TEST, Role.FIXTURE, Role.BENCHMARK})


@dataclass(frozen=True)
class References:
    """By name, the files that use it: `users` ship, or might; `tests` are test code.

    A name means every thing of that name: that nothing uses `x` is certain, that something does is not. A use
    inside the definition of the same name is none, nor is an import, nor a re-export.
    """

    users: Mapping[str, tuple[str, ...]]
    tests: Mapping[str, tuple[str, ...]]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        sources = list(snapshot.files(Source))
        defined = frozenset(name for _, source in sources for name in _defined(source))
        users: dict[str, list[str]] = defaultdict(list)
        tests: dict[str, list[str]] = defaultdict(list)
        passed_on = _passed_on(sources)
        for path, source in sources:
            renamed = _renamed(source).union(
                *(passed_on[name] for name in passed_on.keys() & source.references)
            )
            alone = (source.references & source.confined) - _of_imported(source)
            is_test = is_test_code(snapshot, path)
            for name in ((source.references - alone) | renamed) & defined:
                (tests if is_test else users)[name].append(path)
            for name in alone & defined if is_test or source.test_lines else ():
                tests[name].append(path)
        return cls(_frozen(users), _frozen(tests))


@dataclass(frozen=True)
class SpelledNames:
    """The words of all string literals outside tests: what they spell may be looked up by name."""

    words: frozenset[str]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls(
            frozenset(
                word
                for path, source in snapshot.files(Source)
                if not is_test_code(snapshot, path)
                for literal in source.strings
                for word in _WORD.findall(literal.value)
            )
        )


def is_test_code(snapshot: Snapshot, path: str) -> bool:
    """Whether what the file uses is used by tests only."""
    return path.endswith("_test.go") or role_in(snapshot, path) in _NOT_USED_BY


def _defined(source: Source) -> Iterator[str]:
    for definition in source.definitions:
        yield definition.name.rpartition(".")[2]
    for field in source.fields:
        yield field.name


def _of_imported(source: Source) -> frozenset[str]:
    """The members of what the file imports: `service.create()` inside its own `create` is no call of itself."""
    imported = {
        name for one in source.imports for name in (*one.names, one.alias, one.module.rpartition(".")[2])
    }
    return frozenset(name for owner, name in source.members if owner in imported)


def _renamed(source: Source) -> frozenset[str]:
    """The names that the file imports under another, and uses as that."""
    return frozenset(
        name
        for statement in source.imports
        if statement.form is not ImportForm.REEXPORT and statement.alias in source.references
        for name in statement.names
    )


def _passed_on(sources: list[tuple[str, Source]]) -> dict[str, frozenset[str]]:
    """By the name under which a re-export passes something on, the names that it has at home."""
    found: dict[str, set[str]] = defaultdict(set)
    for _, source in sources:
        for statement in source.imports:
            if statement.form is ImportForm.REEXPORT and statement.alias:
                names = statement.names or (statement.module.rpartition("::")[2],)
                found[statement.alias] |= {name for name in names if name != statement.alias}
    return {alias: frozenset(names) for alias, names in found.items() if names}


def _frozen(found: dict[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(paths) for name, paths in found.items()}
