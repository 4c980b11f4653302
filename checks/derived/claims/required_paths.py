"""Paths that something requires to be there: the policy's deliverables, a list in code, a plan's file declarations."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import Self

from checks.derived.claims.claimed_paths import read_path
from checks.derived.claims.claims import Claims, PathClaim
from checks.derived.tree_index import TreeIndex
from checks.facts.roles import Role
from checks.facts.source import Definition, DefinitionKind, Source, StringLiteral
from checks.snapshot import Snapshot

_LIST_NAME = re.compile(
    r"(?:required|mandatory|must_?have)_?\w*(?:files?|paths?|dirs?|director(?:y|ies)|docs?|documents?|scripts?|artifacts?)$|^deliverables?$",
    re.IGNORECASE,
)
_PLANNED = 2  # declarations that make a plan: a single one names the file in which something is to be mended
_THOUGHTS = re.compile(
    r"draft|research|superseded|(?:week|day)[-_]?\d", re.IGNORECASE
)  # no plan that anybody follows
_LISTING_ROLES = frozenset({Role.SHIPPED, Role.TOOL})


class By(StrEnum):
    """What requires a path."""

    POLICY = "policy"
    CODE = "code"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class RequiredPath:
    """A path, what requires it (a category, a constant, a document) and where that stands."""

    path: str
    by: By
    name: str
    file: str | None
    line: int | None
    found: bool
    expected: str | None = None  # where in the tree it would stand, when that differs from how it is written


@dataclass(frozen=True)
class RequiredPaths:
    """Every path that is required, found or not."""

    all: tuple[RequiredPath, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls((*_by_policy(snapshot), *_by_code(snapshot), *_by_plan(snapshot)))

    def __len__(self) -> int:
        return len(self.all)

    def counted(self, required: RequiredPath) -> tuple[int, int]:
        """Of the paths that the same thing requires: how many are there, and how many there are."""
        return self._counts[required.by, required.name, required.file]

    @cached_property
    def _counts(self) -> dict[tuple[By, str, str | None], tuple[int, int]]:
        counts: dict[tuple[By, str, str | None], tuple[int, int]] = {}
        for one in self.all:
            found, total = counts.get((one.by, one.name, one.file), (0, 0))
            counts[one.by, one.name, one.file] = (found + one.found, total + 1)
        return counts


def _by_policy(snapshot: Snapshot) -> Iterator[RequiredPath]:
    for deliverables in snapshot.policy.deliverables:
        for path in deliverables.paths:
            yield RequiredPath(path, By.POLICY, deliverables.category, None, None, snapshot.exists(path))


def _by_code(snapshot: Snapshot) -> Iterator[RequiredPath]:
    """Lists of required paths in scripts and code, where one of them is there: else they speak of another tree."""
    index = snapshot.derived(TreeIndex)
    for path, source in snapshot.files(Source):
        if snapshot.role(path) in _LISTING_ROLES:
            lists = [
                definition
                for definition in source.definitions
                if definition.kind is DefinitionKind.CONSTANT and _LIST_NAME.search(definition.name)
            ]
            literals = sorted(source.strings, key=lambda literal: literal.line) if lists else []
            for definition in lists:
                listed = tuple(_listed(index, path, literals, definition))
                if any(one.found and "/" in one.path for one in listed):
                    yield from listed


def _listed(
    index: TreeIndex, path: str, literals: list[StringLiteral], definition: Definition
) -> Iterator[RequiredPath]:
    """The paths among a list's literals, which are sorted by line."""
    first = bisect_left(literals, definition.line, key=lambda literal: literal.line)
    for literal in islice(literals, first, None):
        if literal.line > definition.end_line:
            return
        if not literal.formatted:
            named = read_path(literal.value, bare=True)
            if named is not None and (named.is_file or "/" in literal.value):
                found = index.resolve(named.path, path.rpartition("/")[0]) is not None
                yield RequiredPath(named.path, By.CODE, definition.name, path, literal.line, found)


def _by_plan(snapshot: Snapshot) -> Iterator[RequiredPath]:
    """Files that a plan declares, where the plan is for this tree: what most of them would stand in is there."""
    claims = snapshot.derived(Claims)
    plans = {claim.document.path for claim in claims.declarations}
    for plan in sorted(plan for plan in plans if not _THOUGHTS.search(plan)):
        declared = [claim for claim in claims.declarations if claim.document.path == plan]
        at_home = [claim for claim in declared if claim.found or _has_a_home(snapshot, claim)]
        if len(declared) >= _PLANNED and len(at_home) * 2 >= len(declared):
            yield from (_declared(claim) for claim in declared)


def _has_a_home(snapshot: Snapshot, claim: PathClaim) -> bool:
    index = snapshot.derived(TreeIndex)
    return index.resolve(claim.path.path.split("/")[0], claim.document.folder) is not None


def _declared(claim: PathClaim) -> RequiredPath:
    document = claim.document.path
    return RequiredPath(
        claim.path.path, By.PLAN, document, document, claim.line, claim.found is not None, claim.expected
    )
