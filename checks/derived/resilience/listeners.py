"""Servers that shipped code starts by itself, and whether a signal ends them gracefully."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.go_source import GoSource
from checks.facts.javascript_source import JavaScriptSource
from checks.facts.rust_source import RustSource
from checks.facts.source import Source
from checks.facts.typescript_source import TypeScriptSource
from checks.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class _Language:
    """How a language's servers listen, what must be imported for that to be so, and what ends them."""

    listens: re.Pattern[str]
    imports: re.Pattern[str]
    ends: re.Pattern[str]
    looked_for: str


STARTS = re.compile(
    r"^(?:main|start|run|serve|bootstrap|init)", re.IGNORECASE
)  # elsewhere a framework listens for others
_NODE = _Language(
    re.compile(r"^(?:app|server|httpServer|fastify)\.listen$"),
    re.compile(r"^(?:node:)?https?$|^(?:express|fastify|koa)$"),
    re.compile(
        r"^process\.(?:on|once)$|gracefulShutdown|createTerminus|^closeWithGrace$|enableShutdownHooks"
    ),
    "a handler of SIGTERM (`process.on`)",
)
_LANGUAGES: dict[type[Source], _Language] = {
    GoSource: _Language(
        re.compile(
            r"^http\.(?:ListenAndServe|ListenAndServeTLS|Serve)$|^\w*(?:server|srv)\.ListenAndServe(?:TLS)?$",
            re.IGNORECASE,
        ),
        re.compile(r"^net/http$"),
        re.compile(r"\.Shutdown$|\.GracefulStop$|^signal\.Notify(?:Context)?$"),
        "`Shutdown`, `GracefulStop` or `signal.Notify`",
    ),
    RustSource: _Language(
        re.compile(r"^axum::serve(?:\(\))?(?:\.await)?$|^axum::Server::bind$"),
        re.compile(r"^axum\b"),
        re.compile(r"with_graceful_shutdown|signal::ctrl_c|signal::unix"),
        "`with_graceful_shutdown` or a signal handler",
    ),
    JavaScriptSource: _NODE,
    TypeScriptSource: _NODE,
}


@dataclass(frozen=True, slots=True)
class Listener:
    """A place that serves until it is killed, unless something stops it."""

    path: str
    line: int
    callee: str
    stopped: bool
    looked_for: str


@dataclass(frozen=True)
class Listeners:
    """The servers of a snapshot, by path."""

    places: tuple[Listener, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls(tuple(sorted(_all(snapshot), key=lambda place: (place.path, place.line))))

    def __len__(self) -> int:
        return len(self.places)


def _all(snapshot: Snapshot) -> Iterator[Listener]:
    for kind, language in _LANGUAGES.items():
        sources = list(snapshot.shipped(kind))
        if kind in (GoSource, RustSource) and not any(source.runs_as_main for _, source in sources):
            continue  # a library that serves leaves its end to the program around it
        ends = [(path, source) for path, source in sources if _ends(source, language)]
        ending = {path.split("/")[0] for path, _ in ends}
        imported = {f"/{found.module}" for _, source in ends for found in source.imports}
        for path, source in sources:
            if not any(language.imports.search(found.module) for found in source.imports):
                continue
            for call in source.calls:
                started = language is not _NODE or call.inside is None or STARTS.search(call.inside)
                if started and language.listens.match(call.callee) and not source.in_test(call.line):
                    # A server's end may be arranged elsewhere in the same component, or by the package that starts it.
                    package = "/" + path.rpartition("/")[0]
                    started_by = any(module.endswith(package) for module in imported) and package != "/"
                    stopped = path.split("/")[0] in ending or started_by
                    yield Listener(path, call.line, call.callee, stopped, language.looked_for)


def _ends(source: Source, language: _Language) -> bool:
    return any(language.ends.search(call.callee) for call in source.calls)
