"""Programs that a person starts at a terminal, and that serve nobody: what they print is for that person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from checks.derived.project_kind import Services
from checks.facts.source import Source
from checks.snapshot import Snapshot


@dataclass(frozen=True)
class TerminalPrograms:
    """Files that run as a program, or that end the process and define nothing for others."""

    paths: frozenset[str]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        serving = {start.path for one in snapshot.derived(Services).components for start in one.starts}
        programs = {path for path, source in snapshot.shipped(Source) if _is_program(source)}
        return cls(frozenset(programs - serving))


def _is_program(source: Source) -> bool:
    return source.runs_as_main or ("exit" in source.references and not source.definitions)
