"""Python files as source facts."""

from __future__ import annotations

import ast
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

import tree_sitter_python

from checks.facts.confinement import confined
from checks.facts.kinds import facts
from checks.facts.members import members
from checks.facts.python_bodies import PythonBodies
from checks.facts.python_definitions import definitions, fields, scopes
from checks.facts.python_redefinitions import redefinitions
from checks.facts.python_versions import SyntaxNeed, syntax_needs
from checks.facts.reader import Reader
from checks.facts.source import Argument, Call, EnvironmentRead, Import, ImportForm, Source
from checks.facts.syntax import Span, Spans, Syntax, grammar, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

PLATFORM = re.compile(r"\bsys\.(version_info|platform)\b|\bos\.name\b|\bplatform\.system\b|\bPY[23]\b")
TYPE_CHECKING_TEST = re.compile(r"^(?:\w+\.)?TYPE_CHECKING$")
AVAILABLE = re.compile(r"\bfind_spec\(")
IMPORT_ERRORS = re.compile(r"\b(?:ImportError|ModuleNotFoundError)\b")
BROAD_ERRORS = re.compile(r"^(?:(?:builtins\.)?(?:Base)?Exception)(?: as \w+)?$")
ENVIRONMENT_CALL = re.compile(r"^(?:os\.)?(?:environ\.(?:get|setdefault|pop)|getenv)$")
DYNAMIC_CALLS = frozenset({"importlib.import_module", "import_module", "__import__", "importlib.__import__"})
ALONE = re.compile(r"^# /// script\s*$", re.MULTILINE)  # https://peps.python.org/pep-0723/
PREFIXES = "rRbBuUfFtT"
TRIPLE = ('"""', "'''")


@facts("*.py", "*.pyi", "*.pyw", version=9)
@dataclass(frozen=True)
class PythonSource(Source):
    """A Python module."""

    needs: tuple[SyntaxNeed, ...] = ()  # the versions that its syntax takes, lowest first
    stands_alone: bool = (
        False  # it brings its own dependencies (`# /// script`): a script that a person starts
    )

    @classmethod
    def extract(cls, text: str) -> Self:
        syntax = Syntax(grammar(tree_sitter_python.language, "python"), text)
        reader = _Reader(syntax)
        bodies = PythonBodies(syntax)
        found = definitions(syntax, reader.scopes, bodies)
        return cls(
            lines=syntax.lines,
            syntax_errors=syntax.errors,
            invalid=_invalid(text, syntax),
            generated=syntax.generated,
            runs_as_main=any(_is_main(syntax.flat(c["if.test"][0])) for c in syntax.each("if")),
            imports=tuple(sorted(reader.imports(), key=lambda found: found.line)),
            definitions=found,
            calls=reader.calls,
            strings=tuple(reader.strings()),
            environment=tuple(sorted(reader.environment(), key=lambda read: read.line)),
            comments=tuple(reader.comments()),
            bindings=tuple(reader.bindings()),
            fields=fields(syntax, reader.scopes),
            references=reader.references(),
            confined=confined(syntax, reader.scopes, found) | (reader.exported - syntax.identifiers.keys()),
            members=members(syntax, reader.scopes),
            suppressions=tuple(_suppressions(syntax, reader.calls)),
            redefinitions=tuple(redefinitions(syntax, reader.scopes)),
            shortcuts=bodies.shortcuts(reader.scopes),
            needs=syntax_needs(syntax),
            stands_alone=ALONE.search(text) is not None,
        )


