"""Code that a change would hide: a folder's name, a mark or a link must not take it out of the review."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.derived.compiled_rust import CompiledRust
from checks.derived.entry_points import EntryPoints
from checks.derived.import_graph import ImportGraph
from checks.facts.roles import Role, role_of
from checks.facts.source import Source
from checks.snapshot import Snapshot

# What a path can say while the code ships all the same; what others wrote or a tool made is theirs wherever it is used.
_SAID_BY_PATH = frozenset(set(Role) - {Role.SHIPPED, Role.VENDORED, Role.GENERATED})
_ONLY_TESTS = re.compile(r"_test\.go$|^(?!(?:.*/)?src/).*\.rs$")
_ALIKE = 0.5  # of the definitions: still the file that somebody wrote


@dataclass(frozen=True)
class ShippedReach:
    """The files (of Go: the folders) that the entry points which shipped files declare reach through imports."""

    reached: frozenset[str]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        points = (p for p in snapshot.derived(EntryPoints).shipping if snapshot.role(p.path) is Role.SHIPPED)
        return cls(snapshot.derived(ImportGraph).reached_from({point.target for point in points}))

    def has(self, path: str) -> bool:
        # A Go package is its folder, but for the files that only tests compile.
        whole = not path.endswith("_test.go") and path.rpartition("/")[0] in self.reached
        return whole or path in self.reached


def shown(base: Snapshot, head: Snapshot) -> tuple[Snapshot, Snapshot]:
    """Both sides of a change, with what it touches and what ships all the same counted as shipped."""
    return _with(base, _reached(base)), _with(head, _reached(head) | _linked(head) | _marked(base, head))


def _with(snapshot: Snapshot, paths: frozenset[str]) -> Snapshot:
    return snapshot.shipping(paths) if paths else snapshot


def _reached(snapshot: Snapshot) -> frozenset[str]:
    """Touched files with the path of a test or an example that the program imports, or of Rust that a crate declares.

    Go compiles no `_test.go` into a program, whatever imports the package that it stands in, nor does Cargo compile
    what stands beside src/: an image that names it (to have the manifest's targets) runs none of it.
    """
    named = (path for path in snapshot.change.touched if not _ONLY_TESTS.search(path))
    touched = (path for path in named if snapshot.role(path) in _SAID_BY_PATH)
    suspects = [path for path in touched if snapshot.get(path, Source) is not None]
    if not suspects:
        return frozenset()
    reach, compiled = snapshot.derived(ShippedReach), snapshot.derived(CompiledRust)
    return frozenset(path for path in suspects if reach.has(path) or compiled.ships(path))


def _linked(head: Snapshot) -> frozenset[str]:
    """Where a file went in whose place a link stands."""
    return frozenset(new for old, new in head.change.moves.items() if old in head.paths)


def _marked(base: Snapshot, head: Snapshot) -> frozenset[str]:
    """Files that somebody wrote and that now say a tool made them."""
    before = {head.change.now(path): path for path in base.change.touched if base.role(path) is Role.SHIPPED}
    return frozenset(
        path
        for path, old in before.items()
        if path
        and head.role(path) is Role.GENERATED
        and role_of(path) is Role.SHIPPED
        and _alike(base.get(old, Source), head.get(path, Source))
    )


def _alike(old: Source | None, new: Source | None) -> bool:
    """Whether most of what was defined still is."""
    names = {definition.name for definition in old.definitions} if old else set()
    kept = names & {definition.name for definition in new.definitions} if new else set()
    return len(kept) >= _ALIKE * len(names)
