"""Definitions of a Python file: functions, classes, constants and fields, and what a body amounts to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.facts.bodies import WORK
from checks.facts.python_bodies import PythonBodies, documentation
from checks.facts.source import BodyForm, Definition, DefinitionKind, Field
from checks.facts.syntax import Span, Spans, Syntax, end_line, line, qualified

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

INTERFACE_BASES = re.compile(r"^(?:\w+\.)*(?:Protocol|ABC|metaclass=(?:\w+\.)*ABCMeta|Interface)\b")
ABSTRACT = re.compile(r"^(?:\w+\.)*(?:abstractmethod|abstractproperty|overload|abstractclassmethod)\b")
RECEIVERS = frozenset({"self", "cls"})


def scopes(syntax: Syntax) -> Spans:
    """The functions and classes by their qualified names."""
    return Spans(qualified(_spans(syntax)))


def _spans(syntax: Syntax) -> Iterator[Span]:
    for kind in ("function", "class"):
        for node in syntax.nodes(kind):
            yield Span(node.start_byte, node.end_byte, _name(syntax, node))


def _name(syntax: Syntax, node: Node) -> str:
    name = node.child_by_field_name("name")
    return syntax.text(name, 100) if name else "?"


def definitions(syntax: Syntax, scopes: Spans, bodies: PythonBodies) -> tuple[Definition, ...]:
    """Every definition, in the order of the text."""
    decorators = {
        captures["decorated.definition"][0].id: tuple(
            syntax.flat(node, 201).removeprefix("@").strip()
            for node in captures["decorated"][0].named_children
            if node.type == "decorator"
        )
        for captures in syntax.each("decorated")
    }
    classes = [_class(syntax, node, scopes, decorators.get(node.id, ())) for node in syntax.nodes("class")]
    interfaces = {item.name: item.kind is DefinitionKind.INTERFACE for item in classes}
    functions = [
        _function(syntax, node, scopes, decorators.get(node.id, ()), interfaces, bodies)
        for node in syntax.nodes("function")
    ]
    found = [*classes, *functions, *_constants(syntax, bodies), *_aliases(syntax, scopes)]
    return tuple(sorted(found, key=lambda item: (item.line, item.name)))


def _class(syntax: Syntax, node: Node, scopes: Spans, decorators: tuple[str, ...]) -> Definition:
    arguments = node.child_by_field_name("superclasses")
    children = arguments.named_children if arguments else []
    bases = tuple(syntax.flat(child) for child in children if child.type != "comment")
    interface = any(INTERFACE_BASES.match(base) for base in bases)
    name, inside = _place(node, scopes)
    return Definition(
        name=name,
        kind=DefinitionKind.INTERFACE if interface else DefinitionKind.CLASS,
        line=line(node),
        end_line=end_line(node),
        exported=_exported(name),
        decorators=decorators,
        bases=bases,
        doc=_doc(syntax, node),
        inside=inside,
    )


def _function(
    syntax: Syntax,
    node: Node,
    scopes: Spans,
    decorators: tuple[str, ...],
    interfaces: dict[str, bool],
    bodies: PythonBodies,
) -> Definition:
    name, inside = _place(node, scopes)
    block = node.child_by_field_name("body")
    body, returns = bodies.form(block) if block else WORK
    parameters = list(
        _parameters(syntax, node.child_by_field_name("parameters"), method=inside in interfaces)
    )
    declared = any(ABSTRACT.match(decorator) for decorator in decorators)
    result = node.child_by_field_name("return_type")
    return Definition(
        name=name,
        kind=DefinitionKind.METHOD if inside in interfaces else DefinitionKind.FUNCTION,
        line=line(node),
        end_line=end_line(node),
        exported=_exported(name),
        decorators=decorators,
        parameters=tuple(parameter for parameter, _ in parameters),
        parameter_types=tuple(annotation for _, annotation in parameters),
        return_type=syntax.flat(result) if result else None,
        unused_parameters=_unused(syntax, node, [parameter for parameter, _ in parameters]),
        doc=_doc(syntax, node),
        body=body,
        returns=returns,
        abstract=declared or (interfaces.get(inside or "", False) and body is BodyForm.EMPTY),
        inside=inside,
    )


def _place(node: Node, scopes: Spans) -> tuple[str, str | None]:
    """A definition's qualified name and that of what encloses it."""
    own = scopes.name_at(node.start_byte) or "?"
    return own, own.rpartition(".")[0] or None


def _exported(name: str) -> bool:
    return all(not part.startswith("_") or part.endswith("__") for part in name.split("."))


def _doc(syntax: Syntax, node: Node) -> str | None:
    body = node.child_by_field_name("body")
    first = next((child for child in body.named_children if child.type != "comment"), None) if body else None
    text = documentation(first) if first is not None else None
    if text is None:
        return None
    return re.sub(r"^[A-Za-z]{0,2}[\"']{1,3}|[\"']{1,3}$", "", syntax.text(text, 410)).strip()[:400]


def _parameters(syntax: Syntax, node: Node | None, *, method: bool) -> Iterator[tuple[str, str]]:
    for index, child in enumerate(node.named_children if node else []):
        if child.type in ("comment", "keyword_separator", "positional_separator"):
            continue
        name = child.child_by_field_name("name") or child
        if child.type == "typed_parameter":
            name = child.named_children[0]
        annotation = child.child_by_field_name("type")
        text = syntax.flat(name)
        if not (method and index == 0 and text in RECEIVERS):
            yield text, syntax.flat(annotation) if annotation else ""


def _unused(syntax: Syntax, node: Node, parameters: list[str]) -> tuple[str, ...]:
    body = node.children[-1]
    return tuple(
        name
        for name in parameters
        if not syntax.used_within(name.lstrip("*"), body.start_byte, body.end_byte)
    )


def _constants(syntax: Syntax, bodies: PythonBodies) -> Iterator[Definition]:
    for captures in syntax.each("constant"):
        node, name = captures["constant"][0], syntax.text(captures["constant.name"][0])
        value, annotation = node.child_by_field_name("right"), node.child_by_field_name("type")
        literal = value is not None and value.type != "expression_list" and bodies.is_literal(value)
        alias = annotation is not None and syntax.text(annotation).endswith("TypeAlias")
        yield Definition(
            name=name,
            kind=DefinitionKind.TYPE if alias else DefinitionKind.CONSTANT,
            line=line(node),
            end_line=end_line(node),
            exported=_exported(name),
            value=syntax.flat(value, 200) if value and literal else None,
        )


def _aliases(syntax: Syntax, scopes: Spans) -> Iterator[Definition]:
    for captures in syntax.each("alias"):
        node, name = captures["alias"][0], syntax.flat(captures["alias.name"][0])
        inside = scopes.name_at(node.start_byte)
        qualified_name = f"{inside}.{name}" if inside else name
        kind = DefinitionKind.TYPE
        yield Definition(qualified_name, kind, line(node), end_line(node), _exported(name), inside=inside)


def fields(syntax: Syntax, scopes: Spans) -> tuple[Field, ...]:
    """The names that class bodies declare."""
    return tuple(
        Field(
            name=syntax.text(captures["field.name"][0]),
            line=line(captures["field"][0]),
            inside=scopes.name_at(captures["field"][0].start_byte) or "?",
            type=_optional(syntax, captures["field"][0].child_by_field_name("type")),
            default=_optional(syntax, captures["field"][0].child_by_field_name("right")),
        )
        for captures in syntax.each("field")
    )


def _optional(syntax: Syntax, node: Node | None) -> str | None:
    return syntax.flat(node) if node else None
