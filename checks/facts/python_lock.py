"""Lock files of Python: the names of all distributions that an install from them brings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts
from checks.facts.requirement import normalised

_NAME = re.compile(r"^name = \"([\w.-]+)\"$", re.MULTILINE)


@facts("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "pylock.*.toml", version=1, size_limit=5_000_000)
@dataclass(frozen=True, slots=True)
class PythonLock:
    """The names, normalised (PEP 503)."""

    names: frozenset[str] = frozenset()

    @classmethod
    def extract(cls, text: str) -> Self:
        return cls(frozenset(normalised(name) for name in _NAME.findall(text)))
