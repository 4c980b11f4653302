"""Definitions of JavaScript and TypeScript files: also functions that are bound to a name."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from checks.facts.ecmascript_bodies import EcmaScriptBodies
from checks.facts.source import BodyForm, Closure, Definition, DefinitionKind, Field
from checks.facts.syntax import Span, Spans, end_line, line, qualified

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from checks.facts.reader import Reader

KINDS = {
    "function": DefinitionKind.FUNCTION,
    "bound": DefinitionKind.FUNCTION,
    "assigned": DefinitionKind.FUNCTION,
    "method": DefinitionKind.METHOD,
    "signature": DefinitionKind.METHOD,
    "class": DefinitionKind.CLASS,
    "boundclass": DefinitionKind.CLASS,
    "enum": DefinitionKind.CLASS,
    "interface": DefinitionKind.INTERFACE,
    "alias": DefinitionKind.TYPE,
}
FUNCTIONS = frozenset({"arrow_function", "function_expression", "generator_function"})
PRIVATE = re.compile(r"^(?:(?:static|readonly|override|async|get|set) )*(?:private|protected)\b|^#")
REQUIRED = re.compile(r"^(?:await )?(?:require|import)\(")
ASSIGNED = re.compile(r"\b(?:module|exports|prototype|this)\.")
COMMONJS = re.compile(r"^(?:module\.)?exports(?:\.([\w$]+))?$")


class EcmaScriptDefinitions:
    """Reads the definitions of one file."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.syntax = reader.syntax
        self.bodies = EcmaScriptBodies(reader)

    @cached_property
    def _nodes(self) -> list[tuple[str, Node]]:
        fields = [("method", node) for node in self.syntax.nodes("field") if _value(node, FUNCTIONS)]
        return [(kind, node) for kind in KINDS for node in self.syntax.nodes(kind)] + fields

    @cached_property
    def scopes(self) -> Spans:
        nodes = [node for _, node in self._nodes] + list(self.syntax.nodes("namespace"))
        return Spans(qualified(Span(node.start_byte, node.end_byte, self._name(node)) for node in nodes))

    def all(self) -> tuple[Definition, ...]:
        found = [self._definition(kind, node) for kind, node in self._nodes]
        return tuple(sorted([*found, *self._constants()], key=lambda item: (item.line, item.name)))

    def _name(self, node: Node) -> str:
        if node.type == "assignment_expression":
            left = node.child_by_field_name("left")
            return ASSIGNED.sub("", self.syntax.flat(left, 100)) if left else "?"
        name = node.child_by_field_name("name") or node.child_by_field_name("property")
        return self.syntax.flat(name, 100) if name else "default"

    def _definition(self, kind: str, node: Node) -> Definition:
        name = self.scopes.name_at(node.start_byte) or self._name(node)
        inside = name.rpartition(".")[0] or None
        exported = self._is_exported(name, node)
        if KINDS[kind] in (DefinitionKind.FUNCTION, DefinitionKind.METHOD):
            return self._function(KINDS[kind], node, name, inside, exported=exported)
        return Definition(
            name=name,
            kind=KINDS[kind],
            line=line(node),
            end_line=end_line(node),
            exported=exported,
            decorators=self._decorators.get(node.id, ()),
            bases=tuple(self._bases(_value(node, {"class"}) or node)),
            doc=self._doc(node),
            inside=inside,
        )

    def _function(
        self, kind: DefinitionKind, node: Node, name: str, inside: str | None, *, exported: bool
    ) -> Definition:
        function = _value(node, FUNCTIONS) or node
        parameters = list(self._parameters(function))
        body = function.child_by_field_name("body")
        form, returns = self.bodies.form(body) if body else (BodyForm.EMPTY, None)
        result = function.child_by_field_name("return_type")
        return Definition(
            name=name,
            kind=kind,
            line=line(node),
            end_line=end_line(node),
            exported=exported,
            decorators=self._decorators.get(node.id, ()),
            parameters=tuple(parameter for _, parameter, _ in parameters),
            parameter_types=tuple(written for _, _, written in parameters),
            return_type=self.syntax.flat(result).lstrip(": ") if result else None,
            unused_parameters=self._unused(function, body),
            doc=self._doc(node),
            body=form,
            returns=returns,
            abstract=body is None,
            inside=inside,
        )

    def closures(self) -> Iterator[Closure]:
        """The functions without a name that do nothing with what they are given."""
        for node in self.syntax.nodes("closure"):
            parameters = [name for _, name, _ in self._parameters(node)]
            if node.id in self._named or not parameters:
                continue
            unused = self._unused(node, node.child_by_field_name("body"))
            found = self.bodies.closure(node, parameters, unused, self.scopes)
            if found is not None:
                yield found

    @cached_property
    def _named(self) -> frozenset[int]:
        """The functions that are definitions, for they are bound to a name."""
        values = (_value(node, FUNCTIONS) for _, node in self._nodes)
        return frozenset(value.id for value in values if value is not None)

    def _unused(self, function: Node, body: Node | None) -> tuple[str, ...]:
        """Parameters that the body doesn't name, but for those that are taken apart or made properties."""
        if body is None:
            return ()
        return tuple(
            name
            for child, name, _ in self._parameters(function)
            if not name.startswith(("{", "[", "...{", "...["))
            and not any(part.type.endswith("_modifier") for part in child.named_children[:3])
            and not self.syntax.used_within(name.lstrip("."), body.start_byte, body.end_byte)
        )

    def _parameters(self, node: Node) -> Iterator[tuple[Node, str, str]]:
        single = node.child_by_field_name("parameter")
        several = node.child_by_field_name("parameters")
        children = [single] if single else several.named_children if several else []
        for child in children:
            name = child.child_by_field_name("pattern") or child.child_by_field_name("left") or child
            written = child.child_by_field_name("type")
            if name.type not in ("this", "comment"):
                yield child, self.syntax.flat(name), self.syntax.flat(written).lstrip(": ") if written else ""

    def _bases(self, node: Node) -> Iterator[str]:
        for child in node.named_children:
            if child.type == "class_heritage":
                clauses = [part for part in child.named_children if part.type.endswith("_clause")]
                for part in clauses or [child]:
                    yield from self._types(part)
            elif child.type == "extends_type_clause":
                yield from self._types(child)

    def _types(self, clause: Node) -> Iterator[str]:
        for child in clause.named_children:
            if child.type not in ("type_arguments", "comment"):
                yield self.syntax.flat(child)

    @cached_property
    def _decorators(self) -> dict[int, tuple[str, ...]]:
        """By the node that is decorated. A query would keep every decorator in mind until what it decorates comes."""
        found: dict[int, list[str]] = {}
        for captures in self.syntax.each("decorated"):
            definition = captures["decorated.definition"][0]
            owner = captures["decorated"][0]
            found.setdefault(definition.id, []).extend(
                self._decorators_in(owner.children_by_field_name("decorator"))
            )
        for body in self.syntax.nodes("members"):
            waiting: list[Node] = []
            for child in body.named_children:
                if child.type == "decorator":
                    waiting.append(child)
                elif child.type != "comment":
                    found.setdefault(child.id, []).extend(self._decorators_in(waiting))
                    waiting = []
        return {node: tuple(texts) for node, texts in found.items()}

    def _decorators_in(self, nodes: list[Node]) -> list[str]:
        return [self.syntax.flat(node, 201).removeprefix("@") for node in nodes]

    def _doc(self, node: Node) -> str | None:
        """The comment above the line where the declaration, or its export, begins."""
        statement = self._exports.at(node.start_byte)
        first = (
            self.syntax.data.count(b"\n", 0, statement.start) + 1
            if statement and not statement.name
            else line(node)
        )
        return self.reader.doc_above(first if first >= line(node) - 1 else line(node))

    @cached_property
    def _exports(self) -> Spans:
        """Export statements, and the bodies inside them, where nothing is exported any more."""
        exported = [Span(node.start_byte, node.end_byte, "") for node in self.syntax.nodes("export")]
        bodies = [
            Span(body.start_byte, body.end_byte, "body")
            for _, node in self._nodes
            if (body := (_value(node, FUNCTIONS) or node).child_by_field_name("body"))
        ]
        return Spans([*exported, *bodies])

    @cached_property
    def _exported_names(self) -> frozenset[str]:
        names = {self.syntax.text(node) for node in self.syntax.nodes("exported")}
        for captures in self.syntax.each("commonjs"):
            target = COMMONJS.match(self.syntax.flat(captures["commonjs.name"][0]))
            if target:
                value = self.syntax.text(captures["commonjs.value"][0], 4000)
                names.update(re.findall(r"[A-Za-z_$][\w$]*", value) if len(value) < 4000 else ())
                names.add(target.group(1) or "")
        for node in self.syntax.nodes("export"):
            default = node.child_by_field_name("value")
            if default is not None and default.type == "identifier":
                names.add(self.syntax.text(default))
        return frozenset(names)

    def _is_exported(self, name: str, node: Node) -> bool:
        first, _, rest = name.partition(".")
        if first in self._exported_names:
            return not rest or PRIVATE.match(self.syntax.flat(node)) is None
        if rest:
            return first in self._exported_classes and PRIVATE.match(self.syntax.flat(node)) is None
        span = self._exports.at(node.start_byte)
        return span is not None and not span.name

    @cached_property
    def _exported_classes(self) -> frozenset[str]:
        kinds = (DefinitionKind.CLASS, DefinitionKind.INTERFACE)
        nodes = [node for kind, node in self._nodes if KINDS[kind] in kinds]
        return frozenset(
            self._name(node)
            for node in nodes
            if (span := self._exports.at(node.start_byte)) and not span.name
        )

    def _constants(self) -> Iterator[Definition]:
        for node in self.syntax.nodes("constant"):
            value = node.child_by_field_name("value")
            if value is not None and (
                value.type in FUNCTIONS | {"class"} or REQUIRED.match(self.syntax.text(value, 40))
            ):
                continue
            name = self._name(node)
            literal = value is not None and self.reader.is_constant(value)
            yield Definition(
                name=name,
                kind=DefinitionKind.CONSTANT,
                line=line(node),
                end_line=end_line(node),
                exported=self._is_exported(name, node),
                doc=self._doc(node),
                value=self.syntax.flat(value, 200) if value and literal else None,
            )

    def fields(self) -> tuple[Field, ...]:
        """Class fields, interface properties and the parameter properties of constructors."""
        nodes = [*self.syntax.nodes("field"), *self.syntax.nodes("property")]
        found = [self._field(node) for node in nodes if not _value(node, FUNCTIONS)]
        return tuple(sorted(found, key=lambda field: field.line))

    def _field(self, node: Node) -> Field:
        pattern = node.child_by_field_name("pattern")
        written, value = node.child_by_field_name("type"), node.child_by_field_name("value")
        inside = self.scopes.name_at(node.start_byte) or "?"
        return Field(
            name=self.syntax.flat(pattern) if pattern else self._name(node),
            line=line(node),
            inside=inside.removesuffix(".constructor"),
            type=self.syntax.flat(written).lstrip(": ") if written else None,
            default=self.syntax.flat(value) if value else None,
            tag=", ".join(self._decorators.get(node.id, ()))[:200] or None,
        )


def _value(node: Node, types: frozenset[str] | set[str]) -> Node | None:
    """The function or class that is bound to the name."""
    value = node.child_by_field_name("value") or node.child_by_field_name("right")
    return value if value is not None and value.type in types else None
