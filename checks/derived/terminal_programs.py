"""Programs that a person starts at a terminal, and that serve nobody: what they print is for that person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from checks.derived.project_kind import Services
from checks.derived.resilience.attended import Attended
from checks.facts.source import Source
from checks.snapshot import Snapshot


@dataclass(frozen=True)
class TerminalPrograms:
    """Files that run as a program or hold its commands, or that end the process and define nothing for others."""

    paths: frozenset[str]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        serving = {start.path for one in snapshot.derived(Services).components for start in one.starts}
        programs = {path for path, source in snapshot.shipped(Source) if _is_program(source)}
        attended = snapshot.derived(Attended)
        commands = {path for path, _ in snapshot.shipped(Source) if attended.covers(snapshot, path)}
        return cls(frozenset((programs - serving) | commands))


def _is_program(source: Source) -> bool:
    return source.runs_as_main or ("exit" in source.references and not source.definitions)
