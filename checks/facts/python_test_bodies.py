"""What a Python test waits for, swallows, and needs to be given."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

Function = ast.FunctionDef | ast.AsyncFunctionDef

_BROAD = frozenset({"", "Exception", "BaseException", "AssertionError"})
_SKIPS = frozenset(
    {"pytest.skip", "self.skipTest", "unittest.SkipTest", "pytest.exit", "sys.exit", "exit", "skip"}
)
_SLEEPS = frozenset({"time.sleep", "asyncio.sleep", "sleep", "anyio.sleep", "trio.sleep"})
_NOT_THE_TEST = (
    ast.While,
    ast.For,
    ast.AsyncFor,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.Lambda,
    ast.ClassDef,
)
_TALK = ("print", "log", "warn", "debug", "info", "error", "exception")


def dotted(node: ast.AST) -> str:
    """A name with its attributes; empty for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        parts.append(node.id)
    return ".".join(reversed(parts))


def swallowed(test: Function) -> Iterator[tuple[str, int]]:
    """Where a failure ends in a skip or in nothing: (how, line)."""
    for node in ast.walk(test):
        if isinstance(node, ast.Try):
            asserts = any(isinstance(inner, ast.Assert) for part in node.body for inner in ast.walk(part))
            for handler in node.handlers:
                how = _gives_up(handler)
                caught = dotted(handler.type) if handler.type else ""
                known = handler.type is None or isinstance(handler.type, (ast.Name, ast.Attribute))
                if how and known and caught in _BROAD and (asserts or how != "nothing"):
                    written = f"except {caught}".strip()
                    yield f"{written}: {how}", handler.lineno


def _gives_up(handler: ast.ExceptHandler) -> str | None:
    """What a handler does instead of failing: skip or nothing; None where it does more."""
    how = "nothing"
    for statement in handler.body:
        value = statement.value if isinstance(statement, (ast.Expr, ast.Return)) else None
        if isinstance(statement, ast.Pass) or isinstance(value, ast.Constant):
            continue
        if isinstance(statement, ast.Return) and value is None:
            continue
        if not isinstance(value, ast.Call):
            return None
        name = dotted(value.func)
        if name in _SKIPS and not _fails(value):
            how = "skip"
        elif not name.rpartition(".")[2].startswith(_TALK):
            return None
    return how


def _fails(call: ast.Call) -> bool:
    """sys.exit(1) is no way to pass."""
    first = call.args[0] if call.args else None
    return dotted(call.func).endswith("exit") and not (isinstance(first, ast.Constant) and first.value == 0)


def sleeps(test: Function) -> Iterator[tuple[float, int]]:
    """The sleeps of a fixed length that the test itself waits out: (seconds, line).

    In a loop it asks again and again; in a function of its own it plays something slow.
    """
    waiting: list[ast.AST] = list(test.body)
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, _NOT_THE_TEST):
            continue
        waiting.extend(ast.iter_child_nodes(node))
        if isinstance(node, ast.Call) and dotted(node.func) in _SLEEPS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and type(first.value) in (int, float):
                yield float(str(first.value)), node.lineno


def wanted(test: Function, decorators: Sequence[ast.expr], bases: Sequence[ast.expr]) -> tuple[str, ...]:
    """The fixtures that pytest must find for the test. Empty where something else may fill its arguments."""
    if any(dotted(base) != "object" for base in bases) or test.args.vararg or test.args.kwarg:
        return ()
    given: set[str] = set()
    for decorator in decorators:
        call = decorator if isinstance(decorator, ast.Call) else None
        name = dotted(call.func if call else decorator)
        if not name.startswith(("pytest.mark.", "mark.")):
            return ()
        if name.endswith(".parametrize") and call:
            names = _names(call.args[0]) if call.args else None
            if names is None:
                return ()
            given |= names
    arguments = [*test.args.posonlyargs, *test.args.args]
    required = arguments[: len(arguments) - len(test.args.defaults)]
    keywords = [a for a, d in zip(test.args.kwonlyargs, test.args.kw_defaults, strict=True) if d is None]
    return tuple(a.arg for a in [*required, *keywords] if a.arg not in given | {"self", "cls"})


def _names(node: ast.expr) -> set[str] | None:
    """The argument names of a parametrize: "a, b", ["a", "b"]; None where they are computed."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {name.strip() for name in node.value.split(",")}
    if isinstance(node, (ast.List, ast.Tuple)):
        texts = [e.value for e in node.elts if isinstance(e, ast.Constant) and isinstance(e.value, str)]
        return set(texts) if len(texts) == len(node.elts) else None
    return None
