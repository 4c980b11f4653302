"""The sleeps of a fixed length that a JavaScript test itself waits out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.facts.syntax import line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from checks.facts.source import Call
    from checks.facts.syntax import Syntax

_SLEEP = re.compile(r"^(?:\w+\.)?(?:sleep|delay|wait|timeout|sleepMs|delayMs|setTimeout|pause)$")
_FUNCTIONS = frozenset({"arrow_function", "function_expression", "function_declaration", "method_definition"})
_LOOPS = frozenset({"for_statement", "for_in_statement", "while_statement", "do_statement"})
_TEST = re.compile(rb"^(?:it|test|specify|beforeEach|beforeAll|before|Deno\.test)\b")
_PROMISE = re.compile(rb"^new Promise\b")


def waits(syntax: Syntax, calls: tuple[Call, ...]) -> Iterator[tuple[float, int]]:
    """(seconds, line): in a loop it asks again and again; in another function it plays something slow."""
    for captures, call in zip(syntax.each("call"), calls, strict=True):
        node = captures["call"][0]
        milliseconds = _number(call) if _SLEEP.match(call.callee) else 0
        if milliseconds and _is_own(syntax, node, promised=not call.awaited):
            yield milliseconds / 1000, line(node)


def _number(call: Call) -> int:
    """`sleep(500)`, or `setTimeout(resolve, 500)`."""
    text = call.arguments[-1].text.replace("_", "") if 0 < len(call.arguments) < 3 else ""
    return int(text[:9]) if text.isascii() and text.isdigit() else 0


def _is_own(syntax: Syntax, node: Node, *, promised: bool) -> bool:
    """Whether the test's own function awaits it: at once, or as the promise that a timer settles."""
    above = node.parent
    while above is not None and above.type not in _LOOPS:
        if above.type in _FUNCTIONS:
            caller = above.parent.parent if above.parent and above.parent.type == "arguments" else None
            start = caller.start_byte if caller else 0
            text = syntax.data[start : start + 40] if caller else b""
            if not promised:
                return _TEST.match(text) is not None
            if (
                caller is None
                or not _PROMISE.match(text)
                or caller.parent is None
                or caller.parent.type != "await_expression"
            ):
                return False
            promised, above = False, caller
        above = above.parent
    return False
