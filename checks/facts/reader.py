"""What is read alike in every language out of the matches of a query: calls, strings, comments, bindings."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from checks.facts.source import Argument, Binding, Call, Comment, EnvironmentRead, StringLiteral
from checks.facts.syntax import Captures, Spans, Syntax, end_line, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

READS_ENVIRONMENT = re.compile(
    r"^(?:get|lookup|must|must_?get|read|load|require|required|fetch|parse|optional)?_?env"
    r"(?:ironment)?(?:_?var(?:iable)?)?(?:_?(?:or|with)?_?(?:default|else|fallback)?_?"
    r"(?:as)?_?(?:str|string|int|integer|bool|boolean|float|duration|list|slice)?)$",
    re.IGNORECASE,
)
VARIABLE = re.compile(r"^[A-Z][A-Z0-9_]{2,}$")
LOG = re.compile(
    r"^(?:[\w.]*\.)?_?(?:log|logger|logging|slog|zap|glog|klog|warnings|structlog|console|tracing)\w*\b[.:(]"
    r"|^(?:print|println!?|eprintln!?|log!|(?:log::|tracing::)?(?:trace|debug|info|warn|error)!|fmt\.(?:Fp|P)rint\w*)\("
    r"|^(?:[\w.]*\.)?(?:debug|info|warn|warning|Infof?|Debugf?|Warnf?|Printf|Println)\(",
)
NOT_IMPLEMENTED = re.compile(
    r"\bnot[ _-]?(?:yet[ _-]|currently[ _-])?implemented\b|\bnot (?:yet|currently) supported\b|\bnot supported yet\b"
    r"|\bunimplemented\b|\bto be implemented\b|\bimplement(?:ation)? (?:me|pending)\b|\brequires generated\b"
    r"|NotImplemented|NOT_IMPLEMENTED|Unimplemented\b",
    re.IGNORECASE,
)
_KEY = re.compile(r"(?<![\w.:])[\w$]+\s*(?:=(?![=>])|:(?!:))")
_MADE = re.compile(r"\b(?:new\s+)?(?:[\w$]+(?:\.|::))*[A-Z][\w$]*(?:<[^<>()]*>)?\s*(?=[({])")
_WORD = re.compile(r"(?<![\w$])[A-Za-z_$][\w$]*")
_CONSTANT_WORD = re.compile(
    r"[Tt]rue|[Ff]alse|None|nil|null|undefined|void|Ok|Some|Err|vec|[Ss]tring|from|new|to_string|into|to_owned|[Dd]efault"
    r"|float64|bool|byte|any|interface|error|map|u?int(?:8|16|32|64)?|[fiu](?:8|16|32|64|size)|as|const"
)


# Expressions that make something, with the field that names the maker.
MAKERS = {
    "call": "function",
    "call_expression": "function",
    "new_expression": "constructor",
    "composite_literal": "type",
    "struct_expression": "name",
}


class Reader(ABC):
    """Turns the matches of one file into facts; a language names its node types and says what a string's value is."""

    strings_are: ClassVar[frozenset[str]]
    literals: ClassVar[frozenset[str]]
    unbound: ClassVar[frozenset[str]]  # values that make no binding: literals, kept elsewhere
    containers: ClassVar[frozenset[str]]  # values that make a binding only outside functions
    comment_markers: ClassVar[re.Pattern[str]]
    constructor: ClassVar[re.Pattern[str]] = _MADE  # a type's name where a value of it is made

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax

    @cached_property
    @abstractmethod
    def scopes(self) -> Spans:
        """The definitions, by their qualified names."""

    @abstractmethod
    def string(self, node: Node) -> tuple[str, bool]:
        """A string's value as written between its quotes, and whether it is completed at run time."""

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        awaited = {node.id for node in self.syntax.nodes("awaited")}
        discarded = {node.id for node in self.syntax.nodes("discarded")}
        return tuple(
            self._call(captures, awaited=awaited, discarded=discarded)
            for captures in self.syntax.each("call")
        )

    def _call(self, captures: Captures, *, awaited: set[int], discarded: set[int]) -> Call:
        node = captures["call"][0]
        return Call(
            callee=self.callee(captures["call.callee"][0]),
            line=line(node),
            end_line=end_line(node),
            arguments=tuple(self.arguments(captures["call.arguments"][0]))
            if "call.arguments" in captures
            else (),
            inside=self.scopes.name_at(node.start_byte),
            awaited=node.id in awaited,
            discarded=node.id in discarded,
        )

    def callee(self, node: Node) -> str:
        return self.syntax.callee(node)

    @abstractmethod
    def arguments(self, node: Node) -> Iterator[Argument]:
        """The arguments of a call, by position and by keyword."""

    def argument(self, node: Node, name: str | None = None) -> Argument:
        if node.type in self.strings_are:
            value, formatted = self.string(node)
            return Argument(value[:120], name, literal=not formatted)
        return Argument(self.syntax.flat(node), name, literal=node.type in self.literals)

    def strings(self) -> Iterator[StringLiteral]:
        """The string literals, documentation aside, with the names they are bound to."""
        names = {
            captures["named.string"][0].id: captures["named.name"][0]
            for captures in self.syntax.each("named")
        }
        completed = {node.id for node in self.syntax.nodes("completed")}
        skipped = {node.id for node in self.syntax.nodes("docstring")}
        after = -1
        for node in self.syntax.nodes("string"):
            inner = node.end_byte <= after
            after = max(after, node.end_byte)
            if node.id in skipped or (inner and node.id not in names):
                continue
            value, formatted = self.string(node)
            name = self.name(names[node.id]) if node.id in names else None
            inside = self.scopes.name_at(node.start_byte)
            yield StringLiteral(value, line(node), name, inside, formatted or node.id in completed)

    def name(self, node: Node) -> str:
        """The name a value is bound to: a key loses its quotes."""
        return self.string(node)[0][:120] if node.type in self.strings_are else self.syntax.flat(node)

    def comments(self) -> Iterator[Comment]:
        for node in self.syntax.nodes("comment"):
            yield Comment(self.comment_markers.sub("", self.syntax.text(node)).strip(), line(node))

    def bindings(self) -> Iterator[Binding]:
        seen: set[int] = set()
        for captures in self.syntax.each("binding"):
            name, value = captures["binding.name"][0], captures["binding.value"][0]
            inside = self.scopes.name_at(name.start_byte)
            local = inside is not None and name.type == "identifier"
            if value.id in seen or value.type in self.unbound or (local and value.type in self.containers):
                continue
            seen.add(value.id)
            yield Binding(self.syntax.flat(name), self.made_by(value), line(name), inside)

    def made_by(self, node: Node) -> str:
        """The callee of a call, awaited or not; the text of anything else."""
        if "await" in node.type and node.named_child_count:
            node = node.named_children[0]
        field = MAKERS.get(node.type)
        callee = node.child_by_field_name(field) if field else None
        return self.callee(callee) if callee else self.syntax.flat(node)

    def environment_calls(self) -> Iterator[EnvironmentRead]:
        """Reads of the environment through a function that says so by its name."""
        defaulted = {node.id for node in self.syntax.nodes("defaulted")}
        required = {node.id for node in self.syntax.nodes("required")}
        for captures, call in zip(self.syntax.each("call"), self.calls, strict=True):
            if call.arguments and call.arguments[0].literal and self.reads_environment(call):
                node = captures["call"][0].id
                default = node in defaulted or len(call.arguments) > 1
                yield EnvironmentRead(
                    call.arguments[0].text, call.line, default, node in required and not default
                )

    def reads_environment(self, call: Call) -> bool:
        last = call.callee.rpartition(".")[2].rpartition("::")[2]
        return (
            READS_ENVIRONMENT.match(last) is not None and VARIABLE.match(call.arguments[0].text) is not None
        )

    def is_constant(self, node: Node) -> bool:
        """Whether the expression is made of literals only, also when they stand in a container or a constructor."""
        code = self.syntax.code[node.start_byte : min(node.end_byte, node.start_byte + 4000)].decode(
            "utf-8", "ignore"
        )
        rest = _KEY.sub("", self.constructor.sub("", code))
        return all(_CONSTANT_WORD.fullmatch(word) for word in _WORD.findall(rest))

    def doc_above(self, first: int) -> str | None:
        """The comment that ends right above the line, at most 400 characters."""
        parts: list[str] = []
        row = first - 1
        while row in self._own_lines and len(parts) < 40:
            start, text = self._own_lines[row]
            parts.append(text)
            row = start - 1
        return "\n".join(reversed(parts))[:400] or None

    @cached_property
    def _own_lines(self) -> dict[int, tuple[int, str]]:
        """By its last line, each comment with nothing before it on its first line."""
        data = self.syntax.data
        found = {}
        for node in self.syntax.nodes("comment"):
            start = node.start_byte
            if not data[data.rfind(b"\n", 0, start) + 1 : start].strip():
                text = self.comment_markers.sub("", self.syntax.text(node)).strip()
                found[end_line(node)] = (line(node), text)
        return found
