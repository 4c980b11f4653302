"""The table of modules: from which kind of entry point each is reached, and which tests reach it."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import cast

from checks.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class ModuleReach:
    """One source file. `reached_from` is the surest kind of entry point that reaches it, None where none does."""

    path: str
    role: str
    lines: int
    reached_from: str | None
    entry_points: tuple[str, ...]  # of that kind, at most a few
    tests: tuple[str, ...]


def module_table(snapshot: Snapshot) -> tuple[ModuleReach, ...]:
    """Every module whose imports are followed, by path.

    Derived facts know the engine, and it doesn't know them: they are found by name, as the checks are.
    """
    table = importlib.import_module("checks.derived.module_table").ModuleTable
    return cast("tuple[ModuleReach, ...]", snapshot.derived(table).rows)
