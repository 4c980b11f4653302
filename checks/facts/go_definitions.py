"""Definitions of a Go file: functions, methods by receiver, types, constants and fields."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from checks.facts.bodies import WORK
from checks.facts.go_bodies import GoBodies
from checks.facts.source import BodyForm, Closure, Definition, DefinitionKind, Field
from checks.facts.syntax import Span, Spans, end_line, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from checks.facts.reader import Reader

TYPE_KINDS = {"struct_type": DefinitionKind.CLASS, "interface_type": DefinitionKind.INTERFACE}


class GoDefinitions:
    """Reads the definitions of one file."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.syntax = reader.syntax
        self.bodies = GoBodies(reader)

    @cached_property
    def scopes(self) -> Spans:
        return Spans(
            Span(node.start_byte, node.end_byte, self._name(node))
            for kind in ("function", "method", "type")
            for node in self.syntax.nodes(kind)
        )

    def all(self) -> tuple[Definition, ...]:
        found = [
            *(self._function(node) for kind in ("function", "method") for node in self.syntax.nodes(kind)),
            *(self._type(node) for node in self.syntax.nodes("type")),
            *(self._required(node) for node in self.syntax.nodes("required")),
            *self._constants(),
        ]
        return tuple(sorted(found, key=lambda item: (item.line, item.name)))

    def _name(self, node: Node) -> str:
        name = node.child_by_field_name("name")
        text = self.syntax.text(name, 100) if name else "?"
        receiver = node.child_by_field_name("receiver")
        if receiver is None:
            return text
        words = re.findall(r"[A-Za-z_]\w*", re.sub(r"\[.*", "", self.syntax.flat(receiver)))
        return f"{words[-1]}.{text}" if words else text

    def _function(self, node: Node) -> Definition:
        name = self._name(node)
        receiver, _, _ = name.rpartition(".")
        parameters = list(self._parameters(node.child_by_field_name("parameters")))
        block = node.child_by_field_name("body")
        # Without a body, assembly stands behind it.
        body, returns = self.bodies.form(block) if block else WORK
        return Definition(
            name=name,
            kind=DefinitionKind.METHOD if receiver else DefinitionKind.FUNCTION,
            line=line(node),
            end_line=end_line(node),
            exported=_exported(name),
            parameters=tuple(parameter for parameter, _ in parameters),
            parameter_types=tuple(written for _, written in parameters),
            return_type=self._optional(node.child_by_field_name("result")),
            unused_parameters=self._unused(node, [parameter for parameter, _ in parameters]),
            doc=self.reader.doc_above(line(node)),
            body=body,
            returns=returns,
            inside=receiver or None,
        )

    def _unused(self, node: Node, parameters: list[str]) -> tuple[str, ...]:
        body = node.child_by_field_name("body")
        if body is None:
            return ()
        return tuple(
            name
            for name in parameters
            if name != "_" and not self.syntax.used_within(name.lstrip("."), body.start_byte, body.end_byte)
        )

    def _type(self, node: Node) -> Definition:
        name, written = self._name(node), node.child_by_field_name("type")
        return Definition(
            name=name,
            kind=TYPE_KINDS.get(written.type if written else "", DefinitionKind.TYPE),
            line=line(node),
            end_line=end_line(node),
            exported=_exported(name),
            bases=tuple(self._embedded(written)) if written else (),
            doc=self.reader.doc_above(line(node)),
        )

    def _embedded(self, written: Node) -> Iterator[str]:
        """The types whose members a struct or interface takes over."""
        fields = (
            written.named_children[0]
            if written.type == "struct_type" and written.named_child_count
            else written
        )
        for child in fields.named_children if written.type in TYPE_KINDS else []:
            if child.type == "type_elem" or (
                child.type == "field_declaration" and not child.child_by_field_name("name")
            ):
                yield self.syntax.flat(child).split(" ")[0].lstrip("*")

    def _required(self, node: Node) -> Definition:
        """A method that an interface asks for."""
        inside = self.scopes.name_at(node.start_byte)
        parameters = list(self._parameters(node.child_by_field_name("parameters")))
        name = f"{inside}.{self._name(node)}" if inside else self._name(node)
        return Definition(
            name=name,
            kind=DefinitionKind.METHOD,
            line=line(node),
            end_line=end_line(node),
            exported=_exported(name),
            parameters=tuple(parameter for parameter, _ in parameters),
            parameter_types=tuple(written for _, written in parameters),
            return_type=self._optional(node.child_by_field_name("result")),
            doc=self.reader.doc_above(line(node)),
            body=BodyForm.EMPTY,
            abstract=True,
            inside=inside,
        )

    def _parameters(self, node: Node | None) -> Iterator[tuple[str, str]]:
        for child in node.named_children if node else []:
            written = child.child_by_field_name("type")
            if written is None:
                continue
            dots = "..." if child.type == "variadic_parameter_declaration" else ""
            names = child.children_by_field_name("name")
            for name in [self.syntax.text(name) for name in names] or ["_"]:
                yield dots + name, dots + self.syntax.flat(written)

    def _constants(self) -> Iterator[Definition]:
        for node in self.syntax.nodes("constant"):
            values = node.child_by_field_name("value")
            literals = values.named_children if values else []
            for index, name in enumerate(node.children_by_field_name("name")):
                value = literals[index] if index < len(literals) else None
                text = self.syntax.text(name)
                yield Definition(
                    name=text,
                    kind=DefinitionKind.CONSTANT,
                    line=line(name),
                    end_line=end_line(node),
                    exported=_exported(text),
                    doc=self.reader.doc_above(line(node)),
                    value=self.syntax.flat(value, 200) if value and self.reader.is_constant(value) else None,
                )

    def fields(self) -> tuple[Field, ...]:
        """The fields of structs; embedded types are bases instead."""
        return tuple(
            Field(
                name=self.syntax.text(name),
                line=line(name),
                inside=self.scopes.name_at(node.start_byte) or "?",
                type=self._optional(node.child_by_field_name("type")),
                tag=self._optional(node.child_by_field_name("tag")),
            )
            for node in self.syntax.nodes("field")
            for name in node.children_by_field_name("name")
        )

    def _optional(self, node: Node | None) -> str | None:
        return self.syntax.flat(node) if node else None

    def closures(self) -> Iterator[Closure]:
        """The function literals that do nothing with what they are given."""
        for node in self.syntax.nodes("closure"):
            written = self._parameters(node.child_by_field_name("parameters"))
            parameters = [name for name, _ in written if name != "_"]
            found = self.bodies.closure(node, parameters, self._unused(node, parameters), self.scopes)
            if found is not None:
                yield found


def _exported(name: str) -> bool:
    return all(part[:1].isupper() for part in name.split("."))
