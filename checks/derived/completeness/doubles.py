"""Test doubles that shipped code defines, by their names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.facts.source import BodyForm, Definition, DefinitionKind, Source

if TYPE_CHECKING:
    from checks.snapshot import Snapshot

_DOUBLE = re.compile(r"^(?:New)?(?:Mock|Fake|Dummy|Stub)(?=[A-Z])\w*$")
_MADE = (DefinitionKind.CLASS, DefinitionKind.FUNCTION)
_NOTHING = re.compile(r"^(?:None|null|undefined|\[\]|\{\})?$")


def doubles(snapshot: Snapshot) -> dict[str, tuple[str, int]]:
    """Where each is defined."""
    return {
        definition.name: (path, definition.line)
        for path, source in snapshot.shipped(Source)
        for definition in source.definitions
        if definition.kind in _MADE and _DOUBLE.match(definition.name)
        if not source.in_test(definition.line) and not _is_for_going_without(source, definition)
    }


def _is_for_going_without(source: Source, definition: Definition) -> bool:
    """A dummy whose every method is empty, or finds nothing: it makes nothing up, whoever wants none gets it."""
    if not definition.name.startswith("Dummy"):
        return False
    methods = [d for d in source.definitions if d.inside == definition.name]
    return bool(methods) and all(
        method.body is BodyForm.EMPTY
        or (method.body is BodyForm.CONSTANT and _NOTHING.match(method.returns or ""))
        for method in methods
    )
