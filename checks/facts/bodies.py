"""What a function's body amounts to: what every language's classifier shares."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from checks.facts.source import BodyForm, Closure, Shortcut
from checks.facts.syntax import end_line, line

if TYPE_CHECKING:
    from tree_sitter import Node

    from checks.facts.syntax import Spans, Syntax

Form = tuple[BodyForm, str | None]
WORK: Form = (BodyForm.WORK, None)
STORES = re.compile(r"^(?:[a-z]\w{0,30}|this)(?:\.[\w$]+)+ = (?:Some\()?[A-Za-z_$][\w$]*\)?;?$")
FLAG = re.compile(r"= (?:true|false|nil|null|None|True|False|undefined)\b")
LOCKS = re.compile(r"^(?:defer )?[\w.]+\.R?(?:Lock|Unlock|lock|unlock|acquire|release)\(\);?$")
LEAVES = re.compile(
    r"^(?:return|raise|throw|panic!?|(?:anyhow::)?bail!|abort|Err|next|process\.exit|sys\.exit)\b"
)
CALLED = re.compile(r"([\w$]+)!?\(")
# What a guard may ask; anything else may be the work itself.
ASKS = re.compile(
    r"^(?:if|not|and|or|in|typeof|is\w*|has\w*|len|valid\w*|contains|(?:starts|ends)_?with|trim\w*|strip|to_?lower\w*"
    r"|get|as|test|match|includes|callable|bool|str|string|int|float|any|all|some|ok|error)$",
    re.IGNORECASE,
)


class Bodies(ABC):
    """Reads the bodies of one file's functions."""

    branches = frozenset({"if_statement", "if_expression"})

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax

    @abstractmethod
    def form(self, body: Node) -> Form:
        """The form of a body, with the literal it returns or the statement that refuses."""

    @abstractmethod
    def effective(self, block: Node) -> list[Node]:
        """The block's statements, without comments, logging and what only silences a compiler."""

    @abstractmethod
    def returned(self, node: Node) -> str | None:
        """The literal that a statement returns; "" for a bare return, None where it does anything else."""

    def otherwise(self, statements: list[Node]) -> Form:
        """The form of a body that is neither empty, nor one literal, nor a refusal."""
        *before, last = statements
        said = self.returned(last)
        rest = statements if said is None else before
        texts = [self.syntax.flat(node, 160) for node in rest]
        kept = [text for text in texts if STORES.match(text) and not FLAG.search(text)]
        if kept and all(STORES.match(text) or LOCKS.match(text) for text in texts):
            return BodyForm.STORES, said
        if said and before and all(self._is_guard(node) for node in before):
            return BodyForm.GUARDED, said
        return WORK

    def _is_guard(self, node: Node) -> bool:
        """A condition that only asks about the input, and leaves."""
        branch = self._branch(node)
        if branch is None:
            return False
        condition, then = branch
        ends = self.effective(then)
        return (
            all(ASKS.match(name) for name in CALLED.findall(condition))
            and len(ends) == 1
            and LEAVES.match(self.syntax.text(ends[0], 20)) is not None
        )

    def _branch(self, node: Node) -> tuple[str, Node] | None:
        """The condition and the consequence of an if without an else."""
        if node.type == "expression_statement" and node.named_child_count:
            node = node.named_children[0]
        then = node.child_by_field_name("consequence") if node.type in self.branches else None
        if then is None or node.child_by_field_name("alternative"):
            return None
        start = node.start_byte
        end = min(then.start_byte, start + 800)
        text = self.syntax.data[start:end].decode("utf-8", "ignore").removeprefix("if")
        return " ".join(text.split()).rstrip(" :{"), then

    def shortcuts(self, scopes: Spans) -> tuple[Shortcut, ...]:
        """Every condition, or caught error, under which only a literal is returned."""
        found = []
        for kind in ("if", "handler"):
            for node in self.syntax.nodes(kind):
                condition, then = self._branch(node) or self._handler(node) or ("", None)
                ends = self.effective(then) if then is not None else []
                said = self.returned(ends[0]) if len(ends) == 1 else None
                if said:
                    found.append(Shortcut(condition[:200], said, line(node), scopes.name_at(node.start_byte)))
        return tuple(sorted(found, key=lambda shortcut: shortcut.line))

    def _handler(self, node: Node) -> tuple[str, Node] | None:
        """What a handler catches, and its block."""
        then = node.named_children[-1] if node.type in ("except_clause", "catch_clause") else None
        if then is None or then.type not in ("block", "statement_block"):
            return None
        start, end = node.start_byte, then.start_byte
        text = self.syntax.data[start : min(end, start + 400)].decode("utf-8", "ignore")
        return " ".join(text.split()).rstrip(" :{"), then

    def closure(
        self, node: Node, parameters: list[str], unused: tuple[str, ...], scopes: Spans
    ) -> Closure | None:
        """An anonymous function, where it has parameters and does nothing with one of them."""
        body = node.child_by_field_name("body")
        if body is None or not parameters:
            return None
        form, returns = self.form(body)
        if form is BodyForm.WORK and not unused:
            return None
        return Closure(
            line=line(node),
            end_line=end_line(node),
            parameters=tuple(parameters),
            unused_parameters=unused,
            body=form,
            returns=returns,
            name=self._bound_to(node),
            inside=scopes.name_at(node.start_byte),
        )

    def _bound_to(self, node: Node) -> str | None:
        """The variable, element or key that holds an anonymous function."""
        holder = node.parent
        for _ in range(2):
            if holder is not None and holder.type in ("expression_list", "literal_element"):
                holder = holder.parent
        for field in ("left", "name", "key", "pattern"):
            named = holder.child_by_field_name(field) if holder is not None else None
            if named is not None:
                return self.syntax.flat(named, 80)
        return None