class _Reader(Reader):
    strings_are = frozenset({"string", "concatenated_string"})
    literals = frozenset({"integer", "float", "true", "false", "none"})
    unbound = strings_are | literals | {"unary_operator"}
    containers = frozenset(
        {"list", "dictionary", "tuple", "set", "lambda", "list_comprehension", "dictionary_comprehension"}
    )
    comment_markers = re.compile(r"^#+")

    @cached_property
    def scopes(self) -> Spans:
        return scopes(self.syntax)

    def string(self, node: Node) -> tuple[str, bool]:
        return _string(self.syntax, node)

    def arguments(self, node: Node) -> Iterator[Argument]:
        if node.type != "argument_list":  # a generator expression without its own brackets
            yield Argument(self.syntax.flat(node))
            return
        for child in node.named_children:
            if child.type == "keyword_argument":
                name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
                yield self.argument(value or child, self.syntax.text(name) if name else None)
            elif child.type != "comment":
                yield self.argument(child)

    def reads_environment(self, call: Call) -> bool:
        return ENVIRONMENT_CALL.match(call.callee) is not None or super().reads_environment(call)

    def imports(self) -> Iterator[Import]:
        typing_only, guarded, conditions = _regions(self.syntax)
        for node, found in [*_statements(self.syntax), *self._dynamic()]:
            start = node.start_byte
            yield Import(
                module=found.module,
                line=line(node),
                form=found.form,
                names=found.names,
                alias=found.alias,
                level=found.level,
                type_only=typing_only.at(start) is not None,
                guarded=found.guarded or guarded.at(start) is not None,
                inside=self.scopes.name_at(start),
                condition=conditions.name_at(start),
            )

    def _dynamic(self) -> Iterator[tuple[Node, Import]]:
        for captures, call in zip(self.syntax.each("call"), self.calls, strict=True):
            known = call.callee in DYNAMIC_CALLS or call.callee == "pytest.importorskip"
            if known and call.arguments and call.arguments[0].literal:
                module = call.arguments[0].text
                level = len(module) - len(module.lstrip("."))
                guarded = call.callee == "pytest.importorskip"
                found = Import(module[level:], 0, ImportForm.DYNAMIC, level=level, guarded=guarded)
                yield captures["call"][0], found

    def environment(self) -> Iterator[EnvironmentRead]:
        yield from self.environment_calls()
        written = {c["binding.name"][0].id for c in self.syntax.each("binding")}
        for captures in self.syntax.each("subscript"):
            node = captures["subscript"][0]
            if node.id not in written and self.syntax.text(captures["subscript.of"][0], 20) in (
                "os.environ",
                "environ",
            ):
                name, _ = _string(self.syntax, captures["subscript.key"][0])
                yield EnvironmentRead(name, line(node), has_default=False, required=True)

    @cached_property
    def exported(self) -> frozenset[str]:
        """The names in `__all__`."""
        return frozenset(
            _unquoted(part)
            for captures in self.syntax.each("constant")
            if self.syntax.text(captures["constant.name"][0]) == "__all__"
            for part in re.findall(r"'\w+'|\"\w+\"", self.syntax.text(captures["constant"][0], 20_000))
        )

    def references(self) -> frozenset[str]:
        return frozenset(self.syntax.identifiers).union(self.exported)


def _string(syntax: Syntax, node: Node) -> tuple[str, bool]:
    """A string's value as written between its quotes, and whether it is formatted."""
    if node.type != "concatenated_string":
        text = syntax.text(node, 410)
        prefix = text[: len(text) - len(text.lstrip(PREFIXES))].lower()
        formatted = ("f" in prefix or "t" in prefix) and "{" in text.replace("{{", "")
        return _unquoted(text)[:400], formatted
    parts = [_string(syntax, child) for child in node.named_children[:60] if child.type == "string"]
    return "".join(value for value, _ in parts)[:400], any(formatted for _, formatted in parts)


def _unquoted(text: str) -> str:
    body = text.lstrip(PREFIXES)
    quote = body[:3] if body.startswith(TRIPLE) else body[:1]
    return body.removeprefix(quote).removesuffix(quote)


def _is_main(test: str) -> bool:
    return "__name__" in test and "__main__" in test


def _statements(syntax: Syntax) -> Iterator[tuple[Node, Import]]:
    """The import statements, with neither place nor guards yet."""
    for captures in syntax.each("import"):
        name = captures["import.name"][0]
        module, alias = _renamed(syntax, name)
        yield captures["import"][0], Import(module, 0, alias=alias)
    for node in syntax.nodes("import_future"):
        names = tuple(syntax.flat(name) for name in node.children_by_field_name("name"))
        yield node, Import("__future__", 0, ImportForm.FROM, names)
    for node in syntax.nodes("import_from"):
        for found in _from(syntax, node):
            yield node, found


