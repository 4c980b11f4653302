"""The tests of a Python file: what each asserts, skips and asks for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts
from checks.facts.python_test_bodies import sleeps, swallowed, wanted

_CHECKING = ("assert", "check", "expect", "verify", "ensure", "raises", "warns", "should", "validate", "fail", "compare", "must",
             "clean",
    "deprecated_call", "match", "snapshot", "approve")  # fmt: skip
_COUNT = re.compile(r"(?:^|_)(?:len|length|count|size|removed|deleted|total|number)$")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class PythonTest:
    """One test. `asserts` counts assert statements and calls that check; `vacuous` are asserts that can't fail."""

    name: str  # Class.method or function
    line: int
    end_line: int
    asserts: int = 0
    vacuous: tuple[tuple[str, int], ...] = ()
    skipped: str | None = None  # why it never runs, as written
    skipped_line: int = 0
    fixtures: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    is_empty: bool = False  # its body is pass, ... or a docstring
    wanted: tuple[str, ...] = ()  # the fixtures that pytest must find, as far as that is sure
    swallowed: tuple[tuple[str, int], ...] = ()  # where a failure becomes a skip or nothing
    sleeps: tuple[tuple[float, int], ...] = ()  # that it waits out itself: seconds and line


_FIXTURES = frozenset({"fixture", "yield_fixture"})


@facts("test_*.py", "*_test.py", "tests.py", "conftest.py", version=4)
@dataclass(frozen=True, slots=True)
class PythonTests:
    """The tests of one file and the fixtures it defines. `parsed` is false for syntax this version can't read."""

    tests: tuple[PythonTest, ...] = ()
    fixtures: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()  # functions and methods that are no tests
    skipped: str | None = None  # the whole module, unconditionally
    skipped_line: int = 0
    parsed: bool = True

    @classmethod
    def extract(cls, text: str) -> Self:
        try:
            module = ast.parse(text)
        except (SyntaxError, ValueError):
            return cls(parsed=False)
        skipped = _module_skip(module)
        return cls(
            tests=tuple(_tests(module)),
            fixtures=tuple(_fixtures(module)),
            helpers=tuple(
                node.name
                for node in ast.walk(module)
                if isinstance(node, Function) and not node.name.startswith("test")
            ),
            skipped=skipped[0] if skipped else None,
            skipped_line=skipped[1] if skipped else 0,
        )


def _tests(module: ast.Module) -> Iterator[PythonTest]:
    for node in module.body:
        if isinstance(node, Function) and node.name.startswith("test") and not _is_fixture(node):
            yield _test(node, node.name, (), ())
        elif isinstance(node, ast.ClassDef) and _is_test_class(node):
            for inner in node.body:
                if isinstance(inner, Function) and inner.name.startswith("test") and not _is_fixture(inner):
                    yield _test(inner, f"{node.name}.{inner.name}", node.decorator_list, node.bases)


def _is_test_class(node: ast.ClassDef) -> bool:
    bases = {_dotted(base).rpartition(".")[2] for base in node.bases}
    return any(base.endswith("TestCase") for base in bases) or (
        node.name.startswith("Test")
        and not any(isinstance(i, Function) and i.name == "__init__" for i in node.body)
    )


def _test(
    node: Function, name: str, outer: list[ast.expr] | tuple[()], bases: list[ast.expr] | tuple[()]
) -> PythonTest:
    calls = [(_dotted(n.func), n) for n in ast.walk(node) if isinstance(n, ast.Call)]
    asserts = [n for n in ast.walk(node) if isinstance(n, ast.Assert)]
    checking = sum(1 for callee, _ in calls if _checks(callee))
    checking += sum(isinstance(n, ast.Raise) for n in ast.walk(node))
    skipped = _skip([*node.decorator_list, *outer]) or _first_skip(node)
    statements = _body(node)
    return PythonTest(
        name=name,
        line=node.lineno,
        end_line=node.end_lineno or node.lineno,
        asserts=len(asserts) + checking,
        vacuous=tuple((ast.unparse(a.test)[:120], a.lineno) for a in asserts if _cannot_fail(a.test)),
        skipped=skipped[0] if skipped else None,
        skipped_line=skipped[1] if skipped else 0,
        fixtures=tuple(
            a.arg for a in [*node.args.args, *node.args.kwonlyargs] if a.arg not in ("self", "cls")
        ),
        calls=tuple(dict.fromkeys(callee for callee, _ in calls if callee)),
        is_empty=all(isinstance(s, ast.Pass) or _is_constant(s) for s in statements),
        wanted=wanted(node, [*node.decorator_list, *outer], bases),
        swallowed=tuple(swallowed(node)),
        sleeps=tuple(sleeps(node)),
    )


