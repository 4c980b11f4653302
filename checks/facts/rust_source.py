"""Rust files as source facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

import tree_sitter_rust

from checks.facts.confinement import confined, copied
from checks.facts.kinds import facts
from checks.facts.members import members
from checks.facts.reader import Reader
from checks.facts.rust_attributes import Attributes
from checks.facts.rust_definitions import RustDefinitions
from checks.facts.rust_imports import imports
from checks.facts.rust_waits import waits
from checks.facts.source import Argument, Call, DefinitionKind, EnvironmentRead, Source
from checks.facts.syntax import Spans, Syntax, grammar, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

ENVIRONMENT_CALL = re.compile(r"(?:^|::)env::(?:var|var_os)$|^(?:option_)?env!$")
TURBOFISH = re.compile(r"::<[^<>]*(?:<[^<>]*(?:<[^<>]*>[^<>]*)*>[^<>]*)*>")
ENVIRONMENT_ATTRIBUTE = re.compile(r'\benv\s*=\s*"([A-Z][A-Z0-9_]+)"')


@facts("*.rs", version=8)
@dataclass(frozen=True)
class RustSource(Source):
    """A Rust file. A macro is a call whose callee ends in "!", a struct expression a call with keywords."""

    @classmethod
    def extract(cls, text: str) -> Self:
        syntax = Syntax(grammar(tree_sitter_rust.language, "rust"), text)
        reader = _Reader(syntax)
        definitions = reader.definitions.all()
        tests = reader.attributes.test_lines(syntax.lines)
        return cls(
            lines=syntax.lines,
            syntax_errors=syntax.errors,
            invalid=syntax.conflict,
            generated=syntax.generated,
            runs_as_main=any(d.name == "main" and d.kind is DefinitionKind.FUNCTION for d in definitions),
            build_constraint=reader.attributes.build_constraint,
            imports=tuple(sorted(imports(reader, reader.attributes), key=lambda found: found.line)),
            definitions=definitions,
            calls=reader.calls,
            strings=tuple(reader.strings()),
            environment=tuple(sorted(reader.environment(), key=lambda read: read.line)),
            comments=tuple(reader.comments()),
            bindings=tuple(reader.bindings()),
            fields=reader.definitions.fields(),
            references=frozenset(syntax.identifiers),
            confined=confined(syntax, reader.scopes, definitions, tests),
            copied=copied(syntax),
            members=members(syntax, reader.scopes, tests),
            suppressions=tuple(sorted(set(_suppressions(syntax)))),
            closures=tuple(reader.definitions.closures()),
            shortcuts=reader.definitions.bodies.shortcuts(reader.scopes),
            waits=tuple(waits(syntax.each("call"), reader.calls)),
            test_lines=tests,
        )


class _Reader(Reader):
    strings_are = frozenset({"string_literal", "raw_string_literal"})
    literals = frozenset({"integer_literal", "float_literal", "boolean_literal", "char_literal"})
    unbound = strings_are | literals
    containers = frozenset(
        {"closure_expression", "array_expression", "tuple_expression", "reference_expression"}
    )
    comment_markers = re.compile(r"^(?:///?!?|//!|/\*+!?)|\*+/$")
    constructor = re.compile(
        r"\b(?:Vec|String|HashMap|HashSet|BTreeMap|PathBuf|VecDeque)::new(?=\()|\b(?:\w+::)*[A-Z]\w*(?=\s*[({])"
        r"|\b(?:\w+::)*[A-Z]\w*::[A-Z]\w*\b(?!\s*::)|\bjson(?=!)"
    )

    @cached_property
    def attributes(self) -> Attributes:
        return Attributes(self.syntax)

    @cached_property
    def definitions(self) -> RustDefinitions:
        return RustDefinitions(self, self.attributes)

    @cached_property
    def scopes(self) -> Spans:
        return self.definitions.scopes

    def string(self, node: Node) -> tuple[str, bool]:
        opening, quote, rest = self.syntax.text(node, 410).partition('"')
        return rest.removesuffix(quote + opening.lstrip("bcr"))[:400], False

    def callee(self, node: Node) -> str:
        text = TURBOFISH.sub("", super().callee(node))
        after = self.syntax.data[node.end_byte : node.end_byte + 1]
        return f"{text}!" if after == b"!" else text

    def arguments(self, node: Node) -> Iterator[Argument]:
        if node.type == "token_tree":
            yield from self._tokens(node)
            return
        for child in node.named_children:
            name, value = child.child_by_field_name("field"), child.child_by_field_name("value")
            if child.type == "field_initializer" and name is not None and value is not None:
                yield self.argument(value, self.syntax.text(name))
            elif child.type == "shorthand_field_initializer":
                yield self.argument(child, self.syntax.text(child))
            elif not child.type.endswith(("comment", "_initializer")):
                yield self.argument(child)

    def _tokens(self, node: Node) -> Iterator[Argument]:
        """The arguments of a macro, which the grammar leaves as tokens, parted at their commas."""
        part: list[Node] = []
        for child in [*node.children[1:-1][:60], None]:
            if child is not None and child.type != ",":
                part.append(child)
                continue
            if len(part) == 1:
                yield self.argument(part[0])
            elif part:
                text = self.syntax.data[part[0].start_byte : min(part[-1].end_byte, part[0].start_byte + 400)]
                yield Argument(" ".join(text.decode("utf-8", "ignore").split())[:120])
            part = []

    def made_by(self, node: Node) -> str:
        while node.type in ("try_expression", "await_expression") and node.named_child_count:
            node = node.named_children[0]
        return TURBOFISH.sub("", super().made_by(node))

    def reads_environment(self, call: Call) -> bool:
        return ENVIRONMENT_CALL.search(call.callee) is not None or super().reads_environment(call)

    def environment(self) -> Iterator[EnvironmentRead]:
        yield from self.environment_calls()
        for node in self.syntax.nodes("attribute"):
            text = self.syntax.flat(node, 200)
            for name in ENVIRONMENT_ATTRIBUTE.findall(text):
                yield EnvironmentRead(name, line(node), has_default="default" in text)


def _suppressions(syntax: Syntax) -> Iterator[int]:
    """`let _ = f();`, `f().ok();` and an empty arm or block for `Err`."""
    for kind in ("dropping", "ignored"):
        for node in syntax.nodes(kind):
            yield line(node)
    for captures in syntax.each("unhandled"):
        body = captures["unhandled.body"][0]
        if syntax.text(body, 20) == "()" or (
            body.type == "block" and all("comment" in c.type for c in body.named_children)
        ):
            yield line(captures["unhandled"][0])
