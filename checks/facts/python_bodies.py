"""What the body of a Python function amounts to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.facts.bodies import WORK, Bodies, Form
from checks.facts.source import BodyForm

if TYPE_CHECKING:
    from tree_sitter import Node

NOT_IMPLEMENTED = re.compile(
    r"\bnot?[ _-]?(?:yet[ _-])?implemented\b|\bNotImplemented|\bunimplemented\b|\b501\b", re.IGNORECASE
)
REFUSES = re.compile(r"\b(?:status_code=)?(?:501|HTTP_501_NOT_IMPLEMENTED)\b|\bNOT_IMPLEMENTED\b")
LOG = re.compile(r"^(?:self\.|cls\.|_|\w+\.)*_?(?:log(?:ger|ging)?|warnings|structlog|print)\b")
LITERAL_WORDS = frozenset({b"True", b"False", b"None"})
LITERALS = frozenset(
    {
        "string",
        "concatenated_string",
        "integer",
        "float",
        "true",
        "false",
        "none",
        "ellipsis",
        "unary_operator",
    }
)
CONTAINERS = frozenset({"list", "dictionary", "tuple", "set", "expression_list"})
MAKERS = CONTAINERS | {"call"}
IDLE = frozenset({"comment", "pass_statement", "delete_statement"})
LONGEST = 8  # statements
WORD = re.compile(rb"[A-Za-z_]\w*")
# A value of the repository's own type, and the names of its fields.
MADE = re.compile(rb"\b(?:[a-z_]\w*\.)*[A-Z]\w*[a-z]\w*(?=\()|(?<=[(,\s])[a-z_]\w*(?==[^=])")


class PythonBodies(Bodies):
    """Reads the bodies of one Python file."""

    def form(self, body: Node) -> Form:
        """A long body is not read to its end: its form is clear."""
        statements = [node for node in body.named_children[:12] if node.type != "comment"]
        if statements and documentation(statements[0]) is not None:
            statements = statements[1:]
        effective = [node for node in statements if not self._is_idle(node)]
        if len(statements) > LONGEST:
            return WORK
        if not effective:
            return BodyForm.EMPTY, None
        last = effective[-1]
        text, said = self.syntax.flat(last, 200), self.returned(last)
        if len(effective) > 1:
            return self.otherwise(effective)
        refuses = {"raise_statement": NOT_IMPLEMENTED, "return_statement": REFUSES}.get(last.type)
        if refuses is not None and refuses.search(text):
            return BodyForm.NOT_IMPLEMENTED, text
        return (BodyForm.CONSTANT, said) if said is not None else self.otherwise(effective)

    def effective(self, block: Node) -> list[Node]:
        return [node for node in block.named_children[:12] if not self._is_idle(node)]

    def returned(self, node: Node) -> str | None:
        if node.type != "return_statement":
            return None
        value = node.named_children[0] if node.named_child_count else None
        if value is None:
            return "None"
        made = value.type in MAKERS and not _names(MADE.sub(b"", self._code(value)))
        literal = made or self.is_literal(value)
        return self.syntax.flat(value, 200) if literal else None

    def is_literal(self, node: Node) -> bool:
        """Whether the expression is made of literals only."""
        code = self._code(node)
        if node.type in LITERALS:
            return b"{" not in self.syntax.data[node.start_byte : node.end_byte] or not _names(code)
        return node.type in CONTAINERS and not _names(code)

    def _is_idle(self, node: Node) -> bool:
        """Nothing, a statement that only says something, or one that silences a linter about an unused name."""
        if node.type in IDLE or self.syntax.text(node, 5) == "...":
            return True
        return node.type == "expression_statement" and LOG.match(self.syntax.text(node, 60)) is not None

    def _code(self, node: Node) -> bytes:
        return self.syntax.code[node.start_byte : min(node.end_byte, node.start_byte + 4000)]


def _names(code: bytes) -> bool:
    """Whether the expression names anything besides True, False and None."""
    return not LITERAL_WORDS.issuperset(WORD.findall(code))


def documentation(statement: Node) -> Node | None:
    """The string of a statement that is one."""
    inner = statement.named_children if statement.type == "expression_statement" else []
    return inner[0] if len(inner) == 1 and inner[0].type in ("string", "concatenated_string") else None
