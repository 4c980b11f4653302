"""HTTP clients for configurable addresses, in repositories that have a validator for addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.go_source import GoSource
from checks.facts.rust_source import RustSource
from checks.facts.source import Call, Definition, Source
from checks.model import Severity
from checks.snapshot import Snapshot

_VALIDATOR = re.compile(
    r"(?:^|\.)(?:(?:validate|check|assert|ensure|is)_?(?:safe_?|allowed_?|private_?|outbound_?|external_?|public_?|\w{0,20}_?)(?:urls?|hosts?|ips?|endpoint|address(?:es)?)|\w*ssrf\w*|block_?private\w*)$",
    re.IGNORECASE,
)
_GUARDS = re.compile(r"private|ssrf|loopback|link_?local|metadata|allow(?:ed|list)", re.IGNORECASE)
_PARAMETER = re.compile(
    r"^(?:base_?url|endpoint|address|host|server_?url|api_?(?:base|url)|url|uri)$", re.IGNORECASE
)
_CLIENT = re.compile(
    r"^(?:http\.Client|httpx\.(?:AsyncClient|Client)|aiohttp\.ClientSession|requests\.Session|axios\.create)$|^(?:reqwest::)?Client::(?:new|builder)$"
)
_POLICY = re.compile(r"(?:^|::)Policy::(?:none|limited|custom)$")
_USES = re.compile(
    r"validate_?\w*(?:url|host|endpoint|addr)|ssrf|allowed_?(?:hosts?|urls?)|safe_?(?:url|dial|client)|secure_?(?:transport|client)|is_?(?:non_?public|private)|check_?(?:url|host)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class OutboundClient:
    """A client for a configurable address, and what is wrong with it, "" where nothing is."""

    path: str
    line: int
    subject: str
    problem: str
    severity: Severity | None = None


@dataclass(frozen=True)
class OutboundUrls:
    """The clients, and the validator that the repository has."""

    clients: tuple[OutboundClient, ...]
    validator: str = ""
    defined_in: str | None = None
    defined_at: int | None = None

    def __len__(self) -> int:
        return len(self.clients)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        sources = tuple(snapshot.shipped(Source))
        known = [
            (path, source, one)
            for path, source in sources
            for one in source.functions()
            if _is_validator(source, one)
        ]
        if not known:
            return cls(())
        path, _, first = known[0]
        languages = {type(source) for _, source, _ in known}  # of another language nobody can call it
        callers = tuple((path, source) for path, source in sources if type(source) in languages)
        clients: dict[tuple[str, str], OutboundClient] = {}
        for one in (*_clients(callers), *_without_port(known)):
            before = clients.get((one.path, one.subject))
            if before is None or not before.problem:  # a function that makes several says it once
                clients[one.path, one.subject] = one
        return cls(tuple(clients.values()), first.name, path, first.line)


def _is_validator(source: Source, function: Definition) -> bool:
    """Named like one, and looking at hosts or networks."""
    if not _VALIDATOR.search(function.name):
        return False
    inside = [call for call in source.calls if call.inside == function.name]
    return any(_GUARDS.search(call.callee) for call in inside)


def _clients(sources: tuple[tuple[str, Source], ...]) -> Iterator[OutboundClient]:
    for path, source in sources:
        guarded = _is_guarded(source)
        makers = {one.name: one for one in source.functions() if _takes_address(one)}
        for call in source.calls:
            if not _CLIENT.search(call.callee) or source.in_test(call.line):
                continue
            maker = makers.get(call.inside or "")
            if maker is not None and not guarded:
                what = next(p for p in maker.parameters if _PARAMETER.match(p))
                problem = f"`{maker.name}` makes a client for any `{what}`, without checking it."
                yield OutboundClient(path, call.line, maker.name, problem)
            elif guarded and (follows := _follows_redirects(source, call)) is not None:
                problem = "This client checks its address and then follows redirects to any other."
                subject = f"{call.inside or 'module'}: redirects"
                yield OutboundClient(path, call.line, subject, problem if follows else "", Severity.LOW)


def _takes_address(function: Definition) -> bool:
    if re.search(r"(?:^|\.)_[a-z]\w*$", function.name):
        return False  # its own module puts the address together
    return any(_PARAMETER.match(parameter) for parameter in function.parameters)


def _is_guarded(source: Source) -> bool:
    return any(_USES.search(name) for name in source.references) or any(
        _USES.search(call.callee) for call in source.calls
    )


def _follows_redirects(source: Source, call: Call) -> bool | None:
    """Whether redirects lead anywhere; None where it can't be told."""
    if isinstance(source, GoSource):
        return not _refuses_redirects(source, call)
    if isinstance(source, RustSource):
        policies = {one.callee.rpartition("::")[2] for one in source.calls if _POLICY.search(one.callee)}
        return not policies or "limited" in policies
    if call.callee.startswith("httpx."):
        setting = call.argument("follow_redirects")
        return setting is not None and setting.text == "True"
    return None


def _refuses_redirects(source: Source, call: Call) -> bool:
    """Redirects are refused, or every connection is checked when it is dialled."""
    later = any(binding.name.endswith(".CheckRedirect") for binding in source.bindings)
    dialled = not source.references.isdisjoint({"DialContext", "Control", "ControlContext"})
    return later or dialled or call.argument("CheckRedirect") is not None


def _without_port(known: list[tuple[str, Source, Definition]]) -> Iterator[OutboundClient]:
    """Where a file that checks addresses looks at the host, and nothing in it looks at the port."""
    for path, source in {path: source for path, source, _ in known}.items():
        names = (*(call.callee for call in source.calls), *source.references)
        ports = any(name.rpartition(".")[2].lower() == "port" for name in names)
        host = next((call for call in source.calls if call.callee.endswith((".Hostname", ".hostname"))), None)
        if host is not None and not ports:
            where = host.inside or "module"
            problem = f"`{where}` checks the host of an address and lets every port pass."
            yield OutboundClient(path, host.line, f"{where}: port", problem, Severity.LOW)
