"""Which paths the repository's own .gitignore files keep out of its tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.gitignore import GitIgnore, IgnorePattern
from checks.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Ignored:
    """A path is ignored, by this pattern of this file."""

    file: str
    pattern: IgnorePattern


@dataclass(frozen=True)
class IgnoreRules:
    """All .gitignore files of a tree, by the folder they stand in."""

    by_folder: dict[str, tuple[str, GitIgnore]]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls({path.rpartition("/")[0]: (path, facts) for path, facts in snapshot.files(GitIgnore)})

    def __len__(self) -> int:
        return len(self.by_folder)

    def ignored(self, path: str) -> Ignored | None:
        """The pattern that ignores the path or a folder above it. A path that ends with a slash is a folder."""
        if not self.by_folder or path.startswith(("/", "../")):
            return None
        return next(
            (found for part in _with_parents(path) if (found := self._verdict(part)) is not None), None
        )

    def _verdict(self, path: str) -> Ignored | None:
        """What the nearest .gitignore that speaks of exactly this path says."""
        for folder in _folders_above(path):
            if folder in self.by_folder:
                file, facts = self.by_folder[folder]
                verdict = facts.verdict(path[len(folder) + 1 :] if folder else path)
                if verdict is not None:
                    return Ignored(file, verdict[1]) if verdict[0] else None
        return None


def _with_parents(path: str) -> Iterator[str]:
    """The folders above a path from the root down, then the path."""
    parts = path.rstrip("/").split("/")
    for count in range(1, len(parts)):
        yield "/".join(parts[:count]) + "/"
    yield path


def _folders_above(path: str) -> Iterator[str]:
    """The folders that hold a path, nearest first, down to the root ("")."""
    folder = path.rstrip("/").rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
    yield ""
