"""Addresses that our texts point to: places in the repository, commits, the pages of checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.rendering.harmless import address, clean
from checks import Report

LONGEST = 600  # characters; a longer address is left out rather than filling the comment
HIDDEN_STEPS = frozenset({"", ".", ".."})


@dataclass(frozen=True, slots=True)
class Links:
    """Where the repository and our own pages are to be seen; what is None is not linked to."""

    web_url: str | None = None
    full_name: str | None = None
    pages_url: str | None = None

    def place(self, commit: str, path: str, line: int | None = None) -> str | None:
        """The permanent address of a line of a file."""
        if HIDDEN_STEPS & set(path.split("/")) or clean(path, LONGEST) != path:
            return None  # browsers would walk `..`, and what a cleaned name shows isn't what the address says
        return self._below("blob", commit, path, anchor=f"#L{line}" if line else "")

    def commit(self, commit: str) -> str | None:
        return self._below("commit", commit)

    def page(self, check_id: str) -> str | None:
        """The page of a check: why it hurts, how to fix it."""
        return address(self.pages_url, "checks", check_id) if self.pages_url else None

    def _below(self, *parts: str, anchor: str = "") -> str | None:
        if not self.web_url or not self.full_name:
            return None
        found = address(self.web_url, self.full_name, *parts) + anchor
        return found if len(found) <= LONGEST else None


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one commit: what isn't in its tree has no address."""

    commit: str
    links: Links
    paths: frozenset[str]

    @classmethod
    def of(cls, report: Report, links: Links) -> Places:
        """The files and folders of a report's tree."""
        return cls(report.commit, links, frozenset((*report.tree, *_folders(report.tree))))

    def address(self, path: str, line: int | None) -> str | None:
        return self.links.place(self.commit, path, line) if path in self.paths else None


def _folders(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        while "/" in path:
            path = path.rpartition("/")[0]  # noqa: PLW2901 - walks up
            yield path
