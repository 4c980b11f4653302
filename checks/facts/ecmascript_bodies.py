"""What the body of a JavaScript or TypeScript function amounts to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.facts.bodies import WORK, Bodies, Form
from checks.facts.reader import LOG, NOT_IMPLEMENTED
from checks.facts.source import BodyForm

if TYPE_CHECKING:
    from tree_sitter import Node

    from checks.facts.bodies import WORK, Bodies, Form
from checks.facts.reader import Reader

FAILURE = re.compile(r"^throw\b|\bPromise\.reject\(|\bError\(")
REFUSES = re.compile(
    r"\b(?:status|sendStatus|code|writeHead)\(501\b|\bstatus(?:Code)?:\s*501\b|\bNOT_IMPLEMENTED\b"
)
# What a middleware says when nothing is in the way.
NEXT = re.compile(r"^(?:return )?next\(\)$")


class EcmaScriptBodies(Bodies):
    """Reads the bodies of one JavaScript or TypeScript file."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader.syntax)
        self.reader = reader

    def form(self, body: Node) -> Form:
        if body.type != "statement_block":  # an arrow function's expression
            if self.reader.is_constant(body) and body.type not in ("call_expression", "new_expression"):
                return BodyForm.CONSTANT, self.syntax.flat(body, 200)
            return WORK
        statements = self.effective(body)
        if not statements:
            return BodyForm.EMPTY, None
        last = statements[-1]
        text = self.syntax.flat(last, 200)
        if _refuses(last, text) and self._only_failures(body, last):
            return BodyForm.NOT_IMPLEMENTED, text
        if len(statements) > 1:
            return self.otherwise(statements)
        said = self.returned(last)
        if said == "":
            return BodyForm.EMPTY, None
        return (BodyForm.CONSTANT, said) if said is not None else self.otherwise(statements)

    def effective(self, block: Node) -> list[Node]:
        """A branch may be a lone statement."""
        children = block.named_children if block.type == "statement_block" else [block]
        return [child for child in children if child.type != "comment" and not self._logs(child)]

    def returned(self, node: Node) -> str | None:
        text = self.syntax.flat(node, 200).rstrip(";")
        if NEXT.match(text):
            return "next()"
        if node.type != "return_statement":
            return None
        if node.named_child_count == 0:
            return ""
        if not self.reader.is_constant(node.named_children[0]):
            return None
        return text.removeprefix("return ")

    def _logs(self, node: Node) -> bool:
        return node.type == "expression_statement" and LOG.match(self.syntax.flat(node, 60)) is not None

    def _only_failures(self, body: Node, last: Node) -> bool:
        """Whether every other way out of the function is a failure too: then it never does its work."""
        return all(
            FAILURE.search(self.syntax.flat(node))
            for node in self.syntax.nodes("return")
            if body.start_byte <= node.start_byte < last.start_byte and node.named_child_count
        )


def _refuses(node: Node, text: str) -> bool:
    if (
        node.type in ("throw_statement", "return_statement")
        and FAILURE.search(text)
        and NOT_IMPLEMENTED.search(text)
    ):
        return True
    return node.type in ("return_statement", "expression_statement") and REFUSES.search(text) is not None
