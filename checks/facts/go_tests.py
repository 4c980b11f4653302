"""The tests of a Go file: what each checks, skips, waits for and names."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import tree_sitter_go

from checks.facts.kinds import facts
from checks.facts.syntax import Syntax, end_line, grammar, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_TEST = re.compile(r"^Test(?![a-z])")
_SKIP = re.compile(r"^\w+\.Skip(?:f|Now)?$")
_FAILS = re.compile(
    r"\.(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow)$|^(?:assert|require|is|qt|td|gomega|cmp|testutil\w*)\.|assert|check|expect|verify|must|require|compare|ensure",
    re.IGNORECASE,
)
_FAILED = re.compile(r"^\w*err\w*\s*!=\s*nil$", re.IGNORECASE)
_SLEEP = re.compile(r"^(?:(\d+)\s*\*\s*)?time\.(Second|Millisecond|Minute)(?:\s*\*\s*(\d+))?$")
_UNITS = {"Second": 1.0, "Millisecond": 0.001, "Minute": 60.0}
_WORD = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class GoTest:
    """A test, or a skipped subtest ("TestPlan/Tree"). `names` are all words of its code."""

    name: str
    line: int
    end_line: int
    checks: int = 0
    skipped: str | None = None  # the call, where nothing comes before it
    skipped_line: int = 0
    swallowed: tuple[tuple[str, int, str], ...] = ()  # skips when a call failed: (the skip, line, the call)
    sleeps: tuple[tuple[float, int], ...] = ()
    names: frozenset[str] = frozenset()
    handed_on: bool = False  # its *testing.T goes to a helper, which may check


@facts("*_test.go", version=2)
@dataclass(frozen=True, slots=True)
class GoTests:
    """The tests of one file."""

    tests: tuple[GoTest, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        syntax = Syntax(grammar(tree_sitter_go.language, "go_tests"), text)
        reader = _Reader(syntax)
        found = [
            test
            for captures in syntax.each("test")
            if _TEST.match(syntax.text(captures["test.name"][0], 200))
            and "testing.T" in syntax.text(captures["test.parameters"][0], 80)
            for test in reader.tests(captures)
        ]
        return cls(tuple(found))


class _Reader:
    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.calls = sorted(
            (
                (
                    c["call"][0].start_byte,
                    c["call"][0],
                    syntax.callee(c["call.callee"][0]),
                    c["call.arguments"][0],
                )
                for c in syntax.each("call")
            ),
            key=lambda found: found[0],
        )
        self.starts = [start for start, *_ in self.calls]
        self.failures = list(self._failures())

    def _failures(self) -> Iterator[tuple[int, Node, str]]:
        """Where an error of a call leads into a block: (offset, block, the call)."""
        for captures in self.syntax.each("if"):
            if _FAILED.match(self.syntax.flat(captures["if.test"][0])):
                node = captures["if"][0]
                made = node.child_by_field_name("initializer") or node.prev_named_sibling
                right = made.child_by_field_name("right") if made is not None else None
                called = right.named_children[0] if right is not None and right.named_child_count else None
                if called is not None and called.type == "call_expression":
                    function = called.child_by_field_name("function") or called
                    yield node.start_byte, captures["if.body"][0], self.syntax.callee(function)

    def within(self, node: Node) -> list[tuple[int, Node, str, Node]]:
        first = bisect_left(self.starts, node.start_byte)
        return self.calls[first : bisect_left(self.starts, node.end_byte)]

    def tests(self, captures: dict[str, list[Node]]) -> Iterator[GoTest]:
        node, body = captures["test"][0], captures["test.body"][0]
        name = self.syntax.text(captures["test.name"][0], 200)
        calls = self.within(body)
        skips = {(skip, at): owner for skip, at, owner in self._skips(name, body, calls)}
        own = next((key for key, owner in skips.items() if owner == name), (None, 0))
        receiver = re.match(r"\(\s*(\w+)", self.syntax.text(captures["test.parameters"][0], 80))
        testing = receiver.group(1) if receiver else "t"
        yield GoTest(
            name=name,
            line=line(node),
            end_line=end_line(node),
            checks=sum(_FAILS.search(callee) is not None for _, _, callee, _ in calls),
            skipped=own[0],
            skipped_line=own[1],
            swallowed=tuple(self._swallowed(body)),
            sleeps=tuple(self._sleeps(body, calls)),
            names=frozenset(
                _WORD.findall(self.syntax.code[body.start_byte : body.end_byte].decode("utf-8", "ignore"))
            ),
            handed_on=any(
                self.syntax.text(arguments, 400).strip("( ").startswith((f"{testing},", f"{testing})"))
                for *_, arguments in calls
            ),
        )
        for (skip, at), owner in skips.items():
            if owner != name:
                yield GoTest(owner, at, at, skipped=skip, skipped_line=at)

    def _skips(
        self, name: str, body: Node, calls: list[tuple[int, Node, str, Node]]
    ) -> Iterator[tuple[str, int, str]]:
        """The skips that nothing comes before, of the test or of one of its subtests."""
        for _, node, callee, _ in calls:
            if not _SKIP.match(callee) or not _comes_first(self.syntax, node):
                continue
            block = node.parent.parent if node.parent is not None else None
            block = block.parent if block is not None and block.type == "statement_list" else block
            if block == body:
                yield self.syntax.flat(node, 160), line(node), name
            elif block is not None and (subtest := _subtest(self.syntax, block)):
                yield self.syntax.flat(node, 160), line(node), f"{name}/{subtest}"

    def _swallowed(self, body: Node) -> Iterator[tuple[str, int, str]]:
        for start, block, called in self.failures:
            if body.start_byte <= start < body.end_byte:
                inside = self.within(block)
                skip = next((node for _, node, callee, _ in inside if _SKIP.match(callee)), None)
                if skip is not None and not any(_FAILS.search(callee) for _, _, callee, _ in inside):
                    yield self.syntax.flat(skip, 160), line(skip), called

    def _sleeps(self, body: Node, calls: list[tuple[int, Node, str, Node]]) -> Iterator[tuple[float, int]]:
        """Those that the test itself waits out: in a loop it asks again, in another function it plays something slow."""
        for _, node, callee, arguments in calls:
            if callee != "time.Sleep" or not _is_own(node, body):
                continue
            match = _SLEEP.match(self.syntax.flat(arguments).strip("() "))
            if match:
                yield _UNITS[match.group(2)] * float(match.group(1) or match.group(3) or 1), line(node)


def _is_own(node: Node, body: Node) -> bool:
    """Whether nothing but blocks, conditions and subtests stand between a call and the test's body."""
    above = node.parent
    while above is not None and above != body:
        if above.type == "for_statement" or (above.type == "func_literal" and not _is_subtest(above)):
            return False
        above = above.parent
    return True


def _is_subtest(function: Node) -> bool:
    parameters = function.child_by_field_name("parameters")
    return parameters is not None and b"testing.T" in (parameters.text or b"")


def _comes_first(syntax: Syntax, node: Node) -> bool:
    """Whether a call is a statement before which only helpers and declarations of parallel runs stand."""
    statement = node.parent
    if statement is None or statement.type != "expression_statement":
        return False
    before = statement.prev_named_sibling
    while before is not None and (
        before.type == "comment" or syntax.text(before, 40).endswith((".Helper()", ".Parallel()"))
    ):
        before = before.prev_named_sibling
    return before is None


def _subtest(syntax: Syntax, block: Node) -> str | None:
    """The name of the subtest whose function a block is, where it is written out."""
    function = block.parent
    arguments = function.parent if function is not None and function.type == "func_literal" else None
    call = arguments.parent if arguments is not None else None
    if arguments is None or call is None or not syntax.text(call, 60).startswith(("t.Run(", "s.Run(")):
        return None
    first = arguments.named_children[0]
    return syntax.text(first, 100).strip('"`') if first.type.endswith("string_literal") else None
