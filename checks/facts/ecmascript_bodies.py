"""What the body of a JavaScript or TypeScript function amounts to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.facts.reader import LOG, NOT_IMPLEMENTED
from checks.facts.source import BodyForm

if TYPE_CHECKING:
    from tree_sitter import Node

    from checks.facts.reader import Reader

FAILURE = re.compile(r"^throw\b|\bPromise\.reject\(|\bError\(")
REFUSES = re.compile(
    r"\b(?:status|sendStatus|code|writeHead)\(501\b|\bstatus(?:Code)?:\s*501\b|\bNOT_IMPLEMENTED\b"
)


def body_form(reader: Reader, body: Node) -> tuple[BodyForm, str | None]:
    """The form of a body, with the literal it returns or the statement that refuses."""
    if body.type != "statement_block":  # an arrow function's expression
        if reader.is_constant(body) and body.type not in ("call_expression", "new_expression"):
            return BodyForm.CONSTANT, reader.syntax.flat(body, 200)
        return BodyForm.WORK, None
    statements = [
        child for child in body.named_children if child.type != "comment" and not _logs(reader, child)
    ]
    if not statements:
        return BodyForm.EMPTY, None
    *before, last = statements
    text = reader.syntax.flat(last, 200)
    if _refuses(last, text) and _only_failures(reader, body, last):
        return BodyForm.NOT_IMPLEMENTED, text
    if before or last.type != "return_statement":
        return BodyForm.WORK, None
    if last.named_child_count == 0:
        return BodyForm.EMPTY, None
    if reader.is_constant(last.named_children[0]):
        return BodyForm.CONSTANT, text.removeprefix("return ").rstrip(";")
    return BodyForm.WORK, None


def _logs(reader: Reader, node: Node) -> bool:
    return node.type == "expression_statement" and LOG.match(reader.syntax.flat(node, 60)) is not None


def _refuses(node: Node, text: str) -> bool:
    if (
        node.type in ("throw_statement", "return_statement")
        and FAILURE.search(text)
        and NOT_IMPLEMENTED.search(text)
    ):
        return True
    return node.type in ("return_statement", "expression_statement") and REFUSES.search(text) is not None


def _only_failures(reader: Reader, body: Node, last: Node) -> bool:
    """Whether every other way out of the function is a failure too: then it never does its work."""
    return all(
        FAILURE.search(reader.syntax.flat(node))
        for node in reader.syntax.nodes("return")
        if body.start_byte <= node.start_byte < last.start_byte and node.named_child_count
    )
