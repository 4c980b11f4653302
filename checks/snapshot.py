"""A snapshot: a repository's tree at one commit, with the facts of its files. What every check sees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol, Self, TypeVar

from checks.change import Change
from checks.coverage import Coverage, CoveredFile
from checks.dependency_changes import Dependencies
from checks.facts.kinds import Kind, Unreadable, kinds, kinds_of, subclasses
from checks.facts.roles import Role, role_of
from checks.model import Entry, Gap, Severity
from checks.policy import Policy

T = TypeVar("T")


class Derived(Protocol):
    """What is computed once per snapshot from many files' facts."""

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        """Join the snapshot's facts; pure."""
        ...


class Ranking(Derived, Protocol):
    """A derived fact that knows how much a gap's place matters."""

    def ranked(self, gap: Gap, severity: Severity) -> Gap:
        """The gap as it weighs where it is; `severity` is the one it has by itself."""
        ...


DerivedType = TypeVar("DerivedType", bound=Derived)


@dataclass(frozen=True, slots=True)
class Request:
    """Facts that a snapshot needs: the cache key is (blob, kind, version). `size` is in bytes."""

    blob: str
    kind: str
    version: int
    size: int


def plan(entries: Iterable[Entry]) -> tuple[Request, ...]:
    """The facts wanted of a tree, each once; files over their kind's size limit are not asked for."""
    wanted = {
        (entry.blob, kind.name): Request(entry.blob, kind.name, kind.version, entry.size or 0)
        for entry in entries
        if entry.is_file
        for kind in kinds_of(entry.path)
        if (entry.size or 0) <= kind.size_limit
    }
    return tuple(wanted.values())


