"""Cargo.lock: every package of a Rust build with its version and what it depends on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from checks.facts.kinds import facts
from checks.facts.toml_text import document


@dataclass(frozen=True, slots=True)
class LockedCrate:
    """A package at one version. `needs` are names, with a version where the name alone is ambiguous; no source: its own."""

    name: str
    version: str
    line: int
    needs: tuple[str, ...] = ()
    is_own: bool = False


@facts("Cargo.lock", version=1, size_limit=2_000_000)
@dataclass(frozen=True)
class CargoLock:
    """The packages in the order of the file."""

    crates: tuple[LockedCrate, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        packages = document(text).get("package")
        lines = [n for n, line in enumerate(text.split("\n"), 1) if line.strip() == "[[package]]"]
        tables = (
            [table for table in packages if isinstance(table, dict)] if isinstance(packages, list) else []
        )
        return cls(
            tuple(
                LockedCrate(
                    str(table.get("name", "")),
                    str(table.get("version", "")),
                    line + 1,
                    tuple(str(need) for need in table.get("dependencies") or ()),
                    "source" not in table,
                )
                for table, line in zip(tables, lines, strict=False)
            )
        )

    def by_name(self) -> dict[str, list[LockedCrate]]:
        """The packages of each name."""
        found: dict[str, list[LockedCrate]] = defaultdict(list)
        for crate in self.crates:
            found[crate.name].append(crate)
        return found

    def needing(self, name: str, version: str) -> list[LockedCrate]:
        """The packages that depend on one version of a package of which there are several."""
        return self._needing.get((name, version), [])

    @cached_property
    def _needing(self) -> dict[tuple[str, str], list[LockedCrate]]:
        found: dict[tuple[str, str], list[LockedCrate]] = defaultdict(list)
        for crate in self.crates:
            for name, _, version in {need.partition(" ") for need in crate.needs}:
                found[name, version.partition(" ")[0]].append(crate)
        return found
