"""`.gitmodules`: the submodules that a clone can fetch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts

_PATH = re.compile(r"^[ \t]*path[ \t]*=[ \t]*(.+)$", re.MULTILINE)


@facts(".gitmodules", version=1)
@dataclass(frozen=True, slots=True)
class GitModules:
    """The paths of its submodules."""

    paths: tuple[str, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        return cls(tuple(found.strip().strip('"').rstrip("/") for found in _PATH.findall(text)))
