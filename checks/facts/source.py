"""Source code as facts: one shape for every language, so that a check is written once.

Each language is a subclass in its own file (`python_source.py`, `go_source.py`, ...) that fills this shape from
a tree-sitter query. Names are as written in the file; resolving them is the import graph's work.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ImportForm(StrEnum):
    """How a file names another module."""

    PLAIN = "plain"  # import a.b / import "x" / use a::b
    FROM = "from"  # from a import b / import {b} from "a"
    DYNAMIC = "dynamic"  # importlib.import_module("a"), import("a"), __import__
    REQUIRE = "require"  # require("a")
    REEXPORT = "reexport"  # export * from "a", pub use a::b
    SIDE_EFFECT = "side effect"  # import "a" (TypeScript), import _ "a" (Go)
    MODULE = "module"  # mod a; (Rust)


@dataclass(frozen=True, slots=True)
class Import:
    """One import. `module` is as written without relative dots ("a.b", "./x", "crate::a"); `level` counts Python's dots."""

    module: str
    line: int
    form: ImportForm = ImportForm.PLAIN
    names: tuple[str, ...] = ()  # imported names as they are called in the target; "*" for all
    alias: str | None = None  # of the module, or for one renamed name
    level: int = 0
    type_only: bool = False  # under TYPE_CHECKING, `import type`
    guarded: bool = False  # in try/except ImportError, or another construct that survives its absence
    inside: str | None = None  # qualified name of the enclosing definition; None at module level
    path: str | None = None  # Rust's #[path = "..."]
    condition: str | None = None  # cfg(...) or feature that guards it
    exported: bool = False  # Rust's `pub mod`


class DefinitionKind(StrEnum):
    FUNCTION = "function"
    METHOD = "method"
    CLASS = "class"  # class, struct, enum
    INTERFACE = "interface"  # Protocol, ABC, interface, trait
    TYPE = "type"
    CONSTANT = "constant"  # module-level binding


class BodyForm(StrEnum):
    """What a function's body amounts to, comments, docstring and log calls aside."""

    WORK = "work"
    EMPTY = "empty"  # pass, ..., {}
    NOT_IMPLEMENTED = (
        "not implemented"  # raise NotImplementedError, todo!(), panic("not implemented"), error, 501
    )
    CONSTANT = "constant"  # only returns a literal (see `returns`), with or without logging it
    GUARDED = "guarded"  # refuses bad input, then returns a literal (see `returns`)
    STORES = "stores"  # only keeps what it was given in fields of its own


