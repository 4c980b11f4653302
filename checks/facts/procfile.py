"""A Procfile: the processes a platform starts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts

_PROCESS = re.compile(r"^([A-Za-z0-9_-]+)\s*:\s*(.+)$")


@dataclass(frozen=True, slots=True)
class Process:
    """`web: gunicorn app:app`."""

    name: str
    command: str
    line: int


@facts("Procfile", "Procfile.*", version=1)
@dataclass(frozen=True, slots=True)
class Procfile:
    """The processes in order."""

    processes: tuple[Process, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        found = ((number, _PROCESS.match(line)) for number, line in enumerate(text.split("\n"), 1))
        return cls(tuple(Process(m.group(1), m.group(2).strip(), number) for number, m in found if m))
