"""A shell script's simple commands: their words, their lines, and whether a failure of theirs is swallowed.

Read with tree-sitter, so heredocs, quotes, loops and broken text are no trouble. `${{ ... }}` and `{{ ... }}` of
workflow and template languages are taken as parts of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, islice

import tree_sitter_bash
from tree_sitter import Language, Node, Parser

from checks.facts.shell_wrappers import chain

SIZE_LIMIT = 200_000  # characters read of one script
_EXPRESSION = re.compile(rb"\$?\{\{[^\n]*?\}\}")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CAPTURED = re.compile(r"\$\?|PIPESTATUS")
_DEPTH = 100  # nested statements; deeper ones are passed over
_NESTED_SCRIPTS = 3  # bash -c inside bash -c ...
_HARMLESS = frozenset({"true", ":", "echo", "printf", "/bin/true", "warn", "info", "log"})
_SHELLS = frozenset({"bash", "sh", "zsh", "dash", "ash"})
_TEXT_LIMIT = 200
_BRACKET_DEPTH = 150
_STEPS = bytes.maketrans(b"([{)]}", b"\2\2\2\0\0\0")
_BRACKETS = bytes(set(range(256)) - set(b"()[]{}"))


@dataclass(frozen=True, slots=True)
class ShellCommand:
    """A simple command. `words` have lost quotes and redirections; `swallowed` says what hides its failure, if anything.

    `after` is the operator before it; `part` is "" for a plain statement, else "condition", "substitution" or "function".
    """

    words: tuple[str, ...]
    line: int
    text: str = ""
    swallowed: str | None = None
    after: str = ""
    part: str = ""
    assignments: tuple[str, ...] = ()

    @property
    def program(self) -> str:
        """The name of what is run first, without its folder."""
        return next(iter(chain(self.words)), ("",))[0]

    @property
    def chain(self) -> tuple[tuple[str, ...], ...]:
        """The command and every command inside it (behind sudo, env, uv run, npx, python -m ...), outermost first."""
        return tuple(chain(self.words))

    def unwrapped(self) -> ShellCommand:
        """The innermost command."""
        *_, last = (self.words, *chain(self.words))
        return replace(self, words=last)

    def has(self, *options: str) -> bool:
        """Whether one of the options (or option=value) is there."""
        return any(
            word == option or word.startswith(f"{option}=") for word in self.words for option in options
        )

    def runs(self, *tools: str) -> bool:
        """Whether it runs one of the tools, by name ("trivy") or with a subcommand ("cargo deny")."""
        wanted = [tuple(tool.split()) for tool in tools]
        return any(_matches(name, plain, tool) for name, plain in _named(self.words) for tool in wanted)

    @property
    def names(self) -> Iterator[str]:
        """Whatever tool it `runs` is named here: each program, alone and with its first words."""
        for name, plain in _named(self.words):
            yield name
            yield from accumulate(plain, "{} {}".format)


@lru_cache(maxsize=32_768)
def _named(words: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The programs that a command runs, each with its first words that are no options; asked for every known tool."""
    return tuple(
        (inner[0], tuple(islice((word for word in inner if not word.startswith(("-", "+"))), 8)))
        for inner in chain(words)
    )


def _matches(name: str, plain: tuple[str, ...], tool: tuple[str, ...]) -> bool:
    return name == "-".join(tool) or plain[: len(tool)] == tool


@lru_cache(maxsize=4096)
def shell_commands(
    script: str, *, line: int = 1, errexit: bool = True, pipefail: bool = False
) -> tuple[ShellCommand, ...]:
    """The commands of a script in order. `line` is that of its first line; the flags are the shell's state at the start."""
    return tuple(_Reader(script[:SIZE_LIMIT], line, errexit, pipefail, _NESTED_SCRIPTS).commands())


@lru_cache(maxsize=1)
def _parser() -> Parser:
    return Parser(Language(tree_sitter_bash.language()))


