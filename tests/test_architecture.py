"""Who may import whom: an allow-list, so that what nobody thought of is refused too."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ENGINE = {f"checks.{path.stem}" for path in (ROOT / "checks").glob("*.py")} - {"checks.__init__"}
PURE = {  # the standard library's modules without network, disk, clock, environment, logging or event loop
    "__future__", "abc", "ast", "base64", "binascii", "bisect", "collections", "contextlib", "copy", "dataclasses", "datetime", "difflib",
    "enum", "fnmatch", "functools", "hashlib", "heapq", "importlib", "inspect", "io", "ipaddress", "itertools", "json", "keyword",
    "math", "operator", "pkgutil", "posixpath", "re", "shlex", "statistics", "string", "sys", "textwrap", "tokenize", "tomllib",
    "types", "typing", "unicodedata", "urllib", "zlib", "configparser", "token", "pyexpat",
}  # fmt: skip
PARSERS = {
    "markdown_it", "packaging", "pathspec", "pydantic", "pydantic_core", "re2", "semver", "tree_sitter", "tree_sitter_bash", "tree_sitter_go",
    "tree_sitter_javascript", "tree_sitter_python", "tree_sitter_rust", "tree_sitter_typescript", "yaml",
}  # fmt: skip


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: import by the full name"
            assert node.module
            yield node.module


def allowed_in_checks(path: Path, name: str) -> bool:
    """`checks.<area>` -> derived, facts, engine; derived -> derived, facts, engine; facts -> facts, model."""
    top = name.partition(".")[0]
    if top in PURE | PARSERS:
        return True
    part = path.relative_to(ROOT / "checks").parts[0] if path.parent != ROOT / "checks" else "engine"
    if name.startswith("checks.facts"):
        return True
    if part == "facts":
        return name == "checks.model"
    if part == "engine":  # a review alone needs to know what the code, and what the tests reach
        reach = {
            f"checks.derived.{name}" for name in ("hidden", "measured", "published", "stranded", "vanished")
        }
        return name in ENGINE or (path.name == "review.py" and name in reach)
    return name in ENGINE or name.startswith("checks.derived")


@pytest.mark.parametrize("path", modules("checks"), ids=lambda p: str(p.relative_to(ROOT)))
def test_checks_are_pure(path: Path) -> None:
    """No check imports another, the bot, or anything that touches the world."""
    refused = [name for name in imports(path) if not allowed_in_checks(path, name)]
    assert not refused, f"{path.relative_to(ROOT)} may not import {refused}"


@pytest.mark.parametrize("path", modules("bot"), ids=lambda p: str(p.relative_to(ROOT)))
def test_bot_uses_the_public_face(path: Path) -> None:
    """The bot knows `checks`, not its inside; nothing imports the tests; only the demo knows the sandbox."""
    refused = [name for name in imports(path) if name.startswith(("checks.", "tests"))]
    if "demo" not in path.name:
        refused += [name for name in imports(path) if name.partition(".")[0] == "sandbox"]
    assert not refused


@pytest.mark.parametrize("path", modules("sandbox"), ids=lambda p: str(p.relative_to(ROOT)))
def test_sandbox_stands_alone(path: Path) -> None:
    """A GitHub that knew the app would prove nothing."""
    if "sample" in path.parts:
        return
    assert not [name for name in imports(path) if name.partition(".")[0] in {"checks", "bot", "tests"}]


@pytest.mark.parametrize("package", ["checks", "bot", "sandbox"])
def test_modules_say_what_they_are_for(package: str) -> None:
    """A docstring, and at most 300 lines."""
    for path in modules(package):
        text = path.read_text()
        if "sample" in path.parts or not text.strip():
            continue
        assert ast.get_docstring(ast.parse(text)), f"{path.relative_to(ROOT)} has no docstring"
        assert len(text.splitlines()) <= 300, f"{path.relative_to(ROOT)} is longer than 300 lines"


def test_the_list_names_real_modules() -> None:
    """A typing error in the list would allow nothing, silently."""
    assert set(sys.stdlib_module_names) >= PURE
