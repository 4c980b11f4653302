"""Addresses of somebody's own machine: tunnels, personal hosts, private and bare addresses."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.configurations import Configurations
from checks.facts.rust_source import RustSource
from checks.facts.source import DefinitionKind, Source
from checks.snapshot import Snapshot

# Domains under which anybody gets a name for the machine on their desk. Without a name of its own, a domain is a service's.
_TUNNELS = re.compile(
    r"(?<![\w.*-])(?:[\w-]+\.)+(?:ngrok(?:-free)?\.(?:io|app|dev)|trycloudflare\.com|loca\.lt|localtunnel\.me|serveo\.net|lhr\.life|localhost\.run"
    r"|devtunnels\.ms|tunnelmole\.net|zrok\.io|bore\.pub|pagekite\.me|ts\.net|webhook\.site|pipedream\.net|beeceptor\.com|requestbin\.(?:com|net)"
    r"|duckdns\.org|ddns\.net|no-ip\.(?:org|com|biz)|hopto\.org|zapto\.org|dyndns\.org|gitpod\.io|app\.github\.dev|githubpreview\.dev)(?![\w.-]*\w)",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"your|example|sub-?domain|x{3}|abc|1234|<|\{|foo|my-", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?:[a-z][a-z0-9+.-]*://)(?:[^@/\s]*@)?(\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?(?:/|$)")
_BARE = "a bare address"
_NO_DESTINATION = re.compile(
    r"example|cors|allow|origin|proxy|cidr|dns|trusted|redirect|referer", re.IGNORECASE
)
_SHOWS = re.compile(r"example|description|help|placeholder|sample", re.IGNORECASE)
_NEAR = 6  # lines between a condition and what it guards
_WELL_KNOWN = frozenset({"8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9"})


@dataclass(frozen=True, slots=True)
class ExternalEndpoint:
    """An address that the software is told to use. `what` says whose it is; `is_test` in a test's configuration."""

    path: str
    line: int
    host: str
    what: str
    is_test: bool
    for_development: bool = False  # a condition right above says so


@dataclass(frozen=True)
class ExternalEndpoints:
    """All of them; `read` counts the files looked at."""

    all: tuple[ExternalEndpoint, ...]
    read: int

    def __len__(self) -> int:
        return self.read

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        configurations = snapshot.derived(Configurations)
        sources = tuple(snapshot.shipped(Source))
        found = (*_configured(configurations), *_written(sources))
        return cls(
            tuple(sorted(set(found), key=lambda e: (e.path, e.line))), len(configurations) + len(sources)
        )


def _configured(configurations: Configurations) -> Iterator[ExternalEndpoint]:
    for file in configurations:
        for setting in file.settings:
            known = None if _NO_DESTINATION.search(setting.key) else endpoint_in(setting.value)
            if known and not (file.is_test and known[1] == _BARE):  # tests name invented addresses
                yield ExternalEndpoint(file.path, setting.line, *known, file.is_test)


def _written(sources: tuple[tuple[str, Source], ...]) -> Iterator[ExternalEndpoint]:
    """In code only a whole URL: text about tunnels names their domains too."""
    for path, source in sources:
        types = _types(source)
        guards = {one.line for one in source.strings if one.value in ("development", "dev")}
        examples = list(_examples(source))
        for literal in source.strings:
            if literal.inside in types:
                continue  # an attribute of a field: documentation
            if "://" in literal.value[:12] and " " not in literal.value and not source.in_test(literal.line):
                known = endpoint_in(literal.value)
                if (
                    known
                    and not _NO_DESTINATION.search(literal.name or "")
                    and not any(
                        literal.line in lines and literal.value[:60] in text for lines, text in examples
                    )
                ):
                    # `NODE_ENV === "development"` or the like stands right above it.
                    guarded = not guards.isdisjoint(range(literal.line - _NEAR, literal.line + 1))
                    yield ExternalEndpoint(path, literal.line, *known, is_test=False, for_development=guarded)


def _examples(source: Source) -> Iterator[tuple[range, str]]:
    """The arguments that only show something, with the lines of their calls: `Field(examples=["https://192.0.2.1/a"])`."""
    for call in source.calls:
        for argument in call.arguments:
            if argument.name and _SHOWS.search(argument.name):
                yield range(call.line, call.end_line + 1), argument.text


def _types(source: Source) -> frozenset[str]:
    """The types of a Rust file, whose bodies hold no code."""
    kinds = (DefinitionKind.CLASS, DefinitionKind.TYPE)
    return frozenset(
        one.name for one in source.definitions if isinstance(source, RustSource) and one.kind in kinds
    )


def endpoint_in(value: str) -> tuple[str, str] | None:
    """The host and whose it is, where the value points at somebody's own machine."""
    if (tunnel := _TUNNELS.search(value)) and not _PLACEHOLDER.search(tunnel.group()):
        return tunnel.group(), "a tunnel or personal host"
    found = _ADDRESS.match(value)
    if found is None or found.group(1) in _WELL_KNOWN:
        return None
    try:
        address = ipaddress.IPv4Address(found.group(1))
    except ValueError:
        return None
    if address.is_loopback or address.is_unspecified or address.is_link_local or address.is_multicast:
        return None
    documentation = address.is_private and not any(address in network for network in _PRIVATE)
    what = "an address of somebody's private network" if address.is_private else _BARE
    return None if documentation or address.is_reserved else (found.group(1), what)


_PRIVATE = tuple(
    ipaddress.IPv4Network(network) for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
)
