"""Test support that no test uses, and the way back of home-made migrations that nothing takes."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.references import References, SpelledNames
from checks.facts.go_source import GoSource
from checks.facts.python_source import PythonSource
from checks.facts.roles import Role
from checks.facts.source import DefinitionKind, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

SUPPORT = re.compile(
    r"(?:^|[/_-])(?:mock|fake|stub|helper|support|util)\w*(?:[_.-][\w.-]*)?\.(?:py|go|rs|[cm]?[jt]sx?)$"
)
_TEST_FILE = re.compile(r"(?:^|/)test_[^/]*$|[._](?:test|spec)\.|_test\.|(?:^|/)(?:conftest|tests)\.")
_OWN_KINDS = frozenset({DefinitionKind.FUNCTION, DefinitionKind.CLASS})
_MIGRATIONS = re.compile(r"^(.*?(?:^|/)(?:\w+_)?migrations?)(?:/|$)")


@dataclass(frozen=True, slots=True)
class UnusedSupport:
    """A module of test support of which no other file uses anything."""

    path: str
    names: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class UnusedRollback:
    """A runner that calls `up` of the migrations beside it, of which nothing calls `down`."""

    runner: str
    down: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Unused:
    """Both kinds, and how many files were judged."""

    support: tuple[UnusedSupport, ...]
    rollbacks: tuple[UnusedRollback, ...]
    judged: int

    def __len__(self) -> int:
        return self.judged

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        support = list(_support(snapshot))
        rollbacks = tuple(_rollbacks(snapshot))
        return cls(tuple(one for one in support if one.names), rollbacks, len(support) + len(rollbacks))


def _support(snapshot: Snapshot) -> Iterator[UnusedSupport]:
    """Each module of test support, with its names where none of them is used elsewhere."""
    references, spelled = snapshot.derived(References), snapshot.derived(SpelledNames)
    for path, source in snapshot.files(Source):
        if snapshot.role(path) is not Role.TEST or not SUPPORT.search(path) or _TEST_FILE.search(path):
            continue
        own = [
            d
            for d in source.definitions
            if d.kind in _OWN_KINDS and "." not in d.name and not source.in_test(d.line)
        ]
        loads = (
            any(definition.decorators for definition in own if path.endswith(".py")) or source.runs_as_main
        )
        if not own or loads or source.syntax_errors:
            continue
        used = any(
            set(references.users.get(d.name, ())) | set(references.tests.get(d.name, ())) - {path}
            or d.name in spelled.words
            for d in own
        )
        yield UnusedSupport(path, () if used else tuple((d.name, d.line) for d in own if d.exported))


def _rollbacks(snapshot: Snapshot) -> Iterator[UnusedRollback]:
    users = snapshot.derived(References).users
    if "up" not in users or "down" in users:
        return
    down: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for kind in (PythonSource, GoSource):
        for path, source in snapshot.shipped(kind):
            definition, place = source.definition("down"), _MIGRATIONS.match(path)
            if definition and place and source.definition("up"):
                down[place.group(1)].append((path, definition.line))
    for folder, found in sorted(down.items()):
        runners = [user for user in users["up"] if user.startswith(f"{folder}/")]
        if runners:
            yield UnusedRollback(runners[0], tuple(found))
