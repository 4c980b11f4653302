"""What the README says of the software's speed, and what measures it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import Self

from checks.derived.benchmarks import Benchmarks
from checks.facts.markdown import Form, Markdown, Passage
from checks.facts.source import Source
from checks.snapshot import Snapshot

_CLAIM = re.compile(
    r"\b(?:blazing(?:ly)?[- ]fast|ultra[- ]?fast|lightning[- ]fast|high[- ]performance|extremely fast|super[- ]?fast|incredibly fast|"
    r"(?:\d+x|\d+ times) faster|\d[\d,.]*k? (?:requests|operations|messages|ops) ?(?:per |/ ?)s(?:ec(?:ond)?)?)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\bnot\b|n't\b|\bgoal\b|\baims?\b|\bplanned\b|\broadmap\b", re.IGNORECASE)
_ABOUT_ITSELF = re.compile(
    r"feature|why|highlight|about|overview|introduc|performance|what is", re.IGNORECASE
)
_MEASURES = re.compile(r"bench|(?:^|[/_.-])(?:perf|performance|load[-_]?tests?|k6|locust|gatling|profil\w+|stress)(?:[/_.-]|$)", re.IGNORECASE)  # fmt: skip
_INTRODUCTION = 6  # passages


@dataclass(frozen=True)
class ClaimedSpeed:
    """The first claim; `measured_by` is a path or a link."""

    path: str | None = None
    line: int | None = None
    words: str = ""
    measured_by: str | None = None

    def __len__(self) -> int:
        return 1 if self.words else 0

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        path = next((path for path in ("README.md", "readme.md") if path in snapshot.paths), "")
        readme = snapshot.get(path, Markdown)
        if readme is None or not any(snapshot.shipped(Source)):
            return cls()
        claim = next((p for at, p in enumerate(readme.passages) if _claims(at, p)), None)
        found = _CLAIM.search(claim.text) if claim else None
        if claim is None or found is None:
            return cls()
        benchmarks = snapshot.derived(Benchmarks)
        files = (one.path for one in benchmarks.all)
        named = (name for name in sorted(snapshot.paths) if _MEASURES.search(name))
        links = (link.target for link in readme.links if _MEASURES.search(link.target))
        measured = next(chain(files, named, links), None)
        return cls(path, claim.line, found.group(), measured)


def _claims(at: int, passage: Passage) -> bool:
    """Whether the passage speaks of the software itself, as introductions and lists of features do."""
    itself = at < _INTRODUCTION or any(_ABOUT_ITSELF.search(heading) for heading in passage.section[1:])
    return (
        itself
        and passage.form is not Form.ROW
        and _CLAIM.search(passage.text) is not None
        and not _NEGATED.search(passage.text)
    )
