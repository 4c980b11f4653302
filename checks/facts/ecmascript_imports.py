"""Imports and re-exports of JavaScript and TypeScript files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.facts.source import Import, ImportForm
from checks.facts.syntax import Spans, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from checks.facts.reader import Reader

TYPE = re.compile(r"^(?:import|export)\s+type(?:of)?\b(?!\s*(?:,|from\b))")
LOADERS = {"import": ImportForm.DYNAMIC, "require": ImportForm.REQUIRE, "require.resolve": ImportForm.REQUIRE}


def imports(reader: Reader, tried: Spans) -> Iterator[Import]:
    """Every way in which the file names another module."""
    for node in reader.syntax.nodes("import"):
        yield from _import(reader, node)
    for node in reader.syntax.nodes("reexport"):
        yield _reexport(reader, node)
    for captures, call in zip(reader.syntax.each("call"), reader.calls, strict=True):
        form = LOADERS.get(call.callee)
        start = captures["call"][0].start_byte
        if call.callee in ("URL", "Worker") and _is_beside(
            call.arguments[0].text if call.arguments else "", call.arguments
        ):
            form = ImportForm.DYNAMIC
        if form and call.arguments and call.arguments[0].literal:
            guarded = tried.at(start) is not None
            yield Import(call.arguments[0].text, call.line, form, guarded=guarded, inside=call.inside)


def _is_beside(target: str, arguments: tuple[object, ...]) -> bool:
    """A file named relative to this one, as workers are."""
    return target.startswith((".", "/")) and (len(arguments) == 1 or "import.meta.url" in str(arguments[1]))


def _import(reader: Reader, node: Node) -> Iterator[Import]:
    syntax = reader.syntax
    at, types = line(node), TYPE.match(syntax.text(node, 60)) is not None
    clause = next((child for child in node.named_children if child.type.startswith("import_")), None)
    source = node.child_by_field_name("source")
    if clause is not None and clause.type == "import_require_clause":
        inner = clause.child_by_field_name("source")
        name = syntax.text(clause.named_children[0])
        yield Import(_module(reader, inner), at, ImportForm.REQUIRE, alias=name, type_only=types)
        return
    module = _module(reader, source)
    if clause is None:
        yield Import(module, at, ImportForm.SIDE_EFFECT)
        return
    for child in clause.named_children:
        if child.type == "identifier":
            yield Import(module, at, ImportForm.FROM, ("default",), syntax.text(child), type_only=types)
        elif child.type == "namespace_import":
            alias = syntax.text(child.named_children[0]) if child.named_child_count else None
            yield Import(module, at, ImportForm.FROM, ("*",), alias, type_only=types)
        elif child.type == "named_imports":
            yield from _named(reader, child, module, types=types)


def _named(reader: Reader, node: Node, module: str, *, types: bool) -> Iterator[Import]:
    """Named imports: the plain ones together, renamed and type-only ones apart."""
    syntax = reader.syntax
    plain: dict[bool, list[str]] = {}
    for child in node.named_children:
        name, alias = child.child_by_field_name("name"), child.child_by_field_name("alias")
        if name is None:
            continue
        only = types or syntax.text(child, 6).startswith("type ")
        if alias is None:
            plain.setdefault(only, []).append(reader.name(name))
        else:
            at = line(child)
            yield Import(
                module, at, ImportForm.FROM, (reader.name(name),), syntax.text(alias), type_only=only
            )
    for only, names in plain.items():
        yield Import(module, line(node), ImportForm.FROM, tuple(names), type_only=only)
    if node.named_child_count == 0:
        yield Import(module, line(node), ImportForm.SIDE_EFFECT)


def _reexport(reader: Reader, node: Node) -> Import:
    syntax = reader.syntax
    names: tuple[str, ...] = ("*",)
    alias = None
    for child in node.named_children:
        if child.type == "export_clause":
            exported = [specifier.child_by_field_name("name") for specifier in child.named_children]
            names = tuple(reader.name(name) for name in exported if name)
        elif child.type == "namespace_export" and child.named_child_count:
            alias = syntax.text(child.named_children[0])
    module = _module(reader, node.child_by_field_name("source"))
    types = TYPE.match(syntax.text(node, 60)) is not None
    return Import(module, line(node), ImportForm.REEXPORT, names, alias, type_only=types)


def _module(reader: Reader, node: Node | None) -> str:
    return reader.string(node)[0] if node else ""
