"""Which procedures for operating the software are written down, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.documents import Documents, Standing
from checks.snapshot import Snapshot

_SILENT = frozenset({Standing.PLAN, Standing.HISTORY})
_OTHER_FORMATS = (".rst", ".adoc", ".txt", ".org", ".html")


@dataclass(frozen=True, slots=True)
class Procedure:
    """A document or heading that speaks of operating: its words in lower case, and its place."""

    words: str
    path: str
    line: int


@dataclass(frozen=True)
class Procedures:
    """The names of all documents, and all headings with text below them, outside plans and histories."""

    all: tuple[Procedure, ...]
    documents: int

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        documents = tuple(d for d in snapshot.derived(Documents).all if d.standing not in _SILENT)
        headings = (Procedure(h.text.lower(), d.path, h.line) for d in documents for h in d.markdown.headings)
        names = (Procedure(_words(path), path, 1) for path in sorted(snapshot.paths) if _is_document(path))
        return cls((*headings, *names), len(documents))

    def about(self, pattern: re.Pattern[str]) -> Iterator[Procedure]:
        """The procedures whose words match."""
        return (procedure for procedure in self.all if pattern.search(procedure.words))


def _is_document(path: str) -> bool:
    return path.endswith((".md", ".mdx", ".markdown", *_OTHER_FORMATS)) and not _HISTORY.search(path.lower())


_HISTORY = re.compile(r"changelog|(?:^|/)(?:blog|plans?|proposals?|rfcs?|adrs?)/|roadmap|_gap|missing")


def _words(path: str) -> str:
    """The path as words, its folders too: `docs/operations/restore.md` speaks of operations."""
    return re.sub(r"[-_./]+", " ", path.lower())
