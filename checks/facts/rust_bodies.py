"""What the body of a Rust function amounts to."""

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

STUB = re.compile(
    r"^(?:return )?(?:todo|unimplemented)!|^(?:return )?panic!\s*\(\s*\"(?:not (?:yet )?implemented|TODO)",
    re.IGNORECASE,
)
FAILURE = re.compile(r"^(?:return )?(?:Err\(|(?:anyhow::)?bail!|Status::|Box::pin\(async (?:move )?\{ Err)")
IGNORED = re.compile(r"^let _ = [^(]*;$")
ITEMS = ("_item", "use_declaration", "comment")


class RustBodies(Bodies):
    """Reads the bodies of one Rust file."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader.syntax)
        self.reader = reader

    def form(self, body: Node) -> Form:
        if body.type != "block":  # a closure's expression
            literal = self.reader.is_constant(body) and body.type != "macro_invocation"
            return (BodyForm.CONSTANT, self.syntax.flat(body, 200)) if literal else WORK
        statements = self.effective(body)
        if not statements:
            return BodyForm.EMPTY, None
        last = statements[-1]
        text = self.syntax.flat(last, 200)
        failed = FAILURE.match(text) and NOT_IMPLEMENTED.search(text)
        if STUB.match(text) or (failed and self._only_failures(body, last)):
            return BodyForm.NOT_IMPLEMENTED, text
        if len(statements) > 1:
            return self.otherwise(statements)
        said = self.returned(last)
        if said == "":
            return BodyForm.EMPTY, None
        return (BodyForm.CONSTANT, said) if said is not None else self.otherwise(statements)

    def effective(self, block: Node) -> list[Node]:
        return [
            child
            for child in block.named_children
            if not child.type.endswith(ITEMS) and not self._is_idle(child)
        ]

    def returned(self, node: Node) -> str | None:
        statement = node.type == "expression_statement"
        value = node.named_children[0] if statement and node.named_child_count else node
        if value.type == "return_expression":
            if value.named_child_count == 0:
                return ""
            value = value.named_children[0]
        if node.type in ("let_declaration", "macro_invocation") or not self.reader.is_constant(value):
            return None
        return self.syntax.flat(value, 200)

    def _is_idle(self, node: Node) -> bool:
        """A statement that only logs, or only silences the compiler about an unused name."""
        text = self.syntax.flat(node, 60)
        return (
            node.type in ("expression_statement", "macro_invocation") and LOG.match(text) is not None
        ) or IGNORED.match(text) is not None

    def _only_failures(self, body: Node, last: Node) -> bool:
        """Whether every other way out of the function is a failure too: then it never does its work."""
        return all(
            FAILURE.match(self.syntax.flat(node))
            for node in self.syntax.nodes("return")
            if body.start_byte <= node.start_byte < last.start_byte
        )
