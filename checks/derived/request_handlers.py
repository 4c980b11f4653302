"""Functions that answer requests, in every language: what they are given, what they call, which method and path they answer to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.go_source import GoSource
from checks.facts.javascript_source import JavaScriptSource
from checks.facts.python_source import PythonSource
from checks.facts.rust_source import RustSource
from checks.facts.source import Binding, Call, Definition, Source
from checks.facts.typescript_source import TypeScriptSource
from checks.snapshot import Snapshot

_DECORATOR = re.compile(r"^(?:[\w.]+\.)?(?:get|post|put|patch|delete|route|api_route)\((.*)$", re.DOTALL)
_GO = re.compile(r"^(?:http\.ResponseWriter|\*gin\.Context|echo\.Context|\*fiber\.Ctx|fiber\.Ctx)$")
_RUST = re.compile(r"(?:^|::)(?:Path|Query|Json|Form|State|Extension|Data|HttpRequest|Request)(?:<|$)")
_REGISTERS = re.compile(r"(?:^|\.)(?:get|post|put|patch|delete|all)$")
_VERBS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True, slots=True)
class RequestHandler:
    """A handler. `route` is what its decorator or registration says, "" where it is registered elsewhere."""

    path: str
    source: Source
    name: str
    line: int
    route: str
    parameters: tuple[tuple[str, str], ...]  # name, type
    calls: tuple[Call, ...]
    bindings: tuple[Binding, ...]


@dataclass(frozen=True)
class RequestHandlers:
    """Those of shipped code, by path and line."""

    all: tuple[RequestHandler, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls(
            tuple(found for path, source in snapshot.shipped(Source) for found in _in_file(path, source))
        )


def _in_file(path: str, source: Source) -> Iterator[RequestHandler]:
    named = [(one, route) for one in source.functions() if (route := _route(source, one)) is not None]
    registrations = [call for call in source.calls if _is_inline(source, call)]
    if not named and not registrations:
        return
    calls: dict[str | None, list[Call]] = defaultdict(list)
    bindings: dict[str | None, list[Binding]] = defaultdict(list)
    for call in source.calls:
        calls[call.inside].append(call)
    for binding in source.bindings:
        bindings[binding.inside].append(binding)
    for one, route in named:
        given = tuple(zip(one.parameters, one.parameter_types, strict=False))
        yield RequestHandler(path, source, one.name, one.line, route, given, tuple(calls[one.name]), tuple(bindings[one.name]))  # fmt: skip
    for call in registrations:
        inner = tuple(c for c in calls[call.inside] if c is not call and call.line <= c.line <= call.end_line)
        bound = tuple(b for b in bindings[call.inside] if call.line <= b.line <= call.end_line)
        route = f"{call.callee.rpartition('.')[2]} {call.arguments[0].text}"
        yield RequestHandler(path, source, route, call.line, route, (), inner, bound)


def _route(source: Source, function: Definition) -> str | None:
    """What the function answers to; None where it answers no requests."""
    if isinstance(source, PythonSource | RustSource):
        for decorator in function.decorators:
            if _DECORATOR.match(decorator):
                return decorator
    types = function.parameter_types
    if isinstance(source, RustSource) and any(_RUST.search(written) for written in types):
        return ""
    if isinstance(source, GoSource) and any(_GO.match(written) for written in types):
        return ""
    if isinstance(source, TypeScriptSource | JavaScriptSource):
        if function.name in _VERBS and function.exported:
            return function.name
        if function.parameters[:2] in (("req", "res"), ("request", "response"), ("request", "reply")):
            return ""
    return None


def _is_inline(source: Source, call: Call) -> bool:
    """`app.get("/x", (req, res) => ...)`."""
    return (
        isinstance(source, TypeScriptSource | JavaScriptSource)
        and _REGISTERS.search(call.callee) is not None
        and len(call.arguments) > 1
        and call.arguments[0].literal
        and call.arguments[0].text.startswith("/")
        and any(
            "=>" in a.text or a.text.startswith(("function", "async function")) for a in call.arguments[1:]
        )
    )
