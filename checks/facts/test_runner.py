"""What Jest's and Vitest's configurations say about which files are tests."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import tree_sitter_typescript

from checks.facts.kinds import facts
from checks.facts.syntax import Syntax, grammar, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_SAYS = {"include": "include", "testMatch": "include", "testRegex": "regex", "roots": "roots"}
# What moves the root, brings other settings in, or parts the tests among several configurations.
_OPENS = frozenset(
    {
        "projects",
        "workspace",
        "rootDir",
        "root",
        "dir",
        "extends",
        "preset",
        "includeSource",
        "typecheck",
        "poolMatchGlobs",
    }
)
_MERGES = frozenset(
    {"mergeConfig", "nextJest", "createJestConfig", "pathsToModuleNameMapper", "getJestConfig"}
)
_OF_RUNNERS = frozenset({"test", "testMatch", "testRegex", "testEnvironment", "roots", "setupFilesAfterEnv"})
_SECTIONS = frozenset({"test", "jest"})


@facts(
    *("jest*.config.*", "vitest*.config.*", "vite.config.*", "package.json"),
    version=1,
)
@dataclass(frozen=True, slots=True)
class TestRunner:
    """`include` are globs, `regex` expressions and `roots` folders; all are None where the default holds."""

    __test__ = False  # pytest: no test class

    is_runner: bool = False
    include: tuple[str, ...] | None = None
    regex: tuple[str, ...] | None = None
    roots: tuple[str, ...] | None = None
    line: int = 1
    is_open: bool = False  # which files are tests can't be told from it

    @classmethod
    def extract(cls, text: str) -> Self:
        return cls._of_json(text) if text.lstrip().startswith("{") else cls._of_code(text)

    @classmethod
    def _of_json(cls, text: str) -> Self:
        try:
            parsed = json.loads(text)
        except ValueError:
            return cls()
        settings = parsed.get("jest", {} if "name" in parsed or "scripts" in parsed else parsed)
        if not isinstance(settings, dict) or ("jest" not in parsed and settings is not parsed):
            return cls()
        found: dict[str, tuple[str, ...]] = {}
        for key, field in _SAYS.items():
            value = settings.get(key)
            values = [value] if isinstance(value, str) else value
            if isinstance(values, list):
                found[field] = tuple(str(one) for one in values)
        at = next((n for n, row in enumerate(text.split("\n"), 1) if '"test' in row or '"roots"' in row), 1)
        return cls(
            True,
            found.get("include"),
            found.get("regex"),
            found.get("roots"),
            at,
            bool(_OPENS & settings.keys()),
        )

    @classmethod
    def _of_code(cls, text: str) -> Self:
        syntax = Syntax(grammar(tree_sitter_typescript.language_typescript, "test_runner"), text)
        found: dict[str, tuple[str, ...]] = {}
        at, is_open = (
            1,
            bool(syntax.errors or any(syntax.text(node, 40) in _MERGES for node in syntax.nodes("called"))),
        )
        is_runner = "jest" in text or "vitest" in text
        spread = {node.parent.id for node in syntax.nodes("spread") if node.parent}
        for key, pair, value in _pairs(syntax):
            is_runner = is_runner or key in _OF_RUNNERS
            within = _section(syntax, pair)
            if within == "" or within in _SECTIONS:
                is_open = is_open or key in _OPENS
                if key in _SAYS and (within or key != "include"):
                    values = _texts(syntax, value)
                    is_open = (
                        is_open or values is None or (pair.parent is not None and pair.parent.id in spread)
                    )
                    found[_SAYS[key]], at = values or (), line(pair)
        return cls(is_runner, found.get("include"), found.get("regex"), found.get("roots"), at, is_open)


def _pairs(syntax: Syntax) -> Iterator[tuple[str, Node, Node]]:
    for captures in syntax.each("pair"):
        key = syntax.text(captures["pair.key"][0], 60).strip("\"'")
        yield key, captures["pair"][0], captures["pair.value"][0]


def _section(syntax: Syntax, pair: Node) -> str:
    """The key of the object around a pair; "" at the top."""
    holder = pair.parent.parent if pair.parent is not None else None
    if holder is None or holder.type != "pair":
        return ""
    key = holder.child_by_field_name("key")
    return syntax.text(key, 60).strip("\"'") if key is not None else "?"


def _texts(syntax: Syntax, value: Node) -> tuple[str, ...] | None:
    """The literal texts of a value; None where it is anything else."""
    children = [c for c in value.named_children if c.type != "comment"] if value.type == "array" else [value]
    if any(child.type != "string" for child in children):
        return None
    return tuple(re.sub(r"\\(.)", r"\1", syntax.text(child, 300)[1:-1]) for child in children)
