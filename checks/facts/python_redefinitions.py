"""Python definitions that a later one of the same name in the same block takes away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.facts.source import Redefinition
from checks.facts.syntax import line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from checks.facts.syntax import Spans, Syntax

# Decorators that keep no hold of what they are given; any other may have registered it.
_KEEPS_NOTHING = re.compile(
    r"^(?:pytest\.(?:mark|fixture)|mark|mock\.patch|patch|unittest\.mock|mocker|staticmethod$|classmethod$|property$|abstractmethod|abc\.|functools\.(?:wraps|cache|lru_cache|cached_property)"
    r"|cached_property|lru_cache|cache$|wraps|(?:contextlib\.)?(?:async)?contextmanager|(?:dataclasses\.)?dataclass|dataclass_json|override|typing\.override|final|freeze_time|parameterized|responses\.activate|requires_|skip)\b"
)
# Base classes that keep no list of their subclasses.
_PLAIN_BASES = re.compile(
    r"^(?:object|ABC|abc\.ABC|Protocol|(?:pydantic\.)?BaseModel|BaseSettings|(?:\w+\.)*TestCase|\w*(?:Exception|Error|Enum)|TypedDict|NamedTuple|(?:\w+\.)*(?:str|int|dict|list))$"
)
_ONE_OF_SEVERAL = re.compile(r"overload|dispatch|register")
_DEFINES = frozenset({"function_definition", "class_definition"})
_MEANT = re.compile(r"#.*\b(?:F811|no-redef|E0102|function-redefined|type: ignore\b(?!\[(?!no-redef)))")


def redefinitions(syntax: Syntax, scopes: Spans) -> Iterator[Redefinition]:
    """Where nothing between the two speaks of the first."""
    for block in [syntax.root, *syntax.nodes("block")]:
        seen: dict[str, tuple[Node, Node]] = {}
        for whole in block.named_children:
            node = whole.child_by_field_name("definition") if whole.type == "decorated_definition" else whole
            name = node.child_by_field_name("name") if node is not None and node.type in _DEFINES else None
            if node is None or name is None:
                continue
            text = syntax.text(name, 100)
            before = seen.get(text)
            seen[text] = (whole, node)
            lost = before is not None and text.strip("_") and _is_lost(syntax, before, (whole, node), text)
            if before is not None and lost and not _MEANT.search(_line_of(syntax, name)):
                yield Redefinition(scopes.name_at(node.start_byte) or text, line(before[1]), line(node))


def _is_lost(syntax: Syntax, before: tuple[Node, Node], after: tuple[Node, Node], name: str) -> bool:
    """Whether nothing keeps the first: no decorator, no base class, no use of its name before the second."""
    bases = before[1].child_by_field_name("superclasses")
    return (
        all(_KEEPS_NOTHING.match(mark) for mark in _decorators(syntax, before[0]))
        and all(_PLAIN_BASES.match(syntax.flat(base)) for base in (bases.named_children if bases else ()))
        and not syntax.used_within(name, before[0].end_byte, after[1].start_byte)
        and not any(_ONE_OF_SEVERAL.search(mark) for mark in _decorators(syntax, after[0]))
    )


def _decorators(syntax: Syntax, whole: Node) -> list[str]:
    marks = (child for child in whole.named_children[:20] if child.type == "decorator")
    return [syntax.flat(child, 100).removeprefix("@").strip() for child in marks]


def _line_of(syntax: Syntax, node: Node) -> str:
    start = syntax.data.rfind(b"\n", 0, node.start_byte) + 1
    end = syntax.data.find(b"\n", node.start_byte)
    return syntax.data[start : min(end if end >= 0 else start + 300, start + 300)].decode("utf-8", "ignore")