def _checks(callee: str) -> bool:
    name = callee.rpartition(".")[2].lower().lstrip("_")
    return any(word in name for word in _CHECKING)


def _body(node: Function) -> list[ast.stmt]:
    first = node.body[0]
    documented = (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    )
    return node.body[1:] if documented else node.body


def _is_constant(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _skip(decorators: list[ast.expr]) -> tuple[str, int] | None:
    """@pytest.mark.skip, @unittest.skip, @skip("..."), @pytest.mark.xfail(run=False)."""
    for decorator in decorators:
        call = decorator if isinstance(decorator, ast.Call) else None
        name = _dotted(call.func if call else decorator)
        if name in ("pytest.mark.skip", "unittest.skip", "skip", "mark.skip"):
            return ast.unparse(decorator)[:160], decorator.lineno
        if (
            name.endswith("mark.xfail")
            and call
            and any(k.arg == "run" and _is_false(k.value) for k in call.keywords)
        ):
            return ast.unparse(decorator)[:160], decorator.lineno
    return None


def _first_skip(node: Function) -> tuple[str, int] | None:
    """pytest.skip(...) or self.skipTest(...) as the first thing the test does."""
    statements = _body(node)
    first = statements[0] if statements else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Call):
        name = _dotted(first.value.func)
        if name in ("pytest.skip", "self.skipTest", "pytest.xfail"):
            return ast.unparse(first)[:160], first.lineno
    return None


def _module_skip(module: ast.Module) -> tuple[str, int] | None:
    for node in module.body:
        if isinstance(node, ast.Assign) and any(
            isinstance(t, ast.Name) and t.id == "pytestmark" for t in node.targets
        ):
            values = node.value.elts if isinstance(node.value, (ast.List, ast.Tuple)) else [node.value]
            if found := _skip(values):
                return found
        elif (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Call)
            and _dotted(node.value.func) == "pytest.skip"
        ):
            return ast.unparse(node)[:160], node.lineno
    return None


def _is_fixture(node: Function) -> bool:
    """Whether pytest takes it for a fixture, whatever its name (`@pytest_asyncio.fixture def test_client`)."""
    return any(
        _dotted(d.func if isinstance(d, ast.Call) else d).rpartition(".")[2] in _FIXTURES
        for d in node.decorator_list
    )


def _fixtures(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, Function):
            for decorator in node.decorator_list:
                call = decorator if isinstance(decorator, ast.Call) else None
                if _dotted(call.func if call else decorator).rpartition(".")[2] in _FIXTURES:
                    named = next((k.value for k in call.keywords if k.arg == "name"), None) if call else None
                    yield str(named.value) if isinstance(named, ast.Constant) else node.name


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def _cannot_fail(test: ast.expr) -> bool:
    """Whether it always holds: True, a text, assert "text", len(x) >= 0, x == x."""
    if isinstance(test, ast.Constant):
        return bool(test.value)
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return False
    left, operator, right = test.left, test.ops[0], test.comparators[0]
    zero = isinstance(right, ast.Constant) and right.value == 0 and right.value is not False
    counted = isinstance(left, ast.Call) and _dotted(left.func) == "len"
    counted = counted or bool(_COUNT.search(_dotted(left)))
    if zero and isinstance(operator, ast.GtE) and counted:
        return True
    return (
        isinstance(operator, (ast.Eq, ast.Is))
        and isinstance(left, ast.Name)
        and ast.dump(left) == ast.dump(right)
    )


def _dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}".lstrip(".")
    return node.id if isinstance(node, ast.Name) else ""
