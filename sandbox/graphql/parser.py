"""Parses queries and mutations: aliases, arguments, variables, inline and named fragments. No type definitions."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

TOKEN = re.compile(
    r'(?P<skip>[\s,\ufeff]+|\#[^\n\r]*)|(?P<block>"""(?:\\"""|(?!""").)*""")|(?P<string>"(?:\\.|[^"\\\n\r])*")'
    r"|(?P<spread>\.\.\.)|(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z_]\w*)|(?P<sign>[!$&():=@\[\]{|}])",
    re.DOTALL | re.ASCII,
)
DEEPEST = 50


class QuerySyntaxError(Exception):
    """The query is not GraphQL."""


@dataclass(frozen=True, slots=True)
class Variable:
    name: str


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    alias: str
    arguments: Mapping[str, object]
    selections: "tuple[Selection, ...]"
    line: int


@dataclass(frozen=True, slots=True)
class Fragment:
    """Inline; `on` None means the same type."""

    on: str | None
    selections: "tuple[Selection, ...]"


@dataclass(frozen=True, slots=True)
class Spread:
    name: str


Selection = Field | Fragment | Spread


@dataclass(frozen=True, slots=True)
class Operation:
    kind: str
    name: str | None
    defaults: Mapping[str, object]
    required: tuple[str, ...]
    selections: tuple[Selection, ...]


@dataclass(frozen=True, slots=True)
class Document:
    operations: tuple[Operation, ...]
    fragments: Mapping[str, Fragment] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    line: int


def tokens(text: str) -> list[Token]:
    found, at, line = [], 0, 1
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise QuerySyntaxError(f"Parse error on {text[at : at + 1]!r} at line {line}")
        if match.lastgroup != "skip":
            found.append(Token(match.lastgroup, match.group(), line))
        line += match.group().count("\n")
        at = match.end()
    return found


class Parser:
    def __init__(self, text: str) -> None:
        self._tokens = tokens(text)
        self._at = 0
        self._depth = 0

    def document(self) -> Document:
        operations: list[Operation] = []
        fragments: dict[str, Fragment] = {}
        while self._at < len(self._tokens):
            if self._accept("fragment"):
                name = self._name()
                self._expect("on")
                fragments[name] = Fragment(self._name(), self._selections())
            else:
                operations.append(self._operation())
        if not operations:
            raise QuerySyntaxError("Unexpected end of document")
        return Document(tuple(operations), fragments)

    def _operation(self) -> Operation:
        if self._peek() == "{":
            return Operation("query", None, {}, (), self._selections())
        kind = self._name()
        if kind not in ("query", "mutation"):
            raise QuerySyntaxError(f'Expected one of FRAGMENT, MUTATION, QUERY, actual: "{kind}"')
        name = self._name() if self._peek() not in ("{", "(") else None
        defaults: dict[str, object] = {}
        required: list[str] = []
        if self._accept("("):
            while not self._accept(")"):
                self._variable(defaults, required)
        return Operation(kind, name, defaults, tuple(required), self._selections())

    def _variable(self, defaults: dict[str, object], required: list[str]) -> None:
        self._expect("$")
        name = self._name()
        self._expect(":")
        needed = self._type()
        if self._accept("="):
            defaults[name] = self._value()
        elif needed:
            required.append(name)

    def _type(self) -> bool:
        if self._accept("["):
            self._type()
            self._expect("]")
        else:
            self._name()
        return self._accept("!")

    def _selections(self) -> tuple[Selection, ...]:
        self._expect("{")
        self._depth += 1
        if self._depth > DEEPEST:
            raise QuerySyntaxError("Query is nested too deeply")
        found: list[Selection] = []
        while not self._accept("}"):
            found.append(self._selection())
        self._depth -= 1
        if not found:
            raise QuerySyntaxError("A selection set must not be empty")
        return tuple(found)

    def _selection(self) -> Selection:
        if self._accept("..."):
            if self._accept("on"):
                return Fragment(self._name(), self._selections())
            if self._peek() == "{":
                return Fragment(None, self._selections())
            return Spread(self._name())
        line = self._line()
        alias = name = self._name()
        if self._accept(":"):
            name = self._name()
        arguments: dict[str, object] = {}
        if self._accept("("):
            while not self._accept(")"):
                key = self._name()
                self._expect(":")
                arguments[key] = self._value()
        inner = self._selections() if self._peek() == "{" else ()
        return Field(name, alias, arguments, inner, line)

    def _value(self) -> object:
        token = self._next()
        if token.kind == "string":
            return json.loads(token.text)
        if token.kind == "block":
            return token.text[3:-3].replace('\\"""', '"""').strip("\n")
        if token.kind == "number":
            return json.loads(token.text)
        if token.kind == "name":
            return {"true": True, "false": False, "null": None}.get(token.text, token.text)
        if token.text == "$":
            return Variable(self._name())
        return self._composite(token)

    def _composite(self, token: Token) -> object:
        if token.text == "[":
            items = []
            while not self._accept("]"):
                items.append(self._value())
            return items
        if token.text == "{":
            members: dict[str, object] = {}
            while not self._accept("}"):
                name = self._name()
                self._expect(":")
                members[name] = self._value()
            return members
        raise QuerySyntaxError(f'Parse error on "{token.text}" at line {token.line}')

    def _peek(self) -> str:
        return self._tokens[self._at].text if self._at < len(self._tokens) else ""

    def _line(self) -> int:
        return self._tokens[self._at].line if self._at < len(self._tokens) else 0

    def _next(self) -> Token:
        if self._at >= len(self._tokens):
            raise QuerySyntaxError("Unexpected end of document")
        self._at += 1
        return self._tokens[self._at - 1]

    def _accept(self, text: str) -> bool:
        if self._peek() != text:
            return False
        self._at += 1
        return True

    def _expect(self, text: str) -> None:
        token = self._next()
        if token.text != text:
            raise QuerySyntaxError(f'Expected "{text}", actual: "{token.text}" at line {token.line}')

    def _name(self) -> str:
        token = self._next()
        if token.kind != "name":
            raise QuerySyntaxError(f'Expected a name, actual: "{token.text}" at line {token.line}')
        return token.text


def parse(text: str) -> Document:
    return Parser(text).document()