@dataclass(frozen=True, slots=True)
class Definition:
    """A function, method, class, interface, type or module-level constant, with its lines (from 1, inclusive)."""

    name: str  # qualified: Class.method, Receiver.Method, Type::method is written Type.method
    kind: DefinitionKind
    line: int
    end_line: int
    exported: bool = True  # by the language's own rule (leading _, capital, pub, export)
    decorators: tuple[str, ...] = ()  # text after @, or inside #[...], at most 200 characters each
    bases: tuple[str, ...] = ()  # base classes, implemented interfaces or traits, as written
    parameters: tuple[str, ...] = ()  # names without the receiver (self, cls), with * or ... where variadic
    parameter_types: tuple[str, ...] = ()  # as written, one for each parameter, "" where there is none
    return_type: str | None = None
    unused_parameters: tuple[str, ...] = ()  # named in the signature, nowhere in the body
    doc: str | None = None  # docstring or doc comment, at most 400 characters
    body: BodyForm = BodyForm.WORK
    returns: str | None = None  # the literal of a CONSTANT body; the message of a NOT_IMPLEMENTED one
    abstract: bool = False  # @abstractmethod, in a Protocol/trait without body, overload
    inside: str | None = None  # enclosing definition
    value: str | None = None  # the literal text bound to a CONSTANT, at most 200 characters


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a call: its keyword if it has one, and its text (at most 120 characters)."""

    text: str
    name: str | None = None
    literal: bool = False  # a string, number, boolean or null literal; text is then its value without quotes


@dataclass(frozen=True, slots=True)
class Call:
    """A call: `callee` is the dotted text as written ("requests.get", "self.router.mount", "std::fs::read")."""

    callee: str
    line: int
    end_line: int
    arguments: tuple[Argument, ...] = ()
    inside: str | None = None  # qualified name of the enclosing definition
    awaited: bool = False
    discarded: bool = False  # its result is not used (an expression statement)

    def argument(self, name: str) -> Argument | None:
        """The argument with this keyword."""
        return next((argument for argument in self.arguments if argument.name == name), None)


@dataclass(frozen=True, slots=True)
class StringLiteral:
    """A string literal, at most 400 characters, with the name it is bound to (assignment, keyword, key), if any."""

    value: str
    line: int
    name: str | None = None
    inside: str | None = None
    formatted: bool = False  # f-string, template literal, format!()


@dataclass(frozen=True, slots=True)
class EnvironmentRead:
    """A read of an environment variable by literal name."""

    name: str
    line: int
    has_default: bool
    required: bool = False  # it fails when the variable is absent (os.environ["X"])


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment (adjacent line comments stay apart), without its markers."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Binding:
    """`name = callee(...)`, a decorator-free registration or field: what a name is made by ("router", "APIRouter")."""

    name: str
    value: str  # the callee or the expression's text, at most 120 characters
    line: int
    inside: str | None = None


@dataclass(frozen=True, slots=True)
class Closure:
    """An anonymous function with parameters that does nothing with them, or ignores one."""

    line: int
    end_line: int
    parameters: tuple[str, ...]
    unused_parameters: tuple[str, ...] = ()
    body: BodyForm = BodyForm.WORK
    returns: str | None = None
    name: str | None = None  # what it is bound to, as written
    inside: str | None = None


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A condition, or a caught error, under which a function only returns a literal."""

    condition: str  # at most 200 characters; "except" or "catch" with what is caught
    returns: str
    line: int
    inside: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a class, struct or interface, declared in its body."""

    name: str
    line: int
    inside: str  # qualified name of its class
    type: str | None = None
    default: str | None = None  # the expression as written, at most 120 characters
    tag: str | None = None  # Go's struct tag, Rust's or TypeScript's attributes


@dataclass(frozen=True, slots=True)
class Redefinition:
    """A function, class, method or key that another of the same name in the same place takes away."""

    name: str  # qualified
    line: int  # of the one that is lost
    again: int


@dataclass(frozen=True)
class Source:
    """What every language's source file says. Lines count from 1."""

    lines: int
    syntax_errors: tuple[int, ...] = ()
    invalid: int | None = None  # the line at which no version of the language can read on
    generated: bool = False  # the file itself says it is ("Code generated ... DO NOT EDIT", "@generated")
    runs_as_main: bool = False  # __main__ guard, package main with func main, fn main
    package: str | None = None  # Go's package clause
    build_constraint: str | None = None  # //go:build, #![cfg(...)]
    imports: tuple[Import, ...] = ()
    definitions: tuple[Definition, ...] = ()
    calls: tuple[Call, ...] = ()
    strings: tuple[StringLiteral, ...] = ()
    environment: tuple[EnvironmentRead, ...] = ()
    comments: tuple[Comment, ...] = ()
    bindings: tuple[Binding, ...] = ()
    fields: tuple[Field, ...] = ()
    references: frozenset[str] = frozenset()  # identifiers used other than where they are defined or imported
    confined: frozenset[str] = (
        frozenset()
    )  # of these, used only inside their own definition, by test code or in a list of exports
    copied: frozenset[str] = frozenset()  # of these, only handed on to a field of the same name (T{x: y.x})
    members: frozenset[tuple[str, str]] = (
        frozenset()
    )  # (owner, name) of every member read in what ships; the owner is the last word before it, "" where there is none
    suppressions: tuple[int, ...] = ()  # lines whose errors are swallowed (except: pass, _ = err)
    closures: tuple[Closure, ...] = ()  # Go, Rust, JavaScript; Python's nested functions are definitions
    shortcuts: tuple[Shortcut, ...] = ()
    redefinitions: tuple[Redefinition, ...] = ()  # Python, JavaScript; other compilers refuse them
    waits: tuple[
        tuple[float, int], ...
    ] = ()  # Rust, JavaScript: seconds and line of what is slept out in place
    test_lines: tuple[
        tuple[int, int], ...
    ] = ()  # first and last lines of what only tests compile (Rust's cfg(test))

    def definition(self, name: str) -> Definition | None:
        """The definition with this qualified name."""
        return next((definition for definition in self.definitions if definition.name == name), None)

    def functions(self) -> list[Definition]:
        """The functions and methods that are not test code."""
        kinds = (DefinitionKind.FUNCTION, DefinitionKind.METHOD)
        return [item for item in self.definitions if item.kind in kinds and not self.in_test(item.line)]

    def in_test(self, line: int) -> bool:
        """Whether the line belongs to test code that lives in this file."""
        return any(first <= line <= last for first, last in self.test_lines)
