"""The Python files of a tree as the import system sees them: modules, packages, folders that hold some."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

# What an import may find besides a .py file: stubs, sources of extension modules, built ones.
_OPAQUE = (".pyi", ".pyx", ".pxd", ".so", ".pyd", ".c", ".cpp", ".cc", ".rs")


@dataclass(frozen=True)
class PythonFiles:
    """Modules by folder and name; `opaque` ones exist in another form than a .py file."""

    files: frozenset[str]  # .py
    folders: frozenset[str]  # that hold Python, however deep
    opaque: frozenset[str]  # folder/name of stubs and extension modules
    children: dict[
        str, frozenset[str]
    ]  # folder -> paths of its .py files and of its folders that hold Python

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        files = frozenset(path for path in snapshot.paths if path.endswith((".py", ".pyw")))
        children: dict[str, set[str]] = defaultdict(set)
        for path in files:
            child, folder = path, path.rpartition("/")[0]
            while child not in children[folder]:
                children[folder].add(child)
                if not folder:
                    break
                child, folder = folder, folder.rpartition("/")[0]
        return cls(
            files,
            frozenset(children) - {""},
            frozenset(_opaque(snapshot.paths)),
            {folder: frozenset(names) for folder, names in children.items()},
        )

    def package(self, folder: str) -> str | None:
        """The __init__ file of a regular package."""
        path = f"{folder}/__init__.py"
        return path if path in self.files else None

    def below(self, folder: str) -> frozenset[str]:
        """The .py files under a folder."""
        return frozenset(path for path in self.files if path.startswith(f"{folder}/"))


def _opaque(paths: frozenset[str]) -> Iterator[str]:
    for path in paths:
        if path.endswith(_OPAQUE):
            folder, _, name = path.rpartition("/")
            yield f"{folder}/{name.partition('.')[0]}".lstrip("/")
