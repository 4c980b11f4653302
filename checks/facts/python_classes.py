"""Python's classes: which attributes each gives its instances, and which are read of them."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from checks.facts.kinds import facts
from checks.facts.python_reads import (
    ASKS,
    FUNCTIONS,
    AttributeRead,
    Function,
    fixtures,
    global_reads,
    made,
    of_fixtures,
    tried,
    typed_reads,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_SETS_UNSEEN = frozenset({"setattr", "vars", "exec", "locals", "globals"})


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


@facts("*.py", version=5)
@dataclass(frozen=True, slots=True)
class PythonClasses:
    """The classes of one file, what is read of other classes' instances, and every attribute set from outside."""

    classes: tuple[PythonClass, ...] = ()
    reads: tuple[AttributeRead, ...] = ()
    instances: tuple[tuple[str, str], ...] = ()  # names of the module, with the class whose instance they are
    of_names: tuple[AttributeRead, ...] = ()  # what is read of these and of imported names, `of` the name
    fixtures: tuple[tuple[str, str], ...] = ()  # pytest's, with the class whose instance each gives
    of_fixtures: tuple[AttributeRead, ...] = ()  # what tests read of what they are given, `of` the fixture
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
        instances = {target.id: written for target, written in made(module.body)}
        strings = (n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str))
        return cls(
            classes,
            tuple(read for function in functions for read in typed_reads(function)),
            tuple(instances.items()),
            tuple(global_reads(module, nodes, instances)),
            tuple(fixtures(functions)),
            tuple(read for function in functions for read in of_fixtures(function)),
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
        if not isinstance(inner, (*FUNCTIONS, ast.ClassDef, ast.Lambda)):
            waiting.extend(ast.iter_child_nodes(inner))


def _declared(node: ast.AST, found: _Found) -> None:
    if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
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
    guarded = {id(inner) for node in ast.walk(method) if isinstance(node, ast.Try) for inner in tried(node)}
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
            if called in ASKS and receiver in names:
                found.attributes.update(str(a.value) for a in node.args if isinstance(a, ast.Constant))
            if called in ("isinstance", "issubclass") and names[:1] == [receiver]:
                found.is_open = True
