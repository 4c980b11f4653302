"""A review from end to end, without input or output: two trees and their facts in, what the change did out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from checks.announced import announced
from checks.change import Change, candidates
from checks.compare import Review, compare
from checks.coverage import Coverage
from checks.dependency_changes import Dependencies
from checks.derived.hidden import shown
from checks.derived.measured import measured
from checks.derived.published import published
from checks.derived.stranded import stranded
from checks.derived.vanished import vanished
from checks.facts.kinds import kinds
from checks.model import Entry
from checks.policy import Policy
from checks.report import audit
from checks.snapshot import Request, Snapshot, plan


@dataclass(frozen=True, slots=True)
class Tree:
    """A commit's tree. `truncated` says that entries are missing; `dependencies` what only this side depends on."""

    commit: str
    entries: tuple[Entry, ...]
    truncated: bool = False
    dependencies: Dependencies | None = None


def plan_review(base: Tree, head: Tree) -> tuple[Request, ...]:
    """The facts that a review needs, each once: those of both trees, and sketches of what may have moved."""
    sketch = kinds()["sketch"]
    moved = (
        Request(entry.blob, sketch.name, sketch.version, entry.size or 0)
        for entry in candidates(base.entries, head.entries)
    )
    return tuple(dict.fromkeys((*plan(base.entries), *plan(head.entries), *moved)))


def review(
    base: Tree,
    head: Tree,
    facts: Mapping[tuple[str, str], bytes],
    policy: Policy,
    today: dt.date,
    coverage: Coverage | None = None,
) -> Review:
    """Audit both sides under one policy and compare them. `facts` is keyed by (blob, kind); `coverage` is the head's."""
    change = Change.between(base.entries, head.entries, facts)
    # Most files are on both sides: their facts are read once.
    build = partial(Snapshot.build, facts=facts, policy=policy, change=change, read={})
    both = tuple(
        build(tree.commit, tree.entries, truncated=tree.truncated, dependencies=tree.dependencies)
        for tree in (base, head)
    )
    broken = both[0].malformed.keys() ^ both[1].malformed.keys()
    for side in both:
        side.doubt(broken)
    sides = measured(*shown(*both), coverage)
    before, after = (audit(side, today) for side in sides)
    change = replace(
        change,
        published=published(*sides, change),
        stranded=stranded(*sides, change),
        vanished=vanished(*sides, change),
    )
    said = announced(base.entries, head.entries, facts)
    return replace(compare(before, after, change), announced=said)
