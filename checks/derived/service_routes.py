"""What a service answers to, what it reads, and whom it calls: evidence for the absences that it owes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.derived.service_code import ServiceCode
from checks.facts.go_source import GoSource
from checks.facts.python_source import PythonSource
from checks.facts.source import Call, Source
from checks.model import Evidence

_ROUTE = re.compile(r"^(?:[A-Z]+ )?/[\w{}:<>*./~-]{0,200}$")
_REGISTERS = re.compile(
    r"(?:^|[.:])(?:get|post|put|patch|delete|route|all|use|add_url_rule|add_api_route|add_route|add_post|add_get|path|re_path|api_route|websocket|resource"
    r"|GET|POST|PUT|PATCH|DELETE|Get|Post|Put|Patch|Delete|Any|Handle|HandleFunc|Method|Group)$"
)
_OWN = re.compile(r"health|ready|live|metrics|ping|status|favicon|docs|openapi|pprof", re.IGNORECASE)
_CLIENTS = re.compile(r"client|session|http|axios|requests|fetch|self\.get", re.IGNORECASE)
_PYTHON_BODY = re.compile(r"^(?:request|req|flask\.request)\.(?:json|body|form|get_json|get_data|data)$")
_GO_BODY = re.compile(r"^(?:r|req|request|c\.Request)\.Body$")
_GO_READERS = frozenset({"io.ReadAll", "ioutil.ReadAll", "json.NewDecoder"})
_OUTBOUND = re.compile(
    r"^(?:requests|httpx|axios|aiohttp)\.(?:get|post|put|patch|delete|request|stream|create|Client|AsyncClient|ClientSession|Session)$|^(?:axios|fetch|got|urlopen)$"
    r"|^http\.(?:Get|Post|PostForm|Client|DefaultClient\.\w+)$|^grpc\.(?:NewClient|Dial|DialContext|insecure_channel|secure_channel|aio\.\w+_channel)$"
    r"|^(?:reqwest::)?Client::(?:new|builder|default)|^reqwest::get$"
)
_CLIENT_MODULES = re.compile(
    r"^(?:requests|httpx|aiohttp|axios|got|undici|net/http|google\.golang\.org/grpc|grpc|reqwest|urllib|node-fetch)(?:$|[.:/])"
)


def routes_of(service: ServiceCode) -> Iterator[Evidence]:
    """The routes that the service registers, those for operators aside."""
    for path, source in service.sources:
        for call in source.calls:
            if is_route(call) and not source.in_test(call.line):
                yield Evidence(f"`{call.arguments[0].text[:80]}` is a route", path, call.line)


def is_route(call: Call) -> bool:
    """Whether the call registers a route that is not for operators."""
    if len(call.arguments) < 1 or not call.arguments[0].literal or not _REGISTERS.search(call.callee):
        return False
    text = call.arguments[0].text
    owner = call.callee.rpartition(".")[0].lower()
    return _ROUTE.match(text) is not None and not _OWN.search(text) and not _CLIENTS.search(owner)


def body_reads(service: ServiceCode) -> Iterator[Evidence]:
    """Where the service reads a request's body with a framework that has no limit of its own."""
    for path, source in service.sources:
        for call in source.calls:
            if _reads_body(source, call) and not source.in_test(call.line):
                yield Evidence(f"`{call.callee}`", path, call.line)


def _reads_body(source: Source, call: Call) -> bool:
    if isinstance(source, PythonSource):
        return _PYTHON_BODY.match(call.callee) is not None
    if isinstance(source, GoSource) and call.callee in _GO_READERS and call.arguments:
        return _GO_BODY.match(call.arguments[0].text) is not None
    return False


def outbound_calls(service: ServiceCode) -> Iterator[Evidence]:
    """Where the service calls others over the network, or makes the client that does."""
    for path, source in service.sources:
        clients = any(_CLIENT_MODULES.match(statement.module) for statement in source.imports)
        for call in source.calls if clients else ():
            if _OUTBOUND.match(call.callee) and not source.in_test(call.line):
                yield Evidence(f"`{call.callee}` calls another service", path, call.line)
