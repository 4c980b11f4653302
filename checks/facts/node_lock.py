"""package-lock.json: every package that an installation brings, with its version, licence and use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Self

from checks.facts.json_text import json_object
from checks.facts.kinds import facts

_FOLDER = "node_modules/"
_ASKED = ("dependencies", "devDependencies", "optionalDependencies")
_PLACE = re.compile(r'"((?:[^"/]+/)*node_modules/[^"]+)":\s*\{')


@dataclass(frozen=True, slots=True)
class LockedPackage:
    """A package at the place where it is installed. `is_direct` packages are the project's own choice."""

    name: str
    version: str
    line: int
    license: str | None = None
    is_development: bool = False
    is_direct: bool = False


@facts("package-lock.json", "npm-shrinkwrap.json", version=1, size_limit=5_000_000)
@dataclass(frozen=True, slots=True)
class NodeLock:
    """The packages in the order of the file; none where npm 6 or older wrote it."""

    packages: tuple[LockedPackage, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        packages = json_object(text).get("packages")
        if not isinstance(packages, dict):
            return cls()
        lines = {
            match.group(1): number
            for number, line in enumerate(text.split("\n"), 1)
            for match in _PLACE.finditer(line)
        }
        direct = set(_direct(packages))
        return cls(
            tuple(
                LockedPackage(
                    name=str(table.get("name") or path.rpartition(_FOLDER)[2]),
                    version=str(table.get("version", "")),
                    line=lines.get(path, 1),
                    license=_license(table),
                    is_development=table.get("dev") is True or table.get("devOptional") is True,
                    is_direct=path in direct,
                )
                for path, table in packages.items()
                if _FOLDER in path and isinstance(table, dict) and table.get("link") is not True
            )
        )


def _direct(packages: dict[str, Any]) -> list[str]:
    """Where the packages stand that the project and its workspaces ask for."""
    found = []
    for path, table in packages.items():
        if _FOLDER not in path and isinstance(table, dict):
            for name in (name for key in _ASKED if isinstance(table.get(key), dict) for name in table[key]):
                own = f"{path}/{_FOLDER}{name}".lstrip("/")
                found.append(own if own in packages else _FOLDER + name)
    return found


def _license(table: dict[str, Any]) -> str | None:
    stated = table.get("license")
    return stated[:200] if isinstance(stated, str) and stated.strip() else None
