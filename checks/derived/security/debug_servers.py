"""Servers that a tree starts for developers, with a debugger or a reloader: in its code, its settings, its images."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.image_references import is_for_development
from checks.derived.images import Images
from checks.facts.python_source import PythonSource
from checks.facts.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.source import Call, Source
    from checks.snapshot import Snapshot

_FRAMEWORKS = frozenset({"flask", "uvicorn", "fastapi", "bottle", "quart", "sanic", "dash", "hypercorn"})
_STARTS = re.compile(r"(?:^|\.)(?:run|run_server|run_simple)$")
_DEVELOPMENT = re.compile(
    r"(?:^|[/_.])(?:dev|local|development|test|debug)[^/]*\.py$|(?:^|/)(?:dev|local|development)/"
)
_RELOADING = re.compile(
    r"\b(?:uvicorn|gunicorn|hypercorn|granian)\s[^;&|]*--reload\b|\bflask\s[^;&|]*\brun\s[^;&|]*--(?:debug|reload)\b|\bfastapi dev\b"
)


@dataclass(frozen=True, slots=True)
class DebugServer:
    """One start, with the option or setting that makes it a developer's."""

    subject: str
    message: str
    path: str
    line: int


@dataclass(frozen=True)
class DebugServers:
    """All of them in what ships."""

    all: tuple[DebugServer, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls((*_called(snapshot), *_set(snapshot), *_in_images(snapshot)))


def _called(snapshot: Snapshot) -> Iterator[DebugServer]:
    starts = [(path, call) for path, source in snapshot.shipped(PythonSource) for call in _starts(source)]
    production = {call.callee for _, call in starts if not _flags(call)}
    for path, call in starts:
        for name in _flags(call) if not _DEVELOPMENT.search(path) else ():
            # A reloader, where another file starts the same server without it: that one is the developer's.
            if name != "reload" or call.callee not in production:
                message = f"`{call.callee}` starts the server with `{name}=True`."
                yield DebugServer(f"{call.callee} {name}", message, path, call.line)


def _set(snapshot: Snapshot) -> Iterator[DebugServer]:
    for path, source in snapshot.shipped(PythonSource):
        debug = source.definition("DEBUG") if source.definition("INSTALLED_APPS") else None
        if debug and debug.value == "True" and not _DEVELOPMENT.search(path):
            yield DebugServer("DEBUG", "Django's settings say `DEBUG = True`.", path, debug.line)


def _in_images(snapshot: Snapshot) -> Iterator[DebugServer]:
    for image in snapshot.derived(Images).images:
        if snapshot.role(image.path) is Role.SHIPPED and not is_for_development(image.path):
            for start in image.starts:
                found = _RELOADING.search(" ".join(start.words))
                if found:
                    message = f"The image starts its server for developers: `{found.group()[:100]}`."
                    yield DebugServer("reload", message, image.path, start.line)


def _starts(source: Source) -> Iterator[Call]:
    modules = {found.module.split(".")[0] for found in source.imports}
    if modules & _FRAMEWORKS:
        yield from (call for call in source.calls if _STARTS.search(call.callee))


def _flags(call: Call) -> list[str]:
    given = ((name, call.argument(name)) for name in ("debug", "reload", "use_debugger"))
    return [name for name, argument in given if argument is not None and argument.text == "True"]
