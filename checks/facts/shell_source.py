"""Shell scripts as source facts: a command is a call, a sourced file an import."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

import tree_sitter_bash

from checks.facts.kinds import facts
from checks.facts.reader import NOT_IMPLEMENTED, Reader
from checks.facts.source import (
    Argument,
    BodyForm,
    Call,
    Definition,
    DefinitionKind,
    EnvironmentRead,
    Import,
    Source,
)
from checks.facts.syntax import Span, Spans, Syntax, end_line, grammar, line, qualified

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

LONGEST_LINE = 10_000  # its scanner looks ahead to the end of a line at every word
VARIABLE = re.compile(r"^[A-Z][A-Z0-9_]{2,}$")
EXPANSION = re.compile(r"^\$\{[#!]?(\w+)(?:\[[^\]]*\])?(.?.?)")
SHELL_OWN = re.compile(
    r"^(?:BASH\w*|PWD|OLDPWD|HOME|PATH|USER|UID|EUID|RANDOM|SECONDS|LINENO|HOSTNAME|IFS|PPID|OSTYPE"
    r"|SHELL|TERM|COLUMNS|LINES|FUNCNAME|PIPESTATUS|REPLY|OPTARG|OPTIND|TMPDIR|EDITOR|LANG|MACHTYPE)$"
)
NO_WORK = frozenset({":", "true", "echo", "printf", "local", "log"})


@facts("*.sh", "*.bash", "*.ksh", "*.bats", version=1)
@dataclass(frozen=True)
class ShellSource(Source):
    """A shell script. Call.arguments are words; literal says that nothing is expanded in them."""

    @classmethod
    def extract(cls, text: str) -> Self:
        syntax = Syntax(grammar(tree_sitter_bash.language, "bash"), text, LONGEST_LINE)
        reader = _Reader(syntax)
        return cls(
            lines=syntax.lines,
            syntax_errors=syntax.errors,
            generated=syntax.generated,
            runs_as_main=text.startswith("#!"),
            imports=tuple(_imports(reader.calls)),
            definitions=tuple(sorted(reader.definitions(), key=lambda item: (item.line, item.name))),
            calls=reader.calls,
            strings=tuple(reader.strings()),
            environment=tuple(reader.environment()),
            comments=tuple(reader.comments()),
            bindings=tuple(reader.bindings()),
            references=frozenset(syntax.identifiers),
            suppressions=tuple(sorted({end_line(node) for node in syntax.nodes("ignored")})),
        )


class _Reader(Reader):
    strings_are = frozenset({"string", "raw_string", "ansi_c_string"})
    literals = frozenset({"word", "number"})
    unbound = strings_are
    containers = frozenset({"array"})
    comment_markers = re.compile(r"^#+!?")

    @cached_property
    def scopes(self) -> Spans:
        return Spans(
            qualified(
                Span(node.start_byte, node.end_byte, self._name(node))
                for node in self.syntax.nodes("function")
            )
        )

    def _name(self, node: Node) -> str:
        name = node.child_by_field_name("name")
        return self.syntax.text(name, 100) if name else "?"

    def string(self, node: Node) -> tuple[str, bool]:
        text = self.syntax.text(node, 402).removeprefix("$")
        return text[1:].removesuffix(text[:1])[:400], text[:1] == '"' and "$" in text

    def arguments(self, node: Node) -> Iterator[Argument]:
        for child in node.children_by_field_name("argument"):
            yield self.argument(child)

    def argument(self, node: Node, name: str | None = None) -> Argument:
        argument = super().argument(node, name)
        return Argument(argument.text, name, literal=argument.literal and "$" not in argument.text)

    def made_by(self, node: Node) -> str:
        name = node.child_by_field_name("name")
        return self.syntax.flat(name) if name else self.syntax.flat(node)

    def definitions(self) -> Iterator[Definition]:
        for node in self.syntax.nodes("function"):
            name = self.scopes.name_at(node.start_byte) or self._name(node)
            form, returns = self._body(node)
            yield Definition(
                name=name,
                kind=DefinitionKind.FUNCTION,
                line=line(node),
                end_line=end_line(node),
                doc=self.doc_above(line(node)),
                body=form,
                returns=returns,
                inside=name.rpartition(".")[0] or None,
            )
        for node in self.syntax.nodes("constant"):
            value = node.child_by_field_name("value")
            text = self.syntax.flat(value, 200) if value else ""
            name = self._name(node)
            kind = DefinitionKind.CONSTANT
            yield Definition(
                name, kind, line(node), end_line(node), value=None if "$" in text or "`" in text else text
            )

    def _body(self, node: Node) -> tuple[BodyForm, str | None]:
        body = node.child_by_field_name("body")
        statements = [
            child for child in (body.named_children[:10] if body else []) if child.type != "comment"
        ]
        texts = [self.syntax.flat(child, 200) for child in statements]
        if not texts or texts in ([":"], ["true"]):
            return BodyForm.EMPTY, None
        quiet = all(text.split(" ")[0] in NO_WORK for text in texts[:-1])
        if (
            quiet
            and NOT_IMPLEMENTED.search(" ".join(texts))
            and texts[-1].split(" ")[0] in {"echo", "exit", "return"}
        ):
            return BodyForm.NOT_IMPLEMENTED, texts[-1]
        if quiet and texts[-1] in ("return 0", "return", "exit 0", "true"):
            return BodyForm.CONSTANT, "0"
        return BodyForm.WORK, None

    def environment(self) -> Iterator[EnvironmentRead]:
        """Upper-case variables that the script itself never sets, each once with its first read."""
        assigned = {self.syntax.text(node) for node in self.syntax.nodes("assigned")}
        assigned.update(word.text for call in self.calls if call.callee == "read" for word in call.arguments)
        found: dict[str, EnvironmentRead] = {}
        reads = [(line(node), self.syntax.text(node), "") for node in self.syntax.nodes("plain")]
        for node in self.syntax.nodes("expansion"):
            match = EXPANSION.match(
                self.syntax.text(node, 60).lstrip()
            )  # the grammar takes the space before it
            if match:
                reads.append((line(node), match.group(1), match.group(2).lstrip(":")[:1]))
        defaulted = {name for _, name, operator in reads if operator in ("-", "=", "+")}
        required = {name for _, name, operator in reads if operator == "?"}
        for at, name, operator in sorted(reads):
            # X="${X:-default}" sets a variable from itself: that is a read of the environment too.
            own = name in assigned and operator not in ("-", "=", "?")
            if VARIABLE.match(name) and not SHELL_OWN.match(name) and not own and name not in found:
                found[name] = EnvironmentRead(name, at, name in defaulted, name in required)
        return iter(found.values())


def _imports(calls: tuple[Call, ...]) -> Iterator[Import]:
    for call in calls:
        if call.callee in ("source", ".") and call.arguments:
            yield Import(call.arguments[0].text, call.line, inside=call.inside)
