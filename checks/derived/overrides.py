"""Which methods classes take over from their bases, across the files of a tree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.facts.go_source import GoSource
from checks.facts.source import BodyForm, Definition, DefinitionKind, Source
from checks.snapshot import Snapshot

_GO = "go"  # stands for all its interfaces
_TYPES = (DefinitionKind.CLASS, DefinitionKind.INTERFACE)


@dataclass(frozen=True)
class Overrides:
    """Pairs of a base and a method: those that some class defines itself, and those that some class really does."""

    defined: frozenset[tuple[str, str]]
    done: frozenset[tuple[str, str]]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        defined: set[tuple[str, str]] = set()
        done: set[tuple[str, str]] = set()
        classes: set[str] = set()
        for _, source in snapshot.files(Source):
            classes |= {d.name for d in source.definitions if d.kind in _TYPES}
            bases = {d.name: {simple_name(base) for base in d.bases} for d in source.definitions if d.bases}
            for definition in source.definitions:
                if definition.kind is DefinitionKind.METHOD:
                    method = definition.name.rpartition(".")[2]
                    pairs = {(base, method) for base in bases.get(definition.inside or "", ())}
                    defined |= pairs
                    done |= pairs if definition.body is BodyForm.WORK else set()
        # A base from elsewhere (BaseModel, ABC) joins what has nothing in common.
        joined = frozenset(pair for pair in done if pair[0] in classes)
        return cls(frozenset(defined), joined | _done_in_go(snapshot))

    def done_by_others(self, source: Source, definition: Definition) -> bool:
        """Whether another class of the same base does what this method doesn't: its class lacks a capability."""
        owner = source.definition(definition.inside) if definition.inside else None
        method = definition.name.rpartition(".")[2]
        bases = (_GO,) if isinstance(source, GoSource) else owner.bases if owner else ()
        is_method = definition.kind is DefinitionKind.METHOD
        return is_method and any((simple_name(base), method) in self.done for base in bases)


def _done_in_go(snapshot: Snapshot) -> frozenset[tuple[str, str]]:
    """Go's types don't name their interfaces: methods of an interface that a type of the tree has and that work."""
    methods = [
        (definition.name.rpartition(".")[2], definition)
        for _, source in snapshot.shipped(GoSource)
        for definition in source.definitions
        if definition.kind is DefinitionKind.METHOD
    ]
    asked = {name for name, definition in methods if definition.abstract}
    working = (name for name, one in methods if one.body is BodyForm.WORK and not one.abstract)
    return frozenset((_GO, name) for name in working if name in asked)


def simple_name(base: str) -> str:
    """The name of a base class without its package and its parameters."""
    return re.split(r"[\[<(]", base)[0].rpartition(".")[2].rpartition("::")[2]
