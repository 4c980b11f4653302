"""Interfaces that nothing real implements: none at all, or only doubles and memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.wiring.interfaces import Interfaces
from checks.derived.wiring.nominal_interfaces import RustTraits, TypeScriptInterfaces
from checks.facts.go_source import GoSource
from checks.facts.python_source import PythonSource
from checks.facts.rust_source import RustSource
from checks.facts.typescript_source import TypeScriptSource

if TYPE_CHECKING:
    from checks.derived.wiring.interfaces import Port
    from checks.snapshot import Snapshot


@dataclass(frozen=True)
class Ports:
    """The interfaces without a real implementation, and how many were judged."""

    bare: tuple[Port, ...]
    judged: int

    def __len__(self) -> int:
        return self.judged

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        bare: list[Port] = []
        judged = 0
        for language in (
            Interfaces(snapshot, PythonSource),
            Interfaces(snapshot, GoSource),
            RustTraits(snapshot, RustSource),
            TypeScriptInterfaces(snapshot, TypeScriptSource),
        ):
            for path, definition in language.interfaces():
                judged += 1
                port = language.port(path, definition)
                bare += [port] if port else []
        return cls(tuple(bare), judged)