@dataclass(frozen=True, slots=True)
class _Place:
    """What the statements around a command mean for its failure."""

    swallowed: str | None = None
    part: str = ""
    after: str = ""
    depth: int = 0

    def inside(self, *, swallowed: str | None = None, part: str = "", after: str = "") -> _Place:
        return _Place(self.swallowed or swallowed, part or self.part, after or self.after, self.depth + 1)


class _Reader:
    def __init__(self, script: str, line: int, errexit: bool, pipefail: bool, nested: int) -> None:
        self._data = script.encode("utf-8", "replace")
        self._first_line = line
        self._errexit = errexit
        self._pipefail = pipefail
        self._nested = nested
        self._found: list[ShellCommand] = []

    def commands(self) -> list[ShellCommand]:
        if _too_deep(self._data):
            return []
        blanked = _EXPRESSION.sub(lambda match: b"x" * len(match.group()), self._data)
        root = _parser().parse(blanked).root_node
        statements = [child for child in root.named_children if child.type != "comment"]
        for index, statement in enumerate(statements):
            self._walk(statement, _Place(swallowed=self._hidden_by(statements, index)))
        return self._found

    def _hidden_by(self, statements: list[Node], index: int) -> str | None:
        """Without errexit a statement's failure is lost when the script's last word is success."""
        if self._errexit or index == len(statements) - 1:
            return None
        rest = self._data[statements[index].end_byte :].decode("utf-8", "ignore")
        if _CAPTURED.search(rest) or not self._succeeds(statements[-1]):
            return None
        return f"; {self._text(statements[-1])}"

    def _walk(self, node: Node, place: _Place) -> None:
        if place.depth > _DEPTH:
            return
        kind = node.type
        if kind == "command":
            self._command(node, place)
        elif kind == "list":
            self._list(node, place)
        elif kind == "pipeline":
            self._pipeline(node, place)
        elif kind in ("if_statement", "while_statement", "elif_clause"):
            self._conditional(node, place)
        elif kind == "function_definition":
            self._children(node, place.inside(part="function"))
        elif kind in ("command_substitution", "process_substitution"):
            self._children(node, place.inside(part="substitution"))
        elif kind == "negated_command":
            self._children(node, place.inside(part="condition"))
        elif kind not in ("heredoc_body", "comment", "word", "raw_string"):
            self._children(node, place.inside())

    def _children(self, node: Node, place: _Place) -> None:
        for child in node.named_children:
            self._walk(child, place)

    def _command(self, node: Node, place: _Place) -> None:
        words = tuple(self._words(node))
        if any(words):  # a broken text may leave a command without its name
            self._note_options(words)
            line = self._first_line + node.start_point.row
            set_here = tuple(self._raw(c) for c in node.named_children if c.type == "variable_assignment")
            command = ShellCommand(
                words, line, self._text(node), place.swallowed, place.after, place.part, set_here
            )
            self._found.append(command)
            self._found += self._nested_script(command)
        self._children(node, place.inside())

    def _note_options(self, words: tuple[str, ...]) -> None:
        """`set -euo pipefail`, `set +e`, `set -o errexit`."""
        for index, word in enumerate(words[1:] if words[0] == "set" else (), 1):
            if word.startswith("--"):
                continue
            on = word.startswith("-")
            if word[:1] in "-+" and "e" in word[1:]:
                self._errexit = on
            if word[:1] in "-+" and word.endswith("o") and index + 1 < len(words):
                name = words[index + 1]
                self._pipefail = on if name == "pipefail" else self._pipefail
                self._errexit = on if name == "errexit" else self._errexit

    def _nested_script(self, command: ShellCommand) -> Iterator[ShellCommand]:
        """The commands inside `bash -c "..."` and `eval "..."`."""
        words = command.unwrapped().words
        if self._nested <= 0 or words[0] not in (*_SHELLS, "eval"):
            return
        flag = next((i for i, word in enumerate(words) if re.fullmatch(r"-\w*c", word)), len(words))
        is_eval = words[0] == "eval"
        script = " ".join(words[1:]) if is_eval else "".join(words[flag + 1 : flag + 2])
        reader = _Reader(script, 1, is_eval and self._errexit, is_eval and self._pipefail, self._nested - 1)
        if not is_eval:  # bash -euo pipefail -c "..."
            reader._note_options(("set", *words[1 : flag + 1]))
        for inner in reader.commands():
            yield replace(
                inner,
                line=command.line,
                swallowed=command.swallowed or inner.swallowed,
                part=command.part or inner.part,
            )

    def _list(self, node: Node, place: _Place) -> None:
        left, *_, right = node.named_children
        either = any(child.type == "||" for child in node.children)
        hidden = f"|| {self._text(right)}" if either and self._succeeds(right) else None
        self._walk(left, place.inside(swallowed=hidden, part="condition" if either and not hidden else ""))
        self._walk(right, place.inside(after="||" if either else "&&"))

    def _pipeline(self, node: Node, place: _Place) -> None:
        *earlier, last = node.named_children
        hidden = None if self._pipefail else f"| {self._text(last)}"
        for number, child in enumerate(earlier):
            self._walk(child, place.inside(swallowed=hidden, after="|" if number else ""))
        self._walk(last, place.inside(after="|"))

    def _conditional(self, node: Node, place: _Place) -> None:
        conditions = [child for child in node.children_by_field_name("condition") if child.is_named]
        hidden = self._hidden_by_branch(node, conditions) if node.type == "if_statement" else None
        for child in node.named_children:
            in_condition = any(child.id == condition.id for condition in conditions)
            self._walk(
                child, place.inside(swallowed=hidden, part="condition") if in_condition else place.inside()
            )

    def _hidden_by_branch(self, node: Node, conditions: list[Node]) -> str | None:
        """`if check; then ...; else echo; fi`: the branch of failure only talks."""
        if len(conditions) != 1 or conditions[0].type not in (
            "command",
            "negated_command",
            "redirected_statement",
        ):
            return None
        clauses = [child for child in node.named_children if child.type.endswith("_clause")]
        if conditions[0].type == "negated_command":
            ids = {conditions[0].id, *(clause.id for clause in clauses)}
            branch = [child for child in node.named_children if child.id not in ids]
        elif len(clauses) == 1 and clauses[0].type == "else_clause":
            branch = clauses[0].named_children
        else:
            return None
        branch = [child for child in branch if child.type != "comment"]
        return "if ... without exit" if branch and all(map(self._succeeds, branch)) else None

    def _succeeds(self, node: Node, depth: int = 0) -> bool:
        """Whether the statement only talks or says success: true, :, echo, exit 0, or a group of these."""
        if depth > _DEPTH:
            return False
        if node.type in ("compound_statement", "subshell", "redirected_statement", "list"):
            children = [
                child
                for child in node.named_children
                if child.type not in ("comment", "file_redirect", "heredoc_redirect")
            ]
            return bool(children) and all(self._succeeds(child, depth + 1) for child in children)
        words = list(self._words(node)) if node.type == "command" else []
        return bool(words) and (words[0] in _HARMLESS or words[:2] in (["exit", "0"], ["return", "0"]))

    def _words(self, node: Node) -> Iterator[str]:
        for name in ("name", "argument"):
            for child in node.children_by_field_name(name):
                yield self._word(child)

    def _word(self, node: Node) -> str:
        if node.type == "command_name":
            return "".join(self._word(child) for child in node.named_children) or self._raw(node)
        if node.type == "concatenation":
            return "".join(self._word(child) for child in node.children)
        raw = self._raw(node)
        if node.type in ("string", "raw_string"):
            return raw[1:-1]
        return _ESCAPED.sub(r"\1", raw) if node.type == "word" else raw

    def _raw(self, node: Node) -> str:
        return self._data[node.start_byte : node.end_byte].decode("utf-8", "ignore")

    def _text(self, node: Node) -> str:
        return " ".join(self._raw(node).split())[:_TEXT_LIMIT]


def _too_deep(data: bytes) -> bool:
    brackets = data.translate(_STEPS, _BRACKETS)
    return len(brackets) > _BRACKET_DEPTH and max(accumulate(step - 1 for step in brackets)) > _BRACKET_DEPTH
