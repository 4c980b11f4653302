"""Imports of a Rust file: use trees taken apart, external crates, and modules in other files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.facts.source import Import, ImportForm
from checks.facts.syntax import line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from checks.facts.reader import Reader
    from checks.facts.rust_attributes import Attributes

EXPORTED = re.compile(r"^pub\b(?!\s*\((?:self|in\b))")


def imports(reader: Reader, attributes: Attributes) -> Iterator[Import]:
    """One import a path, whole: what is a module and what is an item only the other files can say."""
    syntax = reader.syntax
    for node in syntax.nodes("use"):
        form = ImportForm.REEXPORT if EXPORTED.match(syntax.text(node, 30)) else ImportForm.PLAIN
        inside, condition = reader.scopes.name_at(node.start_byte), attributes.condition(node)
        for path, names, alias, at in _paths(reader, node.child_by_field_name("argument")):
            yield Import(path, at, form, names, alias, inside=inside, condition=condition)
    for node in syntax.nodes("crate"):
        name, alias_node = node.child_by_field_name("name"), node.child_by_field_name("alias")
        alias = syntax.text(alias_node) if alias_node else None
        yield Import(
            syntax.text(name) if name else "", line(node), alias=alias, condition=attributes.condition(node)
        )
    for node in syntax.nodes("module"):
        name = node.child_by_field_name("name")
        if node.child_by_field_name("body") is None and name is not None:
            yield Import(
                syntax.text(name),
                line(node),
                ImportForm.MODULE,
                inside=reader.scopes.name_at(node.start_byte),
                path=attributes.path(node),
                condition=attributes.condition(node),
                exported=EXPORTED.match(syntax.text(node, 30)) is not None,
            )


Found = tuple[str, tuple[str, ...], str | None, int]


def _paths(reader: Reader, node: Node | None) -> Iterator[Found]:
    """The paths of a use tree, left to right."""
    stack = [(node, "")] if node else []
    while stack:
        tree, prefix = stack.pop()
        if tree.type in ("scoped_use_list", "use_list"):
            path, inner = tree.child_by_field_name("path"), tree.child_by_field_name("list") or tree
            deeper = _joined(prefix, _text(reader, path)) if path else prefix
            stack += [
                (child, deeper) for child in reversed(inner.named_children) if "comment" not in child.type
            ]
        elif tree.type == "use_wildcard":
            inner_path = tree.named_children[0] if tree.named_child_count else None
            yield _joined(prefix, _text(reader, inner_path) if inner_path else ""), ("*",), None, line(tree)
        elif tree.type == "use_as_clause":
            path, alias = tree.child_by_field_name("path"), tree.child_by_field_name("alias")
            written = _text(reader, path) if path else ""
            yield _joined(prefix, written), (), _text(reader, alias) if alias else None, line(tree)
        else:
            yield _joined(prefix, _text(reader, tree)), (), None, line(tree)


def _joined(prefix: str, path: str) -> str:
    if path == "self" and prefix:
        return prefix
    return f"{prefix}::{path}" if prefix and path else prefix or path


def _text(reader: Reader, node: Node) -> str:
    return re.sub(r"\s+", "", reader.syntax.text(node)).removeprefix("::")
