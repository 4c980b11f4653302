"""What the body of a Rust function amounts to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.facts.reader import LOG, NOT_IMPLEMENTED
from checks.facts.source import BodyForm

if TYPE_CHECKING:
    from tree_sitter import Node

    from checks.facts.reader import Reader

STUB = re.compile(
    r"^(?:return )?(?:todo|unimplemented)!|^(?:return )?panic!\s*\(\s*\"(?:not (?:yet )?implemented|TODO)",
    re.IGNORECASE,
)
FAILURE = re.compile(r"^(?:return )?(?:Err\(|(?:anyhow::)?bail!|Status::|Box::pin\(async (?:move )?\{ Err)")
IGNORED = re.compile(r"^let _ = [^(]*;$")
ITEMS = ("_item", "use_declaration", "comment")


def body_form(reader: Reader, function: Node, body: Node) -> tuple[BodyForm, str | None]:
    """The form of a body, with the literal it returns or the expression that refuses."""
    statements = [
        child
        for child in body.named_children
        if not child.type.endswith(ITEMS) and not _is_idle(reader, child)
    ]
    if not statements:
        return BodyForm.EMPTY, None
    *before, last = statements
    text = reader.syntax.flat(last, 200)
    failed = FAILURE.match(text) and NOT_IMPLEMENTED.search(text)
    if STUB.match(text) or (failed and _only_failures(reader, function, last)):
        return BodyForm.NOT_IMPLEMENTED, text
    if before:
        return BodyForm.WORK, None
    value = last.named_children[0] if last.type == "expression_statement" and last.named_child_count else last
    if value.type == "return_expression":
        if value.named_child_count == 0:
            return BodyForm.EMPTY, None
        value = value.named_children[0]
    if last.type not in ("let_declaration", "macro_invocation") and reader.is_constant(value):
        return BodyForm.CONSTANT, reader.syntax.flat(value, 200)
    return BodyForm.WORK, None


def _is_idle(reader: Reader, node: Node) -> bool:
    """A statement that only logs, or only silences the compiler about an unused name."""
    text = reader.syntax.flat(node, 60)
    return (node.type in ("expression_statement", "macro_invocation") and LOG.match(text) is not None) or (
        IGNORED.match(text) is not None
    )


def _only_failures(reader: Reader, function: Node, last: Node) -> bool:
    """Whether every other way out of the function is a failure too: then it never does its work."""
    return all(
        FAILURE.match(reader.syntax.flat(node))
        for node in reader.syntax.nodes("return")
        if function.start_byte <= node.start_byte < last.start_byte
    )
