"""What a configuration tells pytest, wherever it stands (pyproject.toml, pytest.ini, tox.ini, setup.cfg)."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class PytestSettings:
    """The settings that decide what is collected and how it imports; None where nothing is said."""

    line: int
    testpaths: tuple[str, ...] = ()
    python_files: tuple[str, ...] = ()
    python_functions: tuple[str, ...] = ()
    python_classes: tuple[str, ...] = ()
    pythonpath: tuple[str, ...] = ()
    norecursedirs: tuple[str, ...] = ()
    addopts: tuple[str, ...] = ()
    markers: tuple[str, ...] = ()
    plugins: tuple[str, ...] = ()
    asyncio_mode: str | None = None


def pytest_settings(table: Mapping[str, Any], line: int) -> PytestSettings:
    """Read the settings out of a table whose values are strings or lists of strings."""
    addopts = _words(table.get("addopts"))
    return PytestSettings(
        line=line,
        testpaths=_words(table.get("testpaths")),
        python_files=_words(table.get("python_files")),
        python_functions=_words(table.get("python_functions")),
        python_classes=_words(table.get("python_classes")),
        pythonpath=_words(table.get("pythonpath")),
        norecursedirs=_words(table.get("norecursedirs")),
        addopts=addopts,
        markers=_markers(table.get("markers")),
        plugins=tuple(after for option, after in pairwise(addopts) if option == "-p"),
        asyncio_mode=str(table["asyncio_mode"]) if "asyncio_mode" in table else None,
    )


def _words(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    if not isinstance(value, str):
        return ()
    try:
        return tuple(shlex.split(value, comments=True))
    except ValueError:
        return tuple(value.split())


def _markers(value: object) -> tuple[str, ...]:
    """The declared markers' names ("slow: takes minutes" is slow)."""
    lines = value if isinstance(value, list) else str(value or "").splitlines()
    names = (str(line).partition(":")[0].partition("(")[0].strip() for line in lines)
    return tuple(name for name in names if name)
