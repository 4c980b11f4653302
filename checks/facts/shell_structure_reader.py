"""Reads the structure of a shell script out of its syntax tree, without recursion over it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from checks.facts.syntax import Syntax, end_line, line

if TYPE_CHECKING:
    from tree_sitter import Node

_VARIABLE = re.compile(r"\$\{?[#!]?(\w+)|(?:\(\(|\$\()\s*(\w+)")
_STATUS = re.compile(r"\$\?|PIPESTATUS")
_TALK = frozenset(
    {
        "echo",
        "printf",
        "cat",
        "tee",
        "true",
        ":",
        "sleep",
        "local",
        "tput",
        "head",
        "tail",
        "grep",
        "sed",
        "log",
    }
)
_ENDS = frozenset({"exit", "return", "die", "fail"})
_TESTS = re.compile(r"!?\s*(?:\[|\(\(|test\b|true\b|false\b)")
_FAR = re.compile(r"\$\(\s*(?:curl|wget|nc|http|docker|kubectl|aws|gcloud|az|gh)\b")
_LOOKS = frozenset({"command", "which", "type", "hash"})
_SUCCESS = (["0"], ['"0"'])
_TRANSPARENT = frozenset(
    {
        "compound_statement",
        "subshell",
        "redirected_statement",
        "list",
        "pipeline",
        "negated_command",
        "do_group",
    }
)
_QUIET = frozenset(
    {"comment", "file_redirect", "heredoc_redirect", "herestring_redirect", "declaration_command"}
)
_CONDITIONAL = frozenset({"if_statement", "elif_clause", "while_statement"})
_DEPTH = 50


@dataclass(frozen=True, slots=True)
class Background:
    """What is started with `&`."""

    line: int
    end_line: int
    text: str


@dataclass(frozen=True, slots=True)
class Branch:
    """An `if` whose branch of failure, from the condition on `line`, only talks, or isn't there."""

    line: int
    last_line: int  # of the condition
    text: str
    has_else: bool
    inside: str = ""  # the function


