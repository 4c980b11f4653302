"""Database migrations: runners that nothing calls, and numbered migrations that contradict each other."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.reachability import Reachability
from checks.derived.references import References, is_test_code
from checks.facts.mentions import Mentions
from checks.facts.roles import Role
from checks.facts.source import Definition, DefinitionKind, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

_RUNNER = re.compile(
    r"^(?:\w*Migration(?:s)?(?:Runner|Manager|Executor)|(?:Database|Db|DB|Schema)?Migrator|run_(?:all_|db_)?migrations|RunMigrations|runMigrations|apply_migrations|ApplyMigrations|applyMigrations)$"
)
_NUMBERED = re.compile(
    r"(?:^|/)(?:[\w-]*migrations?|versions)/(?:[\w-]+/)?(\d+)[_-]([\w-]+)\.(sql|py|js|ts|go)$"
)


@dataclass(frozen=True, slots=True)
class IdleRunner:
    """A runner of migrations that no code that ships calls."""

    name: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """A folder in which migrations for different tools have one number; `files` are all that it holds."""

    folder: str
    number: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Migrations:
    """What was found, and how many runners and numbered migrations were looked at."""

    idle: tuple[IdleRunner, ...]
    conflicts: tuple[Conflict, ...]
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        runners = list(_runners(snapshot))
        numbered: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
        for path in sorted(snapshot.paths):
            match = _NUMBERED.search(path)
            if match and snapshot.role(path) is Role.SHIPPED:
                number, name, kind = match.groups()
                numbered[path.rpartition("/")[0]].append((number, kind, name, path))
        conflicts = tuple(c for folder, found in sorted(numbered.items()) if (c := _conflict(folder, found)))
        count = sum(map(len, numbered.values()))
        idle = tuple(IdleRunner(d.name, p, d.line) for p, d in runners if _is_idle(snapshot, p, d))
        return cls(idle, conflicts, count + len(runners))


def _conflict(folder: str, found: list[tuple[str, str, str, str]]) -> Conflict | None:
    """The first number under which two kinds of files say different things."""
    names: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for number, kind, name, _ in found:
        names[number][kind].add(name)
    for number, kinds in sorted(names.items()):
        if len(kinds) > 1 and len(set.union(*kinds.values())) > 1:
            return Conflict(folder, number, tuple(path for *_, path in found))
    return None


def _runners(snapshot: Snapshot) -> Iterator[tuple[str, Definition]]:
    kinds = (DefinitionKind.CLASS, DefinitionKind.FUNCTION)
    for path, source in snapshot.shipped(Source):
        for item in source.definitions if not is_test_code(snapshot, path) else ():
            if (
                item.kind in kinds
                and not item.abstract
                and _RUNNER.match(item.name)
                and not source.in_test(item.line)
            ):
                yield path, item


def _is_idle(snapshot: Snapshot, path: str, runner: Definition) -> bool:
    """Whether nothing uses it: no code, no command that names its file, no main part of its own."""
    source = snapshot.get(path, Source)
    if source is None or source.runs_as_main or snapshot.derived(References).users.get(runner.name):
        return False
    rank = snapshot.derived(Reachability).rank(path)
    if rank is not None and rank.name == "LIBRARY":  # those who import the library may call it
        return False
    stem = path.rpartition("/")[2].rpartition(".")[0]
    return not any(
        mention.name.rpartition("/")[2].rpartition(".")[0] == stem or mention.name.endswith(f".{stem}")
        for _, mentions in snapshot.files(Mentions)
        for mention in (*mentions.files, *mentions.modules)
    )