def _from(syntax: Syntax, node: Node) -> Iterator[Import]:
    source = node.child_by_field_name("module_name")
    text = re.sub(r"\s+", "", syntax.text(source)) if source else ""
    module = text.lstrip(".")
    level = len(text) - len(module)
    names = [_renamed(syntax, name) for name in node.children_by_field_name("name")]
    plain = tuple(name for name, alias in names if alias is None)
    if any(child.type == "wildcard_import" for child in node.named_children[-2:]):
        plain = ("*",)
    if plain:
        yield Import(module, 0, ImportForm.FROM, plain, level=level)
    for name, alias in names:
        if alias is not None:
            yield Import(module, 0, ImportForm.FROM, (name,), alias, level=level)


def _renamed(syntax: Syntax, node: Node) -> tuple[str, str | None]:
    name, alias = node.child_by_field_name("name"), node.child_by_field_name("alias")
    if node.type == "aliased_import" and name and alias:
        return re.sub(r"\s+", "", syntax.text(name)), syntax.text(alias)
    return re.sub(r"\s+", "", syntax.text(node)), None


def _regions(syntax: Syntax) -> tuple[Spans, Spans, Spans]:
    """Where imports are for type checkers only, where their absence is survived, and what else they depend on."""
    typing_only, guarded, conditions = [], [], []
    for captures in syntax.each("if"):
        test, body = syntax.flat(captures["if.test"][0], 200), captures["if.body"][0]
        span = Span(body.start_byte, body.end_byte, test)
        if TYPE_CHECKING_TEST.match(test):
            typing_only.append(span)
        elif AVAILABLE.search(test):
            guarded.append(span)
        elif PLATFORM.search(test):
            others = (node for node in _siblings(body) if node.type in ("else_clause", "elif_clause"))
            conditions += [span, *(Span(node.start_byte, node.end_byte, f"not ({test})") for node in others)]
    for captures in syntax.each("try"):
        body, clause = captures["try.body"][0], captures["try.clause"][0]
        caught = _caught(syntax, clause)
        if caught == "" or IMPORT_ERRORS.search(caught) or BROAD_ERRORS.match(caught):
            after = [other for other in _siblings(body) if other.type == "else_clause"]
            guarded += [Span(node.start_byte, node.end_byte, "") for node in (body, clause, *after)]
    for captures in syntax.each("with"):
        body, call = captures["with.body"][0], syntax.flat(captures["with.call"][0])
        if "suppress" in call and IMPORT_ERRORS.search(call):
            guarded.append(Span(body.start_byte, body.end_byte, ""))
    return Spans(typing_only), Spans(guarded), Spans(conditions)


def _siblings(node: Node) -> list[Node]:
    return node.parent.named_children if node.parent else []


def _caught(syntax: Syntax, clause: Node) -> str:
    """What an except clause names; empty for a bare one."""
    value = clause.child_by_field_name("value")
    return syntax.flat(value) if value else ""


def _suppressions(syntax: Syntax, calls: tuple[Call, ...]) -> Iterator[int]:
    for captures in syntax.each("except"):
        clause, body = captures["except"][0], captures["except.body"][0]
        caught = _caught(syntax, clause)
        idle = all(
            child.type in ("comment", "pass_statement", "continue_statement")
            or syntax.text(child, 5) == "..."
            for child in body.named_children[:20]
        )
        if idle and (caught == "" or BROAD_ERRORS.match(caught)):
            yield line(clause)
    for call in calls:
        if call.callee in ("contextlib.suppress", "suppress") and any(
            BROAD_ERRORS.match(a.text) for a in call.arguments
        ):
            yield call.line


def _invalid(text: str, syntax: Syntax) -> int | None:
    """Where Python's own parser stops, and the grammar too: one alone may not know the other's version."""
    if syntax.conflict is not None or not syntax.errors:
        return syntax.conflict
    try:
        with suppress(RecursionError, MemoryError):  # nested too deeply for a verdict
            ast.parse(text)
    except SyntaxError as error:
        return error.lineno or 1
    return None
