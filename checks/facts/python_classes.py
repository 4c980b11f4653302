"""Python's classes: which attributes each gives its instances, and which are read of them."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from checks.facts.kinds import facts

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef
_SETS_UNSEEN = frozenset({"setattr", "vars", "exec", "locals", "globals"})
_ASKS = frozenset({"hasattr", "getattr", "isinstance", "issubclass", "callable"})


@dataclass(frozen=True, slots=True)
class AttributeRead:
    """An attribute that is read of an instance, where it is read first."""

    name: str
    line: int
    of: str = ""  # the class as the annotation or call writes it; "" for the instance's own


@dataclass(frozen=True, slots=True)
class PythonClass:
    """A class. `is_open` says that attributes may come from where no text shows them."""

    name: str
    line: int
    bases: tuple[str, ...] = ()
    decorators: tuple[str, ...] = ()
    attributes: frozenset[str] = frozenset()
    reads: tuple[AttributeRead, ...] = ()
    is_open: bool = False


@facts("*.py", version=3)
@dataclass(frozen=True, slots=True)
class PythonClasses:
    """The classes of one file, what is read of other classes' instances, and every attribute set from outside."""

    classes: tuple[PythonClass, ...] = ()
    reads: tuple[AttributeRead, ...] = ()
    instances: tuple[tuple[str, str], ...] = ()  # names of the module, with the class whose instance they are
    of_names: tuple[AttributeRead, ...] = ()  # what is read of these and of imported names, `of` the name
    stored: frozenset[str] = frozenset()  # of anything but self
    asked: frozenset[str] = (
        frozenset()
    )  # names in strings: what hasattr, getattr, patch and the like speak of

    @classmethod
    def extract(cls, text: str) -> Self:
        try:
            module = ast.parse(text)
        except (SyntaxError, ValueError):
            return cls()
        nodes = list(ast.walk(module))
        classes = tuple(_class(node) for node in nodes if isinstance(node, ast.ClassDef))
        functions = [node for node in nodes if isinstance(node, Function)]
        stored = {
            n.attr for n in nodes if isinstance(n, ast.Attribute) and _is_stored(n) and not _is_self(n.value)
        }
        instances = {target.id: written for target, written in _made(module.body)}
        strings = (n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str))
        return cls(
            classes,
            tuple(read for function in functions for read in _typed_reads(function)),
            tuple(instances.items()),
            tuple(_global_reads(module, nodes, instances)),
            frozenset(stored),
            frozenset(
                part for text in strings if len(text) < 120 for part in text.split(".") if part.isidentifier()
            ),
        )


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("self", "cls")


def _is_stored(node: ast.Attribute) -> bool:
    return isinstance(node.ctx, (ast.Store, ast.Del))


@dataclass(slots=True)
class _Found:
    """What a class body says, while it is read."""

    attributes: set[str] = field(default_factory=set)
    reads: dict[str, int] = field(default_factory=dict)
    is_open: bool = False


def _class(node: ast.ClassDef) -> PythonClass:
    found = _Found()
    for inner in _own(node):
        _declared(inner, found)
    for method in (inner for inner in _own(node) if isinstance(inner, Function)):
        receiver = _receiver(method)
        if receiver is not None:
            _used(method, receiver, found)
    reads = tuple(
        AttributeRead(name, line) for name, line in sorted(found.reads.items(), key=lambda one: one[1])
    )
    return PythonClass(
        node.name,
        node.lineno,
        tuple(ast.unparse(base)[:120] for base in (*node.bases, *(k.value for k in node.keywords))),
        tuple(ast.unparse(mark)[:120] for mark in node.decorator_list),
        frozenset(found.attributes),
        reads,
        found.is_open,
    )


