"""The table of modules, as lines for a terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from rich.console import Group
from rich.text import Text

from bot.rendering.harmless import clean
from bot.rendering.words import count
from checks import ModuleReach

SCHEMA = 1


def modules_json(commit: str, rows: Iterable[ModuleReach]) -> str:
    """Every module as an object."""
    table = {"schema": SCHEMA, "commit": commit, "modules": [asdict(row) for row in rows]}
    return json.dumps(table, indent=2) + "\n"


def modules_view(rows: Iterable[ModuleReach]) -> Group:
    """A line for each module: its path, the kind of entry point that reaches it, how many tests do."""
    return Group(*(Text(line) for line in _lines(rows)))


def _lines(rows: Iterable[ModuleReach]) -> Iterator[str]:
    for row in rows:
        tests = f", {count(len(row.tests), 'test')}" if row.tests else ""
        reached = row.reached_from or ("only tests" if row.tests else "nothing")
        points = f", {row.entry_points[0]}" if row.entry_points else ""
        yield clean(f"{row.path}: {reached}{tests}{points}")
