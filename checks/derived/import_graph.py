"""Who imports whom, in every language: edges between files, imports without a target, imports of third parties."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

from checks.derived.closure import Closure
from checks.derived.resolution.ecmascript import resolve_ecmascript
from checks.derived.resolution.go import resolve_go
from checks.derived.resolution.model import Edge, MissingTarget, ThirdPartyImport
from checks.derived.resolution.python import resolve_python

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checks.snapshot import Snapshot


@dataclass(frozen=True)
class ImportGraph:
    """The files of all languages and the edges between them."""

    modules: frozenset[str]
    edges: tuple[Edge, ...]
    missing: tuple[MissingTarget, ...]
    third_party: tuple[ThirdPartyImport, ...]

    def __len__(self) -> int:
        return len(self.modules)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found = [resolve_python(snapshot), resolve_go(snapshot), resolve_ecmascript(snapshot)]
        return cls(
            frozenset(module for one in found for module in one.modules),
            tuple(edge for one in found for edge in one.edges),
            tuple(missing for one in found for missing in one.missing),
            tuple(third for one in found for third in one.third_party),
        )

    @cached_property
    def imports(self) -> dict[str, tuple[Edge, ...]]:
        """The edges out of each file."""
        found: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            found[edge.source].append(edge)
        return {source: tuple(edges) for source, edges in found.items()}

    @cached_property
    def imported_by(self) -> dict[str, tuple[Edge, ...]]:
        """The edges into each file."""
        found: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            found[edge.target].append(edge)
        return {target: tuple(edges) for target, edges in found.items()}

    @cached_property
    def closure(self) -> Closure:
        return Closure({source: [edge.target for edge in edges] for source, edges in self.imports.items()})

    def reached_from(self, roots: Iterable[str]) -> frozenset[str]:
        """Everything that importing the roots imports, the roots included."""
        return self.closure.of(roots)

    def asked_from(self, roots: Iterable[str]) -> frozenset[str]:
        """What the roots import and what that imports in turn, without the packages that merely run on the way:
        `from a.b.c import d` runs a/__init__.py, and whatever that imports for others.
        """
        return self._asked.of(roots)

    @cached_property
    def _asked(self) -> Closure:
        found = self.imports.items()
        return Closure({source: [e.target for e in edges if not e.in_passing] for source, edges in found})

    @cached_property
    def _backwards(self) -> Closure:
        return Closure(
            {target: [edge.source for edge in edges] for target, edges in self.imported_by.items()}
        )

    def reaching(self, path: str) -> frozenset[str]:
        """Every file from which a file is reached, itself included."""
        return self._backwards.of([path])
