"""How Python finds a dotted name: along folders, regular packages before namespace packages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checks.derived.python_files import PythonFiles


@dataclass(frozen=True, slots=True)
class Found:
    """What a dotted name leads to. `files` are all that its import executes, the target last.

    `folder` is the package's folder, None for a plain module; `depth` counts the parts that were found.
    """

    files: tuple[str, ...]
    folder: str | None
    depth: int
    complete: bool
    opaque: bool = False
    top: str | None = None  # the folder of the top-level name where it is a namespace package

    @property
    def target(self) -> str | None:
        """The file of the module itself; None for a namespace package or an extension module."""
        return self.files[-1] if self.complete and self.files and not self.opaque else None


def walk(python: PythonFiles, folder: str, parts: tuple[str, ...], start: tuple[str, ...] = ()) -> Found:
    """Follow a dotted name down from a folder that is already imported (or a root)."""
    files = list(start)
    for index, part in enumerate(parts):
        here = f"{folder}/{part}" if folder else part
        last = index == len(parts) - 1
        if initial := python.package(here):
            files.append(initial)
        elif f"{here}.py" in python.files:
            return Found((*files, f"{here}.py"), None, index + 1, complete=last)
        elif here in python.opaque:
            return Found(tuple(files), None, index + 1, complete=True, opaque=True)
        elif here not in python.folders:
            return Found(tuple(files), folder, index, complete=False)
        folder = here
    return Found(tuple(files), folder, len(parts), complete=True)


def find(python: PythonFiles, roots: Iterable[str], parts: tuple[str, ...]) -> Found | None:
    """The best of what the roots offer: the first complete one, else the first that knows the top-level name.

    A folder without __init__ (a namespace package) counts only where no root has a regular package or module.
    """
    namespaces: list[Found] = []
    for root in roots:
        top = f"{root}/{parts[0]}" if root else parts[0]
        if python.package(top) or f"{top}.py" in python.files or top in python.opaque:
            return walk(python, root, parts)
        if top in python.folders:
            namespaces.append(replace(walk(python, root, parts), top=top))
    return next((found for found in namespaces if found.complete), namespaces[0] if namespaces else None)
