"""Keys, methods and functions of JavaScript that a later one of the same name in the same place takes away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.facts.source import Redefinition
from checks.facts.syntax import line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from checks.facts.syntax import Spans, Syntax

_KEYS = frozenset({"property_identifier", "string", "number", "private_property_identifier"})
_MARKS = frozenset({"get", "set", "static"})
_PLAIN = ("pair", "method_definition")


def redefinitions(syntax: Syntax, scopes: Spans) -> Iterator[Redefinition]:
    """In object literals, class bodies, blocks and the program."""
    for scope in [*syntax.nodes("scope"), syntax.root]:
        inside = scopes.name_at(scope.start_byte) if scope is not syntax.root else None
        seen: dict[str, Node] = {}
        for child in scope.named_children:
            if child.type == "spread_element":  # it may bring back what comes before it
                seen.clear()
                continue
            declared = child.child_by_field_name("declaration") if child.type == "export_statement" else child
            name = _name(syntax, declared) if declared is not None else None
            if name is None or declared is None:
                continue
            if name in seen:
                plain = name.rpartition(" ")[2]
                qualified = f"{inside}.{plain}" if inside else plain
                yield Redefinition(qualified, line(seen[name]), line(declared))
            seen[name] = declared


def _name(syntax: Syntax, node: Node) -> str | None:
    """The name, with what makes it another thing (`get`, `set`, `static`)."""
    if node.type == "function_declaration":
        name = node.child_by_field_name("name")
        return syntax.text(name, 100) if name is not None else None
    if node.type not in _PLAIN:
        return None
    name = node.child_by_field_name("key" if node.type == "pair" else "name")
    if name is None or name.type not in _KEYS:
        return None
    marks = [child.type for child in node.children[:6] if child.type in _MARKS]
    text = syntax.text(name, 100)
    text = text[1:-1] if name.type == "string" else text
    return " ".join([*marks, text]) if text != "__proto__" else None
