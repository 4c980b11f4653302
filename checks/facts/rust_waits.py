"""The sleeps of a fixed length that a Rust function itself waits out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.facts.syntax import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from checks.facts.source import Call
    from checks.facts.syntax import Captures

_SLEEP = re.compile(r"(?:^|::)(?:thread::sleep|time::sleep|task::sleep)$|^sleep$")
_DURATION = re.compile(r"^(?:\w+::)*from_(secs|millis)(?:_f(?:32|64))?\(([\d_]+(?:\.\d+)?)(?:_?[uf]\d+)?\)$")
_UNITS = {"secs": 1.0, "millis": 0.001}
_ELSEWHERE = frozenset(
    {
        "loop_expression",
        "while_expression",
        "for_expression",
        "closure_expression",
        "async_block",
        "token_tree",
    }
)


def waits(matches: Iterable[Captures], calls: Iterable[Call]) -> Iterator[tuple[float, int]]:
    """(seconds, line): in a loop it asks again and again; in a closure or task it plays something slow."""
    for captures, call in zip(matches, calls, strict=True):
        if not call.arguments or not _SLEEP.search(call.callee):
            continue
        length = _DURATION.match(call.arguments[0].text)
        waited = call.awaited or call.callee.endswith("thread::sleep")
        if length and waited and _is_own(captures["call"][0]):
            yield _UNITS[length.group(1)] * float(length.group(2).replace("_", "")), line(captures["call"][0])


def _is_own(node: Node) -> bool:
    above = node.parent
    while above is not None and above.type != "function_item":
        if above.type in _ELSEWHERE:
            return False
        above = above.parent
    return above is not None
