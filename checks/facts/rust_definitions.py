"""Definitions of a Rust file; a method is named after the type whose impl it stands in."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from checks.facts.rust_bodies import RustBodies
from checks.facts.source import BodyForm, Closure, Definition, DefinitionKind, Field
from checks.facts.syntax import Span, Spans, end_line, line, qualified

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from checks.facts.reader import Reader
    from checks.facts.rust_attributes import Attributes

KINDS = {
    "class": DefinitionKind.CLASS,
    "trait": DefinitionKind.INTERFACE,
    "alias": DefinitionKind.TYPE,
    "constant": DefinitionKind.CONSTANT,
    "macro": DefinitionKind.FUNCTION,
}
SCOPES = ("module", "impl", "trait", "class", "function", "signature")
PUBLIC = re.compile(r"^(?:default )?pub(?! ?\()\b")
SIMPLE = re.compile(r"^(?:dyn |&(?:'\w+ )?(?:mut )?)*(?:\w+::)*(\w+)")


class RustDefinitions:
    """Reads the definitions of one file."""

    def __init__(self, reader: Reader, attributes: Attributes) -> None:
        self.reader = reader
        self.syntax = reader.syntax
        self.bodies = RustBodies(reader)
        self.attributes = attributes

    @cached_property
    def scopes(self) -> Spans:
        return Spans(
            qualified(
                Span(node.start_byte, node.end_byte, self._name(node))
                for kind in SCOPES
                for node in self.syntax.nodes(kind)
                if kind != "module" or node.child_by_field_name("body")
            )
        )

    @cached_property
    def _impls(self) -> Spans:
        """The impl and trait blocks by the trait that they fill; "" where there is none."""
        spans = [
            Span(node.start_byte, node.end_byte, self._optional(node.child_by_field_name("trait")) or "")
            for node in self.syntax.nodes("impl")
        ]
        spans += [
            Span(node.start_byte, node.end_byte, self._name(node))
            for kind in ("trait", "function")
            for node in self.syntax.nodes(kind)
        ]
        return Spans(spans)

    @cached_property
    def _implemented(self) -> dict[str, list[str]]:
        """The traits that this file implements for each type."""
        found: dict[str, list[str]] = {}
        for node in self.syntax.nodes("impl"):
            written = self._optional(node.child_by_field_name("trait"))
            if written:
                found.setdefault(self._name(node), []).append(written)
        return found

    def all(self) -> tuple[Definition, ...]:
        found = [self._other(kind, node) for kind in KINDS for node in self.syntax.nodes(kind)]
        found += [
            self._function(node) for kind in ("function", "signature") for node in self.syntax.nodes(kind)
        ]
        return tuple(sorted(found, key=lambda item: (item.line, item.name)))

    def _name(self, node: Node) -> str:
        name = node.child_by_field_name("type" if node.type == "impl_item" else "name")
        match = SIMPLE.match(self.syntax.flat(name)) if name else None
        return match.group(1) if match else "?"

    def _other(self, kind: str, node: Node) -> Definition:
        inside = self._inside(node)
        name = f"{inside}.{self._name(node)}" if inside else self._name(node)
        value = node.child_by_field_name("value")
        literal = value is not None and self.reader.is_constant(value)
        attributes = self.attributes.of(node)
        return Definition(
            name=name,
            kind=KINDS[kind],
            line=line(node),
            end_line=end_line(node),
            exported="macro_export" in attributes if kind == "macro" else self._is_public(node),
            decorators=attributes,
            bases=tuple(self._bases(kind, node)),
            doc=self.reader.doc_above(self.attributes.first_line(node)),
            inside=inside,
            value=self.syntax.flat(value, 200) if value and literal else None,
        )

    def _inside(self, node: Node) -> str | None:
        """What encloses the item: its own scope, where it is one, doesn't count."""
        span = self.scopes.at(node.start_byte)
        if span is None:
            return None
        own = span.start == node.start_byte
        return (span.name.rpartition(".")[0] or None) if own else span.name

    def _bases(self, kind: str, node: Node) -> list[str]:
        if kind == "trait":
            bounds = node.child_by_field_name("bounds")
            return [self.syntax.flat(child) for child in bounds.named_children] if bounds else []
        return self._implemented.get(self._name(node), []) if kind == "class" else []

    def _is_public(self, node: Node) -> bool:
        return PUBLIC.match(self.syntax.text(node, 20)) is not None

    def _function(self, node: Node) -> Definition:
        name = self.scopes.name_at(node.start_byte) or self._name(node)
        block = self._block(node)
        parameters = list(self._parameters(node.child_by_field_name("parameters")))
        body = node.child_by_field_name("body")
        form, returns = self.bodies.form(body) if body else (BodyForm.EMPTY, None)
        return Definition(
            name=name,
            kind=DefinitionKind.FUNCTION if block is None else DefinitionKind.METHOD,
            line=line(node),
            end_line=end_line(node),
            exported=bool(block) or self._is_public(node),
            decorators=self.attributes.of(node),
            bases=(block,) if block else (),
            parameters=tuple(parameter for parameter, _ in parameters),
            parameter_types=tuple(written for _, written in parameters),
            return_type=self._optional(node.child_by_field_name("return_type")),
            unused_parameters=self._unused(body, [parameter for parameter, _ in parameters]),
            doc=self.reader.doc_above(self.attributes.first_line(node)),
            body=form,
            returns=returns,
            abstract=body is None,
            inside=name.rpartition(".")[0] or None,
        )

    def _block(self, node: Node) -> str | None:
        """The trait of the impl or trait block around a method ("" for an impl of its own), None for a function."""
        around = self._impls.at(node.start_byte - 1) if node.start_byte else None
        if around is None or self._function_names.at(node.start_byte - 1) == around:
            return None
        return around.name

    @cached_property
    def _function_names(self) -> Spans:
        return Spans(Span(n.start_byte, n.end_byte, self._name(n)) for n in self.syntax.nodes("function"))

    def _unused(self, body: Node | None, parameters: list[str]) -> tuple[str, ...]:
        if body is None:
            return ()
        start, end = body.start_byte, body.end_byte
        inline = self.syntax.data[start : min(end, start + 20_000)]
        return tuple(
            name
            for name in parameters
            if name.isidentifier()
            and not self.syntax.used_within(name, start, end)
            and b"{" + name.encode() not in inline  # format strings name variables
        )

    def _parameters(self, node: Node | None) -> Iterator[tuple[str, str]]:
        for child in node.named_children if node else []:
            pattern = child.child_by_field_name("pattern")
            if child.type == "parameter" and pattern is not None:
                yield (
                    self.syntax.flat(pattern).removeprefix("mut "),
                    self._optional(child.child_by_field_name("type")) or "",
                )

    def _optional(self, node: Node | None) -> str | None:
        return self.syntax.flat(node) if node else None

    def closures(self) -> Iterator[Closure]:
        """The closures that do nothing with what they are given."""
        for node in self.syntax.nodes("closure"):
            written = node.child_by_field_name("parameters")
            children = written.named_children if written else []
            names = [self.syntax.flat(child.child_by_field_name("pattern") or child) for child in children]
            parameters = [name.removeprefix("mut ") for name in names if name != "_"]
            unused = self._unused(node.child_by_field_name("body"), parameters)
            found = self.bodies.closure(node, parameters, unused, self.scopes)
            if found is not None:
                yield found

    def fields(self) -> tuple[Field, ...]:
        """The named fields of structs and of enum variants."""
        return tuple(
            Field(
                name=self._name(node),
                line=line(node),
                inside=self.scopes.name_at(node.start_byte) or "?",
                type=self._optional(node.child_by_field_name("type")),
                tag=", ".join(self.attributes.of(node))[:200] or None,
            )
            for node in self.syntax.nodes("field")
        )
