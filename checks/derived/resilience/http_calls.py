"""Calls to other services over HTTP in shipped code, and whether anything limits how long they wait."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.browser_code import NAMES as BROWSER_NAMES
from checks.derived.resilience.attended import Attended
from checks.facts.go_source import GoSource
from checks.facts.javascript_source import JavaScriptSource
from checks.facts.python_source import PythonSource
from checks.facts.rust_source import RustSource
from checks.facts.source import Call, Source
from checks.facts.typescript_source import TypeScriptSource
from checks.snapshot import Snapshot

VERBS = "get|post|put|patch|delete|head|options|request|send"
REQUESTS = re.compile(rf"^requests\.(?:{VERBS})$")
HTTPX = re.compile(rf"^httpx\.(?:{VERBS}|stream|Client|AsyncClient)$")
METHOD = re.compile(rf"^([\w.]+)\.(?:{VERBS})$")
SESSION = re.compile(r"^requests\.(?:Session|session)$")
GO_DEFAULT = re.compile(r"^http\.(?:Get|Post|Head|PostForm)$|^http\.DefaultClient\.\w+$")
RUST_CLIENT = re.compile(r"^(?:reqwest::)?Client::(?:new|default)$|^reqwest::get$")
RUST_BUILDER = re.compile(r"^(?:reqwest::)?Client(?:Builder)?::(?:builder|new)\(\)(?:\.\w+\(\))*\.build$")
AXIOS = re.compile(rf"^axios(?:\.(?:{VERBS}|create))?$")
SERVER = re.compile(
    r"^(?:node:)?(?:http|https|fs|fs/promises|path|os|net|express|fastify|koa|hono|@nestjs/.*|@hapi/.*)$"
)


@dataclass(frozen=True, slots=True)
class HttpCall:
    """A call that waits for another service, or makes the client that will."""

    path: str
    line: int
    callee: str
    inside: str | None
    limited: bool
    why: str
    is_attended: bool  # a person waits for it, and can stop it


@dataclass(frozen=True)
class HttpCalls:
    """The outbound calls of a snapshot, by path and line."""

    calls: tuple[HttpCall, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        attended = snapshot.derived(Attended)
        found = [
            HttpCall(path, call.line, call.callee, call.inside, limited, why, attended.covers(snapshot, path))
            for path, source in snapshot.shipped(Source)
            for call, limited, why in _outbound(source)
            if not source.in_test(call.line)
        ]
        return cls(tuple(sorted(found, key=lambda call: (call.path, call.line, call.callee))))

    def __len__(self) -> int:
        return len(self.calls)


Outbound = tuple[Call, bool, str]


def _outbound(source: Source) -> Iterator[Outbound]:
    for language, read in _READERS.items():
        if isinstance(source, language):
            yield from read(source)


def _python(source: Source) -> Iterator[Outbound]:
    modules = {found.module.split(".")[0] for found in source.imports}
    if "requests" in modules:
        yield from _requests(source)
    for call in source.calls:
        if call.callee in ("urllib.request.urlopen", "urlopen", "request.urlopen") and "urllib" in modules:
            yield (
                call,
                _is_given(call) or len(call.arguments) > 2,
                "urllib waits for ever unless it gets a timeout",
            )
        elif "httpx" in modules and HTTPX.match(call.callee):
            timeout = call.argument("timeout")
            yield (
                call,
                timeout is None or timeout.text != "None",
                "`timeout=None` takes httpx's own limit away",
            )


def _requests(source: Source) -> Iterator[Outbound]:
    """Requests has no limit of its own; a session may have one in an adapter."""
    sessions = {binding.name for binding in source.bindings if SESSION.match(binding.value)}
    adapted = any(call.callee.endswith(".mount") for call in source.calls)
    for call in source.calls:
        method = METHOD.match(call.callee)
        own = REQUESTS.match(call.callee) is not None
        if own or (method and method.group(1) in sessions):
            yield (
                call,
                _is_given(call) or (adapted and not own),
                "requests waits for ever unless it gets a timeout",
            )


def _is_given(call: Call, name: str = "timeout") -> bool:
    """A limit among the keywords, or keywords that this file does not spell out."""
    given = call.argument(name)
    return (given is not None and given.text not in ("None", "0")) or any(
        a.text.startswith("**") for a in call.arguments
    )


def _go(source: Source) -> Iterator[Outbound]:
    if not any(found.module == "net/http" for found in source.imports):
        return
    later = any(binding.name.endswith(".Timeout") for binding in source.bindings)
    contexts = any(
        call.callee in ("http.NewRequestWithContext", "context.WithTimeout") for call in source.calls
    )
    for call in source.calls:
        if GO_DEFAULT.match(call.callee):
            limited = call.callee.startswith("http.DefaultClient.") and contexts
            yield call, limited, "Go's default client waits for ever"
        elif call.callee == "http.Client":
            yield call, _is_given(call, "Timeout") or later or contexts, "it is made without `Timeout`"


def _rust(source: Source) -> Iterator[Outbound]:
    paths = {found.module for found in source.imports}
    named = "reqwest::Client" in paths
    wraps = "reqwest::ClientBuilder" not in paths  # the name of somebody's middleware around a client
    if any("blocking" in path for path in paths):  # the blocking client has a limit of 30 seconds
        return
    each = any(call.callee.endswith(".timeout") or "timeout(" in call.callee for call in source.calls)
    for call in source.calls:
        known = call.callee.startswith("reqwest::") or named
        if known and RUST_CLIENT.match(call.callee):
            yield call, each, "reqwest waits for ever unless its builder gets a timeout"
        elif (
            known
            and RUST_BUILDER.match(call.callee)
            and not (wraps and call.callee.startswith("ClientBuilder"))
        ):
            yield call, "timeout(" in call.callee or each, "its builder gets no timeout"


def _server_script(source: Source) -> Iterator[Outbound]:
    """Axios anywhere, fetch only where the file is plainly a server's: a browser's user can press stop."""
    modules = {found.module for found in source.imports}
    defaults = "defaults" in source.references  # axios.defaults.timeout = 5_000
    server = any(SERVER.match(module) for module in modules) and not source.references & BROWSER_NAMES
    for call in source.calls:
        spread = any("..." in argument.text for argument in call.arguments)
        own = bool(call.argument("timeout") or call.argument("signal")) or spread
        if "axios" in modules and AXIOS.match(call.callee) and server:
            configured = defaults or _is_configured(call)
            yield call, own or configured, "axios waits for ever unless it gets a timeout"
        elif call.callee == "fetch" and server and call.arguments:
            opaque = len(call.arguments) > 1 and not call.arguments[1].text.startswith("{")
            yield call, own or opaque, "fetch has no `signal` that would end it"


def _is_configured(call: Call) -> bool:
    """Whether options come from elsewhere: what this call shows then says nothing."""
    options = [argument for argument in call.arguments if argument.name is None]
    bare = call.callee in ("axios", "axios.request", "axios.create")
    last = (
        options[-1]
        if options and (bare or len(options) > (1 if call.callee.endswith(("get", "delete", "head")) else 2))
        else None
    )
    return last is not None and not last.text.startswith("{") and not last.literal


_READERS: dict[type[Source], Callable[[Source], Iterator[Outbound]]] = {
    PythonSource: _python,
    GoSource: _go,
    RustSource: _rust,
    TypeScriptSource: _server_script,
    JavaScriptSource: _server_script,
}
