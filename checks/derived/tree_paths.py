"""Paths of the tree: joined to folders, their folders, whether they are hidden."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

VIEWS = (".tsx", ".jsx", ".vue", ".svelte")  # files of pages: markup with its logic
SCRIPTS = (".ts", ".mts", ".js", ".mjs", ".cjs")  # what stands beside them


def join(folder: str, path: str) -> str | None:
    """A path relative to a folder, as a path of the tree; None where it leaves the tree."""
    joined = posixpath.normpath(posixpath.join(folder, path))
    if joined.startswith(("..", "/")):
        return None
    return "" if joined == "." else joined


def parents(path: str) -> Iterator[str]:
    """The folders above a path, nearest first, the root ("") last."""
    folder = path
    while folder:
        folder = folder.rpartition("/")[0]
        yield folder


def is_hidden(path: str) -> bool:
    """Whether a file or a folder above it starts with a dot: a tool's own, not the product's."""
    return path.startswith(".") or "/." in path
