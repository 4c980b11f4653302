"""What Python code reads of instances: of parameters with a type, of what it makes, of what a fixture gives."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
ASKS = frozenset({"hasattr", "getattr", "isinstance", "issubclass", "callable"})


@dataclass(frozen=True, slots=True)
class AttributeRead:
    """An attribute that is read of an instance, where it is read first."""

    name: str
    line: int
    of: str = ""  # the class as the annotation or call writes it; "" for the instance's own


def tried(node: ast.Try) -> Iterator[ast.AST]:
    """What stands in a try that survives an attribute's absence."""
    caught = " ".join(ast.unparse(h.type) if h.type else "Exception" for h in node.handlers)
    if "AttributeError" in caught or "Exception" in caught.split():
        for statement in node.body:
            yield from ast.walk(statement)


def typed_reads(function: Function) -> Iterator[AttributeRead]:
    """What a function reads of parameters with a plain type and of what it makes itself, where it never asks or changes what they are."""
    typed = {
        a.arg: written for a in _arguments(function) if a.annotation and (written := _plain(a.annotation))
    }
    own = {target.id: (target, written) for target, written in made(function.body)}
    typed |= {name: written for name, (_, written) in own.items() if name not in typed}
    if not typed:
        return
    nodes = [inner for statement in function.body for inner in ast.walk(statement)]
    first = {id(target) for target, _ in own.values()}
    for name in _unsure([node for node in nodes if id(node) not in first]):
        typed.pop(name, None)
    for name, attribute, line in _reads(nodes, typed):
        yield AttributeRead(attribute, line, typed[name])


def _arguments(function: Function | ast.Lambda) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _unsure(nodes: list[ast.AST]) -> Iterator[str]:
    """Names that are bound again, or of which the code asks what they are."""
    for node in nodes:
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ASKS:
            yield from (argument.id for argument in node.args if isinstance(argument, ast.Name))
        elif isinstance(node, (*FUNCTIONS, ast.Lambda)):
            yield from (argument.arg for argument in _arguments(node))
        elif isinstance(node, ast.Match):
            yield from (inner.id for inner in ast.walk(node.subject) if isinstance(inner, ast.Name))


def _reads(nodes: list[ast.AST], names: Container[str]) -> Iterator[tuple[str, str, int]]:
    """The attributes that are read of names, each once, unless their absence is survived."""
    guarded = {id(inner) for node in nodes if isinstance(node, ast.Try) for inner in tried(node)}
    seen: set[tuple[str, str]] = set()
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names:
            key = (node.value.id, node.attr)
            if isinstance(node.ctx, ast.Load) and id(node) not in guarded and key not in seen:
                seen.add(key)
                yield *key, node.lineno


def made(body: list[ast.stmt]) -> Iterator[tuple[ast.Name, str]]:
    """The names that a body binds to a value of a class: `settings = Settings()`."""
    for node in body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            maker = node.value.func if isinstance(node.value, ast.Call) else None
            written = _plain(maker) if maker is not None else None
            if written and written.rpartition(".")[2][:1].isupper():
                yield node.targets[0], written


def global_reads(
    module: ast.Module, nodes: list[ast.AST], instances: dict[str, str]
) -> Iterator[AttributeRead]:
    """What is read of the module's instances, and of names that it imports."""
    imported = {
        one.asname or one.name for node in nodes if isinstance(node, ast.ImportFrom) for one in node.names
    }
    top = {id(target) for node in module.body if isinstance(node, ast.Assign) for target in node.targets}
    others = [node for node in nodes if id(node) not in top]
    names = (imported | instances.keys()) - set(_unsure(others))
    for name, attribute, line in _reads(nodes, names):
        yield AttributeRead(attribute, line, name)


def _plain(annotation: ast.expr) -> str | None:
    """The class that an annotation names: `Order`, `models.Order`, `"Order"`, `Order | None`."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return annotation.value if annotation.value.replace(".", "").isidentifier() else None
    if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
        other = [side for side in (annotation.left, annotation.right) if not _is_none(side)]
        return _plain(other[0]) if len(other) == 1 else None
    return ast.unparse(annotation) if isinstance(annotation, (ast.Name, ast.Attribute)) else None


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def fixtures(functions: list[Function]) -> Iterator[tuple[str, str]]:
    """The fixtures that give an instance of a class, in one way only."""
    for function in functions:
        marks = [ast.unparse(mark) for mark in function.decorator_list]
        if not any(
            mark.partition("(")[0].rpartition(".")[2] == "fixture" and "name=" not in mark for mark in marks
        ):
            continue
        nodes = [node for statement in function.body for node in ast.walk(statement)]
        given = [node.value for node in nodes if isinstance(node, (ast.Return, ast.Yield)) and node.value]
        names = {target.id: written for target, written in made(function.body)}
        bound = [node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
        value = given[0] if len(given) == 1 else None
        written = _plain(value.func) if isinstance(value, ast.Call) else None
        if isinstance(value, ast.Name) and bound.count(value.id) == 1:
            written = names.get(value.id)
        if written and written.rpartition(".")[2][:1].isupper():
            yield function.name, written


def of_fixtures(function: Function) -> Iterator[AttributeRead]:
    """What a test reads of the arguments that it is given, where it never asks or changes what they are."""
    given = {a.arg for a in _arguments(function) if a.annotation is None} - {"self", "cls"}
    if not function.name.startswith("test") or not given:
        return
    nodes = [inner for statement in function.body for inner in ast.walk(statement)]
    for name, attribute, line in _reads(nodes, given - set(_unsure(nodes))):
        yield AttributeRead(attribute, line, name)