@dataclass(frozen=True, slots=True)
class Wait:
    """A loop that asks again and again, and has no way out but success."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class FailingExit:
    """An exit or return that may say failure, with the variables that decide about it."""

    line: int
    variables: frozenset[str]
    inside: str = ""  # the function
    returns: bool = False  # it ends that function only


class StructureReader:
    """Questions about one script."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.parents: dict[int, Node] = {}
        self.nodes = list(self._walk())
        self.names: dict[int, str] = {}  # of functions, by node
        self.bodies = dict(self._functions())
        self.talkers: set[str] = set()
        self.talkers = {name for name, body in self.bodies.items() if self._talks([body])}
        self.exits = list(self._exits())

    def _functions(self) -> Iterator[tuple[str, Node]]:
        for node in self.nodes:
            name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
            if node.type == "function_definition" and name and body:
                self.names[node.id] = self.syntax.text(name, 100)
                yield self.names[node.id], body

    def background(self) -> Iterator[Background]:
        for node in self.nodes:
            for before, after in pairwise(node.children):
                if after.type == "&" and before.is_named:
                    yield Background(line(before), end_line(before), self.syntax.flat(before))

    def branches(self) -> Iterator[Branch]:
        for node in self.nodes:
            if node.type == "if_statement" and (condition := node.child_by_field_name("condition")):
                lost, has_else = self._failure(node, condition)
                if self._talks(lost):
                    yield Branch(
                        line(condition),
                        end_line(condition),
                        self.syntax.flat(condition),
                        has_else,
                        self._inside(node),
                    )

    def _failure(self, node: Node, condition: Node) -> tuple[list[Node], bool]:
        """What is done when the condition fails, and whether anything is."""
        clauses = [child for child in node.named_children if child.type in ("elif_clause", "else_clause")]
        if self.syntax.text(condition, 1) == "!":
            ids = {child.id for child in clauses}
            own = [c for c in node.named_children if c.start_byte >= condition.end_byte and c.id not in ids]
            return own, True
        return clauses[:1] if not clauses or clauses[0].type == "elif_clause" else clauses[
            0
        ].named_children, bool(clauses)

    def waits(self) -> Iterator[Wait]:
        for node in self.nodes:
            body, condition = node.child_by_field_name("body"), node.child_by_field_name("condition")
            if (
                node.type == "while_statement"
                and body
                and condition
                and self._asks(node, condition)
                and self._talks([body])
            ):
                yield Wait(line(node), self.syntax.flat(condition))

    def _asks(self, node: Node, condition: Node) -> bool:
        """Whether it waits for a program's word: `until pg_isready`, `while ! nc -z db 5432`."""
        text = self.syntax.text(condition)
        if "timeout" in text or "read " in text:
            return False
        if _TESTS.match(text):  # [ "$(curl -s url)" = ok ]
            return _FAR.search(text) is not None
        return self.syntax.text(node, 5) == "until" or text.startswith("!")

    def captured(self) -> Iterator[tuple[str, int]]:
        for node in self.nodes:
            value, name = node.child_by_field_name("value"), node.child_by_field_name("name")
            if (
                node.type == "variable_assignment"
                and value
                and name
                and _STATUS.search(self.syntax.text(value, 40))
            ):
                yield self.syntax.text(name, 100), line(node)

    def required(self) -> Iterator[str]:
        """`! command -v jq`, `command -v jq || exit 1`."""
        for node in self.nodes:
            words = self.syntax.flat(node, 120).split() if node.type == "command" else []
            if words and words[0] in _LOOKS and self._is_about_absence(node):
                yield from (word.strip("\"'") for word in words[1:] if not word.startswith("-"))

    def _is_about_absence(self, node: Node) -> bool:
        around = self.parents[node.id]
        if around.type == "redirected_statement":
            node, around = around, self.parents[around.id]
        either = around.type == "list" and any(child.type == "||" for child in around.children)
        return around.type == "negated_command" or (either and around.named_children[0].id == node.id)

    def _exits(self) -> Iterator[FailingExit]:
        for node in self.nodes:
            words = self.syntax.flat(node, 80).split() if node.type == "command" else []
            if (
                words
                and words[0] in _ENDS
                and (words[1:] or words[0] == "exit")
                and words[1:2] not in _SUCCESS
            ):
                deciding = frozenset(self._deciding(node))
                yield FailingExit(line(node), deciding, self._inside(node), words[0] == "return")

    def _around(self, node: Node) -> list[Node]:
        """What stands around the node, up to the function that it is in."""
        found = [node]
        while found[-1].id in self.parents and found[-1].id not in self.names and len(found) < _DEPTH:
            found.append(self.parents[found[-1].id])
        return found[1:]

    def _inside(self, node: Node) -> str:
        """The name of the function around the node."""
        return self.names.get(self._around(node)[-1].id, "")

    def _deciding(self, node: Node) -> Iterator[str]:
        """The variables in the statement, and in the conditions around it."""
        texts = [self.syntax.text(node, 200)]
        for around in self._around(node):
            if around.type == "list":
                texts.append(self.syntax.text(around, 400))
            elif around.type in _CONDITIONAL and (condition := around.child_by_field_name("condition")):
                texts.append(self.syntax.text(condition, 400))
        for match in _VARIABLE.finditer("\n".join(texts)):
            yield match.group(1) or match.group(2)

    def _talks(self, statements: list[Node], depth: int = 0) -> bool:
        """Whether the statements only say something: no exit, no count, no program that could matter."""
        return depth < _DEPTH and all(self._says(statement, depth) for statement in statements)

    def _says(self, node: Node, depth: int) -> bool:
        if node.type in _QUIET:
            return True
        if node.type in _TRANSPARENT:
            return self._talks(node.named_children, depth + 1)
        if node.type != "command":
            return False
        name = node.child_by_field_name("name")
        word = self.syntax.text(name, 100) if name else ""
        if word in ("return", "exit"):
            return self.syntax.flat(node, 20).split()[1:] in ([], ["0"])
        return word in _TALK or word in self.talkers

    def _walk(self) -> Iterator[Node]:
        """Every node, without recursion; parents are noted, since the grammar looks for them from the root."""
        stack = [self.syntax.root]
        while stack:
            node = stack.pop()
            yield node
            for child in reversed(node.children):
                self.parents[child.id] = node
                stack.append(child)
