"""The checklists by which a repository judges whether it is ready for production."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.documents import Documents, Standing
from checks.facts.markdown import Passage
from checks.snapshot import Snapshot

_NAME = re.compile(
    r"(?:production|readiness|security|launch|go-?live|deploy\w*|release|pre-?flight|operation\w*).*check-?list|check-?list.*(?:production|readiness|security|launch)|production[-_]?read\w*|readiness",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(
    r"template|\bcopy (?:this|the) (?:check-?list|file|document)|for (?:each|every) (?:release|deployment|pull request)|per release",
    re.IGNORECASE,
)
_LEAST = 3  # boxes that make a checklist


@dataclass(frozen=True, slots=True)
class Checklist:
    """A readiness checklist: its open boxes, and how many are ticked."""

    path: str
    open: tuple[Passage, ...]
    ticked: int


@dataclass(frozen=True)
class Checklists:
    """Every readiness checklist of the tree."""

    all: tuple[Checklist, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls(tuple(_checklists(snapshot)))

    def __len__(self) -> int:
        return len(self.all)


def _checklists(snapshot: Snapshot) -> Iterator[Checklist]:
    for document in snapshot.derived(Documents).all:
        name = document.path.rpartition("/")[2].replace("_", "-")
        if document.standing in {Standing.OTHER, Standing.HISTORY} or not _NAME.search(name):
            continue
        boxes = [passage for passage in document.markdown.passages if passage.checked is not None]
        is_template = any(_TEMPLATE.search(passage.text) for passage in document.markdown.passages[:12])
        if len(boxes) >= _LEAST and not is_template:
            yield Checklist(
                document.path,
                tuple(box for box in boxes if not box.checked),
                sum(bool(box.checked) for box in boxes),
            )
