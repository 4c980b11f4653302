"""The setup() call of a setup.py, as far as it is literal; the program is read, never run."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

_FINDERS = ("find_packages", "find_namespace_packages")


@dataclass(frozen=True)
class SetupCall:
    """The keywords of the call with literal values, and the names of those that are computed."""

    line: int | None = None
    values: dict[str, object] = field(default_factory=dict)
    dynamic: tuple[str, ...] = ()
    source_folders: tuple[str, ...] = ()

    def text(self, key: str) -> str | None:
        """A keyword's value where it is a string."""
        value = self.values.get(key)
        return value if isinstance(value, str) else None

    def texts(self, key: str) -> list[str]:
        """A keyword's value as lines."""
        return _lines(self.values.get(key))

    def table(self, key: str) -> dict[str, list[str]]:
        """A keyword's value as groups of lines."""
        value = self.values.get(key)
        return {str(k): _lines(v) for k, v in value.items()} if isinstance(value, dict) else {}


def read_setup_call(module: ast.Module) -> SetupCall:
    """The first setup(...) call; names bound to literals at the module's top level are followed."""
    names: dict[str, object] = {}
    for node in module.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            value = _literal(node.value, names)
            if value is not None:
                names[node.targets[0].id] = value
    call = next((node for node in ast.walk(module) if _is_setup(node)), None)
    if not isinstance(call, ast.Call):
        return SetupCall()
    values: dict[str, object] = {}
    dynamic: list[str] = []
    for keyword in call.keywords:
        value = _literal(keyword.value, names)
        if value is not None and keyword.arg:
            values[keyword.arg] = value
        elif not _is_finder(keyword.value):
            dynamic.append(keyword.arg or "**")
    return SetupCall(call.lineno, values, tuple(dynamic), _source_folders(call, values))


def _is_setup(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _called(node) == "setup"


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _is_finder(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _called(node) in _FINDERS


def _source_folders(call: ast.Call, values: dict[str, object]) -> tuple[str, ...]:
    directories = values.get("package_dir")
    folders = [directories.get("")] if isinstance(directories, dict) else []
    for keyword in call.keywords:
        if keyword.arg == "packages" and isinstance(keyword.value, ast.Call) and _is_finder(keyword.value):
            folders += [
                argument.value for argument in keyword.value.args[:1] if isinstance(argument, ast.Constant)
            ]
            folders += [
                inner.value.value
                for inner in keyword.value.keywords
                if inner.arg == "where" and isinstance(inner.value, ast.Constant)
            ]
    return tuple(
        dict.fromkeys(folder for folder in folders if isinstance(folder, str) and folder not in ("", "."))
    )


def _literal(node: ast.expr, names: dict[str, object]) -> object:
    if isinstance(node, ast.Name):
        return names.get(node.id)
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None


def _lines(value: object) -> list[str]:
    if isinstance(value, str):
        return value.splitlines()
    return [item for item in value if isinstance(item, str)] if isinstance(value, (list, tuple, set)) else []
