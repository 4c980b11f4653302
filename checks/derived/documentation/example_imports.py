"""What the examples import of this tree, and what of it isn't there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from checks.derived.ignored import IgnoreRules
from checks.derived.import_graph import ImportGraph
from checks.derived.resolution.model import MissingTarget
from checks.derived.tree_paths import is_hidden
from checks.facts.roles import Role
from checks.snapshot import Snapshot


@dataclass(frozen=True)
class ExampleImports:
    """The imports of examples that lead nowhere; `examples` counts those that import anything of the tree."""

    missing: tuple[MissingTarget, ...]
    examples: int

    def __len__(self) -> int:
        return self.examples

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        graph, rules = snapshot.derived(ImportGraph), snapshot.derived(IgnoreRules)
        missing = tuple(
            found
            for found in graph.missing
            if _is_example(snapshot, found.source)
            and not (found.statement.guarded or found.statement.type_only)
            and not any(rules.ignored(path) for path in found.expected)
            and not _is_its_own(snapshot, found)
        )
        using = {path for path in graph.imports if _is_example(snapshot, path)}
        return cls(missing, len(using | {found.source for found in missing}))


def _is_its_own(snapshot: Snapshot, found: MissingTarget) -> bool:
    """Whether it would stand among the examples: one may bring code of its own, or be a part of a larger one."""
    return any(snapshot.role(path) is Role.EXAMPLE for path in found.expected)


def _is_example(snapshot: Snapshot, path: str) -> bool:
    return snapshot.role(path) is Role.EXAMPLE and not is_hidden(path)
