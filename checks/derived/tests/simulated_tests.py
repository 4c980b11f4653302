"""Tests that say they simulate, sleep, and import nothing of the product."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.import_graph import ImportGraph
from checks.derived.test_folders import role_in
from checks.facts.cargo import CargoManifest
from checks.facts.roles import Role
from checks.facts.source import DefinitionKind, Source

if TYPE_CHECKING:
    from checks.snapshot import Snapshot

_SLEEP = re.compile(r"(?:^|[.:])sleep$|^time\.Sleep$|^setTimeout$")
_SAYS = re.compile(r"\bsimulat(?:e[sd]?|ion|ing)\b", re.IGNORECASE)
_DRIVES = re.compile(
    r"Command\b|cargo_bin|subprocess|Popen|child_process|^requests\.|^httpx\.|(?:^|\.)fetch$|^http\.|^reqwest"
)
_FEWEST = 2  # sleeping tests


@dataclass(frozen=True, slots=True)
class SimulatedTest:
    """A file of tests: which of them sleep, and the line on which it says that it simulates."""

    path: str
    sleeps: tuple[tuple[str, int], ...]
    said: int


@dataclass(frozen=True)
class SimulatedTests:
    """The simulations."""

    all: tuple[SimulatedTest, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        crates = {cargo.crate for _, cargo in snapshot.files(CargoManifest)} | {"crate"}
        found = []
        for path, source in snapshot.files(Source):
            if role_in(snapshot, path) is not Role.TEST or path.endswith((".sh", ".bash")):
                continue
            said = next((comment.line for comment in source.comments if _SAYS.search(comment.text)), None)
            sleeps = _sleeping(source) if said is not None else ()
            if said is None or len(sleeps) < _FEWEST or _reaches_product(snapshot, path, source, crates):
                continue
            found.append(SimulatedTest(path, sleeps, said))
        return cls(tuple(found))


def _sleeping(source: Source) -> tuple[tuple[str, int], ...]:
    """The tests that sleep, by their names or marks."""
    tests = {
        found.name
        for found in source.definitions
        if found.kind in (DefinitionKind.FUNCTION, DefinitionKind.METHOD)
        and (found.name.lower().startswith("test") or any("test" in mark for mark in found.decorators))
    }
    places: dict[str, int] = {}
    for call in source.calls:
        if _SLEEP.search(call.callee) and call.inside in tests:
            places.setdefault(str(call.inside), call.line)
    return tuple(places.items())


def _reaches_product(snapshot: Snapshot, path: str, source: Source, crates: set[str | None]) -> bool:
    if any(one.module.split("::")[0] in crates for one in source.imports) or any(
        _DRIVES.search(call.callee) for call in source.calls
    ):
        return True
    edges = snapshot.derived(ImportGraph).imports.get(path, ())
    return any(role_in(snapshot, edge.target) is Role.SHIPPED for edge in edges)
