"""Where shipped code pretends: what its comments admit, and what it makes that only looks like the real thing."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.completeness.admissions import Admission, Admissions
from checks.derived.completeness.stubs import Stubs
from checks.facts.roles import Role
from checks.facts.source import DefinitionKind, Source
from checks.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

# Annealing, clocks and the like are simulations for their own sake.
SIMULATED = re.compile(r"^(?:[Nn]ew_?)?Simulated(?!Annealing|Clock|Time|User|Device|World|Network)[A-Z]\w*$")
# As words, in snake or camel case: `CreateStreaming` and `latest` are not for tests.
FOR_TESTS = re.compile(
    r"(?<![a-zA-Z])(?:mock|fake|dummy|stub|test|demo|fixture|simulat)|(?:Mock|Fake|Dummy|Stub|Test|Demo|Fixture|Simulat)"
)
DOUBLE = re.compile(r"(?<![a-zA-Z])(?:mock|fake|dummy|stub|fixture)|(?:Mock|Fake|Dummy|Stub|Fixture)")
MADE = (DefinitionKind.CLASS, DefinitionKind.FUNCTION)


@dataclass(frozen=True, slots=True)
class Simulation:
    """One function that pretends. `notes` are (what, path, line); `severity` is None for the check's own."""

    path: str
    name: str
    line: int
    message: str
    notes: tuple[tuple[str, str, int], ...]
    severity: Severity | None = None


@dataclass(frozen=True)
class Simulations:
    """The pretences of a snapshot; what does nothing at all is a stub instead."""

    found: tuple[Simulation, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        stubs = {(stub.path, stub.name) for stub in snapshot.derived(Stubs).stubs}
        admitted = [s for s in _admitted(snapshot) if (s.path, s.name) not in stubs]
        named = {(s.path, s.name) for s in admitted} | stubs
        return cls((*admitted, *(s for s in _made(snapshot) if (s.path, s.name) not in named)))


def _admitted(snapshot: Snapshot) -> Iterator[Simulation]:
    for path, admissions in snapshot.derived(Admissions).by_path.items():
        by_function: dict[str, list[Admission]] = defaultdict(list)
        for admission in admissions:
            # A double for tests says so in its name, or by where it stands; a program among the tests is none.
            double = DOUBLE if snapshot.role(path) is Role.TEST else FOR_TESTS
            told = admission.inside is None or double.search(f"{path} {admission.inside}")
            if not told and (admission.stands_in or admission.simplified):
                by_function[admission.inside or ""].append(admission)
        for name, found in by_function.items():
            first = next((a for a in found if a.stands_in), found[0])
            notes = tuple((a.text, path, a.line) for a in found)
            yield Simulation(
                path,
                name,
                first.line,
                f"`{name}` is not the real thing, says its comment: “{first.text[:120]}”.",
                notes,
                None if first.stands_in and not first.simplified else Severity.MEDIUM,
            )


def _made(snapshot: Snapshot) -> Iterator[Simulation]:
    """Calls of something that is called Simulated..., from another function than its own."""
    defined = {
        d.name: (path, d.line)
        for path, source in snapshot.shipped(Source)
        for d in source.definitions
        if d.kind in MADE and SIMULATED.match(d.name)
    }
    for path, source in snapshot.shipped(Source) if defined else ():
        seen: set[str] = set()
        for call in source.calls:
            made = re.split(r"\.|::", call.callee.removesuffix("::new"))[-1]
            name = call.inside or "module"
            if (
                made not in defined
                or name in seen
                or FOR_TESTS.search(f"{path} {name}")
                or source.in_test(call.line)
            ):
                continue
            seen.add(name)
            message = f"`{name}` answers with a `{made}`."
            yield Simulation(path, name, call.line, message, ((f"`{made}` is defined here", *defined[made]),))
