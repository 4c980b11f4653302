"""Go files as source facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

import tree_sitter_go

from checks.facts.confinement import confined, copied
from checks.facts.go_definitions import GoDefinitions
from checks.facts.kinds import facts
from checks.facts.members import members
from checks.facts.reader import Reader
from checks.facts.source import Argument, EnvironmentRead, Import, ImportForm, Source
from checks.facts.syntax import Spans, Syntax, grammar, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

BUILD_LINE = re.compile(rb"^//(?:go:build|\s*\+build)\s+(.+)$", re.MULTILINE)
TAG_VARIABLE = re.compile(r'\b(?:env|envconfig):"([A-Z][A-Z0-9_]{2,})((?:,\w+)*)"')
FUNCTIONS = frozenset({"func_literal", "function_declaration", "method_declaration"})
LEAVES = frozenset({"return_statement", "break_statement", "goto_statement"})
NESTING = 40
LOOKED_THROUGH = 2_000  # nodes
ERROR_NAME = re.compile(r"^_?err\w*$|\w*Err$", re.IGNORECASE)


@facts("*.go", version=8)
@dataclass(frozen=True)
class GoSource(Source):
    """A Go file. A composite literal is a call of its type, with its keys as keywords."""

    loop_defers: tuple[tuple[str, int], ...] = ()  # function and line of each `defer` that a loop repeats

    @property
    def supports_tests(self) -> bool:
        """Whether only tests can use it: a package by the name of `httptest` that works on a `*testing.T`."""
        named = self.package is not None and self.package.endswith("test")
        return named and any(found.module == "testing" for found in self.imports)

    @classmethod
    def extract(cls, text: str) -> Self:
        syntax = Syntax(grammar(tree_sitter_go.language, "go"), text)
        reader = _Reader(syntax)
        package = next((syntax.text(node) for node in syntax.nodes("package")), None)
        definitions = reader.definitions.all()
        main = package == "main" and any(definition.name == "main" for definition in definitions)
        return cls(
            lines=syntax.lines,
            syntax_errors=syntax.errors,
            invalid=syntax.conflict,
            generated=syntax.generated,
            runs_as_main=main,
            package=package,
            build_constraint=_build_constraint(syntax),
            imports=tuple(_imports(syntax)),
            definitions=definitions,
            calls=reader.calls,
            strings=tuple(reader.strings()),
            environment=tuple(reader.environment()),
            comments=tuple(reader.comments()),
            bindings=tuple(reader.bindings()),
            fields=reader.definitions.fields(),
            references=frozenset(syntax.identifiers),
            confined=confined(syntax, reader.scopes, definitions),
            copied=copied(syntax),
            members=members(syntax, reader.scopes),
            suppressions=tuple(sorted(_suppressions(syntax))),
            closures=tuple(reader.definitions.closures()),
            shortcuts=reader.definitions.bodies.shortcuts(reader.scopes),
            loop_defers=tuple(
                (reader.scopes.name_at(node.start_byte) or "module", line(node))
                for node in syntax.nodes("deferred")
                if _is_repeated(node)
            ),
        )


class _Reader(Reader):
    strings_are = frozenset({"interpreted_string_literal", "raw_string_literal"})
    literals = frozenset({"int_literal", "float_literal", "rune_literal", "true", "false", "nil"})
    unbound = strings_are | literals
    containers = frozenset({"func_literal"})
    constructor = re.compile(r"\b(?:\w+\.)?[A-Z]\w*(?=\{)")
    comment_markers = re.compile(r"^(?://+|/\*+)|\*+/$")

    @cached_property
    def definitions(self) -> GoDefinitions:
        return GoDefinitions(self)

    @cached_property
    def scopes(self) -> Spans:
        return self.definitions.scopes

    def string(self, node: Node) -> tuple[str, bool]:
        return self.syntax.text(node, 402).strip('`"')[:400], False

    def callee(self, node: Node) -> str:
        return super().callee(node).lstrip("*&")

    def arguments(self, node: Node) -> Iterator[Argument]:
        for child in node.named_children:
            if child.type == "keyed_element":
                key, value = child.named_children[0], child.named_children[-1]
                inner = value.named_children[0] if value.named_child_count else value
                yield self.argument(inner, self.syntax.flat(key).strip('"`'))
            elif child.type != "comment":
                inner = child.named_children[0] if child.type == "literal_element" else child
                yield self.argument(inner)

    def made_by(self, node: Node) -> str:
        operand = node.child_by_field_name("operand") if node.type == "unary_expression" else None
        return super().made_by(
            operand if operand is not None and operand.type == "composite_literal" else node
        )

    def environment(self) -> Iterator[EnvironmentRead]:
        tags = (
            EnvironmentRead(
                match.group(1),
                field.line,
                "envDefault" in field.tag or "default:" in field.tag,
                "required" in match.group(2),
            )
            for field in self.definitions.fields()
            if field.tag and (match := TAG_VARIABLE.search(field.tag))
        )
        return iter(sorted([*self.environment_calls(), *tags], key=lambda read: read.line))


def _is_repeated(node: Node) -> bool:
    """Whether a loop of the same function comes back to the statement: nothing on the way up ends in leaving.

    What ends in leaving comes back all the same where a `continue` stands between.
    """
    for _ in range(NESTING):
        parent = node.parent
        if parent is None or parent.type in FUNCTIONS:
            return False
        if parent.type == "for_statement":
            return True
        leaves = parent.type == "statement_list" and parent.named_children[-1].type in LEAVES
        if leaves and not _continues_after(node):
            return False
        node = parent
    return False


def _continues_after(node: Node) -> bool:
    """Whether a `continue` of the same loop follows in the same block; a block too long to look through counts as not."""
    left: list[Node] = []
    while (sibling := node.next_named_sibling) is not None and len(left) < LOOKED_THROUGH:
        left.append(sibling)
        node = sibling
    for _ in range(LOOKED_THROUGH):
        if not left:
            return False
        one = left.pop()
        if one.type == "continue_statement":
            return True
        if one.type != "for_statement" and one.type not in FUNCTIONS:
            left += one.named_children
    return False


def _build_constraint(syntax: Syntax) -> str | None:
    package = next(syntax.nodes("package"), None)
    head = syntax.data[: package.start_byte if package else 2000]
    found = BUILD_LINE.search(head)
    return found.group(1).decode("utf-8", "ignore").strip()[:200] if found else None


def _imports(syntax: Syntax) -> Iterator[Import]:
    for node in syntax.nodes("import"):
        path, name = node.child_by_field_name("path"), node.child_by_field_name("name")
        module = syntax.text(path).strip('`"') if path else ""
        alias = syntax.text(name) if name else None
        if alias == "_":
            yield Import(module, line(node), ImportForm.SIDE_EFFECT)
        elif alias == ".":
            yield Import(module, line(node), names=("*",))
        else:
            yield Import(module, line(node), alias=alias)


def _fails_next(syntax: Syntax, node: Node) -> bool:
    """Whether what comes next returns an error: the caller learns of a failure, if of another one."""
    following = node.next_named_sibling
    if following is None or following.type != "return_statement":
        return False
    last = syntax.flat(following, 400).rpartition(",")[2].strip().removeprefix("return ")
    return (
        ERROR_NAME.match(last) is not None
        or re.search(r"\b(?:fmt\.Errorf|errors\.)", syntax.flat(following, 400)) is not None
    )


def _suppressions(syntax: Syntax) -> Iterator[int]:
    """`_ = f()`, `_ = err` and an empty `if err != nil {}`."""
    for captures in syntax.each("dropped"):
        value = captures["dropped.value"][0]
        unnamed = syntax.text(captures["dropped.name"][0], 2) == "_"
        failing = value.type == "call_expression" or ERROR_NAME.match(syntax.text(value, 40))
        if unnamed and failing and not _fails_next(syntax, captures["dropped"][0]):
            yield line(captures["dropped"][0])
    for captures in syntax.each("unhandled"):
        test = syntax.flat(captures["unhandled.test"][0])
        body = captures["unhandled.body"][0]
        if re.search(r"err\w*\s*!=\s*nil$", test, re.IGNORECASE) and body.named_child_count == 0:
            yield line(captures["unhandled"][0])
