"""What JavaScript and TypeScript files are read for alike: calls, strings, environment, what is swallowed."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from checks.facts.confinement import confined
from checks.facts.ecmascript_definitions import EcmaScriptDefinitions
from checks.facts.ecmascript_imports import imports
from checks.facts.ecmascript_redefinitions import redefinitions
from checks.facts.ecmascript_waits import waits
from checks.facts.reader import Reader
from checks.facts.source import Argument, Call, EnvironmentRead
from checks.facts.syntax import Span, Spans, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

MAIN = re.compile(rb"\brequire\.main\s*===?\s*module\b|\bimport\.meta\.main\b")
NOTHING = re.compile(
    r"^(?:async )?(?:\(\s*[\w$]*(?:\s*:\s*\w+)?\s*\)|[\w$]+)\s*=>\s*(?:\{\s*\}|null|undefined|void 0)$"
)
UNPACKED = re.compile(r"([A-Za-z_]\w*)\s*(?::\s*\w+\s*)?(=)?")
FUNCTIONS = frozenset({"arrow_function", "function_expression", "generator_function", "class"})


class EcmaScriptReader(Reader):
    """Reads one JavaScript or TypeScript file."""

    strings_are = frozenset({"string", "template_string"})
    literals = frozenset({"number", "true", "false", "null", "undefined"})
    unbound = strings_are | literals | FUNCTIONS | {"unary_expression", "regex"}
    containers = frozenset({"object", "array"})
    comment_markers = re.compile(r"^(?:///?|/\*+|<!--)|\*+/$|^[ \t]*\*+(?=[ \t]|$)", re.MULTILINE)
    constructor = re.compile(r"\b(?:new\s+[\w$.]+|Promise\.resolve)(?=\()")

    @cached_property
    def definitions(self) -> EcmaScriptDefinitions:
        return EcmaScriptDefinitions(self)

    @cached_property
    def scopes(self) -> Spans:
        return self.definitions.scopes

    def string(self, node: Node) -> tuple[str, bool]:
        text = self.syntax.text(node, 402)
        return text[1:].removesuffix(text[:1])[:400], text[:1] == "`" and "${" in text

    def arguments(self, node: Node) -> Iterator[Argument]:
        """An object literal counts as itself, and its properties as keywords."""
        for argument in node.named_children if node.type == "arguments" else []:
            if argument.type == "comment":
                continue
            yield self.argument(argument)
            for child in argument.named_children[:40] if argument.type == "object" else []:
                key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                if child.type == "shorthand_property_identifier":
                    yield self.argument(child, self.syntax.text(child))
                elif key is not None and value is not None:
                    yield self.argument(value, self.name(key))

    def everything(self) -> dict[str, Any]:
        """The fields of Source, by name."""
        syntax = self.syntax
        return {
            "lines": syntax.lines,
            "syntax_errors": syntax.errors,
            "invalid": syntax.conflict,
            "generated": syntax.generated,
            "runs_as_main": bool(syntax.each("hashbang")) or MAIN.search(syntax.code) is not None,
            "imports": tuple(sorted(imports(self, self._tried), key=lambda found: found.line)),
            "definitions": self.definitions.all(),
            "calls": self.calls,
            "strings": tuple(self.strings()),
            "environment": tuple(sorted(self.environment(), key=lambda read: (read.line, read.name))),
            "comments": tuple(self.comments()),
            "bindings": tuple(self.bindings()),
            "fields": self.definitions.fields(),
            "references": frozenset(syntax.identifiers),
            "confined": confined(syntax, self.scopes, self.definitions.all()),
            "suppressions": tuple(sorted(self._suppressions())),
            "closures": tuple(self.definitions.closures()),
            "redefinitions": tuple(redefinitions(syntax, self.scopes)),
            "waits": tuple(waits(syntax, self.calls)),
            "shortcuts": self.definitions.bodies.shortcuts(self.scopes),
        }

    @cached_property
    def _tried(self) -> Spans:
        return Spans(Span(node.start_byte, node.end_byte, "") for node in self.syntax.nodes("try"))

    def reads_environment(self, call: Call) -> bool:
        return call.callee == "Deno.env.get" or super().reads_environment(call)

    def environment(self) -> Iterator[EnvironmentRead]:
        yield from self.environment_calls()
        defaulted = {node.id for node in self.syntax.nodes("defaulted")}
        written = {captures["binding.name"][0].id for captures in self.syntax.each("binding")}
        for captures in self.syntax.each("environment"):
            node = captures["environment"][0]
            if node.id not in written:
                name = self.name(captures["environment.name"][0])
                yield EnvironmentRead(name, line(node), has_default=node.id in defaulted)
        for captures in self.syntax.each("unpacked"):
            names = captures["unpacked.names"][0]
            for name, default in UNPACKED.findall(self.syntax.text(names, 2000)):
                if name.isupper():
                    yield EnvironmentRead(name, line(names), has_default=bool(default))

    def _suppressions(self) -> Iterator[int]:
        for captures in self.syntax.each("catch"):
            if all(child.type == "comment" for child in captures["catch.body"][0].named_children[:20]):
                yield line(captures["catch"][0])
        for call in self.calls:
            if (
                call.callee.endswith(".catch")
                and len(call.arguments) == 1
                and NOTHING.match(call.arguments[0].text)
            ):
                yield call.end_line