class Snapshot:
    """One tree with its facts. Immutable to its readers; derived facts are computed on first use."""

    def __init__(
        self,
        commit: str,
        entries: Iterable[Entry],
        policy: Policy,
        change: Change,
        *,
        truncated: bool = False,
        coverage: Coverage | None = None,
        dependencies: Dependencies | None = None,
    ) -> None:
        self.commit = commit
        self.policy = policy
        self.change = change
        self.truncated = truncated
        self.dependencies = dependencies
        self._coverage = coverage
        self._entries = {entry.path: entry for entry in sorted(entries, key=lambda e: e.path)}
        self.paths: frozenset[str] = frozenset(
            path for path, e in self._entries.items() if e.mode != 0o160000
        )
        self.folders: frozenset[str] = _folders(self._entries)
        self._facts: dict[str, dict[str, object]] = defaultdict(dict)  # kind name -> path -> facts
        self._unreadable: dict[str, dict[str, str]] = defaultdict(dict)  # kind name -> path -> reason
        self._malformed: dict[str, dict[str, Unreadable]] = defaultdict(
            dict
        )  # path -> kind name -> reason and line
        self._derived: dict[type[Any], tuple[object, frozenset[str]]] = {}
        self._reading: list[set[str]] = []
        self._roles: dict[str, Role] = {}

    @classmethod
    def build(  # noqa: PLR0913 - the tree, and what is known of it from outside
        cls,
        commit: str,
        entries: Iterable[Entry],
        facts: Mapping[tuple[str, str], bytes],
        *,
        policy: Policy | None = None,
        change: Change | None = None,
        truncated: bool = False,
        coverage: Coverage | None = None,
        dependencies: Dependencies | None = None,
        read: dict[tuple[str, str], object] | None = None,
    ) -> Self:
        """A snapshot from a tree and the JSON of its facts, keyed by (blob, kind).

        `change` is the pull request that the snapshot is one side of, the same on both sides: it only widens what
        counts (documents the change touches), never what is a gap. A wanted file whose facts are not in the mapping is unreadable, never passed over.
        `read` is what the other side has read already: most files are on both, and theirs is read once.
        """
        snapshot = cls(
            commit,
            entries,
            policy or Policy(),
            change or Change(),
            truncated=truncated,
            coverage=coverage,
            dependencies=dependencies,
        )
        read = {} if read is None else read
        for entry in snapshot._entries.values():
            if entry.is_file:
                for kind in kinds_of(entry.path):
                    snapshot._put(entry, kind, facts, read)
        return snapshot

    def _put(
        self,
        entry: Entry,
        kind: Kind,
        facts: Mapping[tuple[str, str], bytes],
        read: dict[tuple[str, str], object],
    ) -> None:
        key = (entry.blob, kind.name)
        if key not in read:
            data = facts.get(key)
            read[key] = kind.read(data) if data is not None else Unreadable(_why_missing(entry, kind))
        value = read[key]
        if isinstance(value, Unreadable):
            if value.line is not None:
                self._malformed[entry.path][kind.name] = value
            else:
                self._unreadable[kind.name][entry.path] = value.unreadable
            return
        self._facts[kind.name][entry.path] = value
        if getattr(value, "generated", False) is True:  # other kinds may have a field of that name
            self._roles[entry.path] = Role.GENERATED
        elif getattr(value, "supports_tests", False) is True:
            self._roles[entry.path] = Role.TEST
        elif getattr(value, "stands_alone", False) is True and role_of(entry.path) is Role.SHIPPED:
            self._roles[entry.path] = Role.TOOL

    @cached_property
    def coverage(self) -> Mapping[str, CoveredFile] | None:
        """What a coverage report says of the tree's files; None without a report."""
        return self._coverage.of_tree(self.paths) if self._coverage else None

    def measured(self, figures: Mapping[str, CoveredFile]) -> Snapshot:
        """The same tree with these figures of its files. What was derived so far must rest on none."""
        other = copy(self)
        other.coverage = figures
        other._derived, other._reading = dict(self._derived), []  # noqa: SLF001 - one of its own kind
        return other

    @property
    def tree(self) -> Mapping[str, Entry]:
        """Every entry by path, sorted."""
        return self._entries

    def entry(self, path: str) -> Entry | None:
        return self._entries.get(path)

    def exists(self, path: str) -> bool:
        """Whether a file, link, submodule or folder stands at this path ("" is the root)."""
        path = path.strip("/")
        return path in self._entries or path in self.folders or path == ""

    def role(self, path: str) -> Role:
        """What the file is for, from its path and from what it says of itself."""
        return self._roles.get(path) or role_of(path)

    def shipping(self, paths: Iterable[str]) -> Snapshot:
        """The same tree and facts with these files shipped, whatever their paths and marks say."""
        other = copy(self)
        other._roles = {**self._roles, **dict.fromkeys(paths, Role.SHIPPED)}  # noqa: SLF001 - one of its own kind
        other._derived, other._reading = {}, []  # noqa: SLF001
        return other

    def files(self, kind: type[T]) -> Iterator[tuple[str, T]]:
        """The readable files of a kind (or of every kind that derives from it), by path."""
        for known in subclasses(kind):
            self._note(known.name)
            yield from self._facts[known.name].items()  # type: ignore[misc]

    def shipped(self, kind: type[T]) -> Iterator[tuple[str, T]]:
        """The files of a kind that the repository puts into production."""
        return ((path, facts) for path, facts in self.files(kind) if self.role(path) is Role.SHIPPED)

    def get(self, path: str, kind: type[T]) -> T | None:
        """The facts of one file, if it is there and readable."""
        for known in subclasses(kind):
            self._note(known.name)
            if (facts := self._facts[known.name].get(path)) is not None:
                return facts  # type: ignore[return-value]
        return None

    def count(self, kind: type[Any]) -> int:
        """How much of a kind there is: its files, readable or not, or the length of a derived kind."""
        if hasattr(kind, "derive"):
            return len(self.derived(kind))
        return sum(len(self._facts[k.name]) + len(self._unreadable[k.name]) for k in subclasses(kind))

    def derived(self, kind: type[DerivedType]) -> DerivedType:
        """What is computed once per snapshot; the kinds it read count as read by whoever asks."""
        if kind not in self._derived:
            with self.recording() as read:
                value = kind.derive(self)
            self._derived[kind] = (value, frozenset(read))
        value, read_kinds = self._derived[kind]  # type: ignore[assignment]
        for name in read_kinds:
            self._note(name)
        return value

    def unreadable(self, names: Iterable[str] | None = None) -> dict[str, str]:
        """Path -> reason of the files that couldn't be read (as one of the kinds named, if any are).

        A file that an engine said nothing of was read all the same: only who asks for that kind hears of it.
        """
        chosen = [k.name for k in kinds().values() if k.engine is None] if names is None else names
        return {path: reason for name in sorted(chosen) for path, reason in self._unreadable[name].items()}

    @property
    def malformed(self) -> dict[str, Unreadable]:
        """Path -> reason and line of the files that break their own format: to whoever reads them they say nothing,
        which is known, where an unreadable file's contents are not.
        """
        return {path: next(iter(kinds.values())) for path, kinds in self._malformed.items()}

    def doubt(self, paths: Iterable[str]) -> None:
        """Count malformed files as unreadable: what they said before a change broke them, or will once it mends them,
        is none of the change's doing. Only before anything is derived.
        """
        for path in paths:
            for name, found in self._malformed.get(path, {}).items():
                self._unreadable[name][path] = found.unreadable

    @contextmanager
    def recording(self) -> Iterator[set[str]]:
        """The names of the kinds that are read inside the block."""
        read: set[str] = set()
        self._reading.append(read)
        try:
            yield read
        finally:
            self._reading.pop()

    def _note(self, name: str) -> None:
        if self._reading:
            self._reading[-1].add(name)


def _why_missing(entry: Entry, kind: Kind) -> str:
    if (entry.size or 0) > kind.size_limit:
        return f"{entry.size} bytes, over the limit of {kind.size_limit}"
    return "its content could not be had"


def _folders(paths: Iterable[str]) -> frozenset[str]:
    """Every folder above the paths; one that was seen has had its own seen with it."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return frozenset(found)
