"""Whether a Python module can bind a name: silence where that can't be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checks.facts.source import Source

_DYNAMIC = frozenset({"globals", "setattr", "exec", "vars", "locals", "__getattr__", "sys.modules"})


def binds(source: Source, name: str) -> bool:
    """Whether the module binds the name, or may: an identifier, string or star import that could do it."""
    if source.syntax_errors or name in source.references or name.startswith("__"):
        return True
    if any(definition.name in (name, "__getattr__") for definition in source.definitions):
        return True
    if any(call.callee in _DYNAMIC for call in source.calls) or "__getattr__" in source.references:
        return True
    if any(binding.name == name for binding in source.bindings):
        return True
    if any(name in (literal.value, literal.name) for literal in source.strings):
        return True
    for statement in source.imports:
        names = (*statement.names, statement.alias, statement.module.partition(".")[0])
        if "*" in names or name in names:
            return True
    return False
