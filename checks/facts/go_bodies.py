"""What the body of a Go function amounts to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.facts.bodies import Bodies, Form
from checks.facts.reader import LOG, NOT_IMPLEMENTED
from checks.facts.source import BodyForm

if TYPE_CHECKING:
    from tree_sitter import Node

    from checks.facts.reader import Reader

ERROR_RETURN = re.compile(r"\berr\b|\w*Err\w*|\berrors\.|\bstatus\.Errorf?\(")
REFUSES = re.compile(r"\bStatusNotImplemented\b|\b501\b")
IGNORED = re.compile(r"^_(?:, _)* = ")


class GoBodies(Bodies):
    """Reads the bodies of one Go file."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader.syntax)
        self.reader = reader

    def form(self, body: Node) -> Form:
        statements = self.effective(body)
        if not statements:
            return BodyForm.EMPTY, None
        last = statements[-1]
        text = self.syntax.flat(last, 200)
        if self._refuses(last, text) and self._only_errors_before(body, last):
            return BodyForm.NOT_IMPLEMENTED, text
        if len(statements) > 1:
            return self.otherwise(statements)
        said = self.returned(last)
        if said == "":
            return BodyForm.EMPTY, None
        return (BodyForm.CONSTANT, said) if said is not None else self.otherwise(statements)

    def effective(self, block: Node) -> list[Node]:
        children = [child for child in block.named_children if child.type == "statement_list"]
        inner = children[0] if children else block
        return [
            child for child in inner.named_children if child.type != "comment" and not self._is_idle(child)
        ]

    def returned(self, node: Node) -> str | None:
        if node.type != "return_statement":
            return None
        if node.named_child_count == 0:
            return ""
        if not self.reader.is_constant(node.named_children[0]):
            return None
        return self.syntax.flat(node, 200).removeprefix("return ")

    def _is_idle(self, node: Node) -> bool:
        """A statement that only logs, or only silences the compiler about an unused name."""
        text = self.syntax.flat(node, 60)
        return (node.type == "expression_statement" and LOG.match(text) is not None) or (
            node.type == "assignment_statement" and IGNORED.match(text) is not None and "(" not in text
        )

    def _refuses(self, node: Node, text: str) -> bool:
        if node.type == "return_statement":
            if (made := self._made_function(node)) is not None:
                inner = self.effective(made)
                return len(inner) == 1 and self._refuses(inner[0], self.syntax.flat(inner[0], 200))
            return ERROR_RETURN.search(text) is not None and NOT_IMPLEMENTED.search(text) is not None
        if node.type != "expression_statement":
            return False
        return (text.startswith("panic(") and NOT_IMPLEMENTED.search(text) is not None) or REFUSES.search(
            text
        ) is not None

    def _made_function(self, node: Node) -> Node | None:
        """The body of the function that a statement returns: refusing on one of its ways is not refusing."""
        value = node.named_children[0] if node.named_child_count else None
        while value is not None and value.type == "expression_list":
            value = value.named_children[0]
        return (
            value.child_by_field_name("body") if value is not None and value.type == "func_literal" else None
        )

    def _only_errors_before(self, body: Node, last: Node) -> bool:
        """Whether every other way out of the function is a failure too: then it never does its work."""
        for node in self.syntax.nodes("return"):
            if not body.start_byte <= node.start_byte < last.start_byte:
                continue
            if node.named_child_count and ERROR_RETURN.search(self.syntax.flat(node)) is None:
                return False
        return True