def _own(node: ast.ClassDef) -> Iterator[ast.AST]:
    """What stands in the class's body, in its conditions and loops, but in no function or class inside."""
    waiting: list[ast.AST] = list(node.body)
    while waiting:
        inner = waiting.pop()
        yield inner
        if not isinstance(inner, (*_FUNCTIONS, ast.ClassDef, ast.Lambda)):
            waiting.extend(ast.iter_child_nodes(inner))


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _declared(node: ast.AST, found: _Found) -> None:
    if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
        found.attributes.add(node.name)
        found.is_open |= node.name in ("__getattr__", "__getattribute__", "__setattr__", "__init_subclass__")
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        found.attributes.add(node.id)
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        found.attributes.update((one.asname or one.name).partition(".")[0] for one in node.names)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        found.attributes.add(node.value)  # `__slots__`
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        found.is_open |= node.func.id in _SETS_UNSEEN


def _receiver(method: Function) -> str | None:
    arguments = [*method.args.posonlyargs, *method.args.args]
    static = any(isinstance(mark, ast.Name) and mark.id == "staticmethod" for mark in method.decorator_list)
    return arguments[0].arg if arguments and not static else None


def _used(method: Function, receiver: str, found: _Found) -> None:
    """What a method reads and sets of its instance."""
    guarded = {id(inner) for node in ast.walk(method) if isinstance(node, ast.Try) for inner in _tried(node)}
    for node in ast.walk(method):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == receiver:
            if not isinstance(node.ctx, ast.Load):
                found.attributes.add(node.attr)
            elif node.attr == "__dict__":
                found.is_open = True
            elif id(node) not in guarded:
                found.reads.setdefault(node.attr, node.lineno)
        elif isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else ""
            names = [argument.id for argument in node.args if isinstance(argument, ast.Name)]
            found.is_open |= called in _SETS_UNSEEN or any(key.arg == "namespace" for key in node.keywords)
            if called in _ASKS and receiver in names:
                found.attributes.update(str(a.value) for a in node.args if isinstance(a, ast.Constant))
            if called in ("isinstance", "issubclass") and names[:1] == [receiver]:
                found.is_open = True


def _tried(node: ast.Try) -> Iterator[ast.AST]:
    """What stands in a try that survives an attribute's absence."""
    caught = " ".join(ast.unparse(h.type) if h.type else "Exception" for h in node.handlers)
    if "AttributeError" in caught or "Exception" in caught.split():
        for statement in node.body:
            yield from ast.walk(statement)


def _typed_reads(function: Function) -> Iterator[AttributeRead]:
    """What a function reads of parameters with a plain type and of what it makes itself, where it never asks or changes what they are."""
    typed = {
        a.arg: written for a in _arguments(function) if a.annotation and (written := _plain(a.annotation))
    }
    made = {target.id: (target, written) for target, written in _made(function.body)}
    typed |= {name: written for name, (_, written) in made.items() if name not in typed}
    if not typed:
        return
    nodes = [inner for statement in function.body for inner in ast.walk(statement)]
    first = {id(target) for target, _ in made.values()}
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
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _ASKS:
            yield from (argument.id for argument in node.args if isinstance(argument, ast.Name))
        elif isinstance(node, (*_FUNCTIONS, ast.Lambda)):
            yield from (argument.arg for argument in _arguments(node))
        elif isinstance(node, ast.Match):
            yield from (inner.id for inner in ast.walk(node.subject) if isinstance(inner, ast.Name))


def _reads(nodes: list[ast.AST], names: Container[str]) -> Iterator[tuple[str, str, int]]:
    """The attributes that are read of names, each once, unless their absence is survived."""
    guarded = {id(inner) for node in nodes if isinstance(node, ast.Try) for inner in _tried(node)}
    seen: set[tuple[str, str]] = set()
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names:
            key = (node.value.id, node.attr)
            if isinstance(node.ctx, ast.Load) and id(node) not in guarded and key not in seen:
                seen.add(key)
                yield *key, node.lineno


def _made(body: list[ast.stmt]) -> Iterator[tuple[ast.Name, str]]:
    """The names that a body binds to a value of a class: `settings = Settings()`."""
    for node in body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            maker = node.value.func if isinstance(node.value, ast.Call) else None
            written = _plain(maker) if maker is not None else None
            if written and written.rpartition(".")[2][:1].isupper():
                yield node.targets[0], written


def _global_reads(
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
