"""Where code is known not to do what it promises: a note there says nothing that isn't told."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.completeness.simulations import Simulations
from checks.derived.completeness.stubs import Stubs
from checks.derived.completeness.unverified_signatures import UnverifiedSignatures
from checks.derived.unfinished import Unfinished
from checks.facts.source import Source

if TYPE_CHECKING:
    from checks.snapshot import Snapshot

_ABOVE = 4  # lines between a note and what it is about


@dataclass(frozen=True)
class ToldFunctions:
    """By file, the spans of lines of stubs and pretences, and of branches that refuse."""

    spans: dict[str, tuple[tuple[int, int], ...]]

    def hold(self, path: str, line: int) -> bool:
        """Whether a line stands in one of them or right above."""
        return any(start - _ABOVE <= line <= end for start, end in self.spans.get(path, ()))

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        unfinished = snapshot.derived(Unfinished).refusals
        stubs, simulated = snapshot.derived(Stubs).stubs, snapshot.derived(Simulations).found
        named = {(stub.path, stub.name) for stub in stubs} | {(found.path, found.name) for found in simulated}
        named |= {
            (place.path, place.name) for place in snapshot.derived(UnverifiedSignatures).places if place.sure
        }
        named |= {(refusal.path, refusal.name) for refusal in unfinished if refusal.whole}
        spans: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for path, name in named:
            source = snapshot.get(path, Source)
            functions = source.functions() if source else ()
            spans[path].update((found.line, found.end_line) for found in functions if found.name == name)
        for refusal in unfinished:
            spans[refusal.path].update((line, line) for line in refusal.lines)
        for stub in stubs:  # a closure has no name of its own
            spans[stub.path].update((line, line) for _, line in stub.notes)
        return cls({path: tuple(sorted(found)) for path, found in spans.items()})
