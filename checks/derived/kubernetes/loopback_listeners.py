"""Servers that listen on the loopback address alone, at a port which a container or a service of the tree hands out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.declared_ports import DeclaredPorts
from checks.derived.workloads import Manifests
from checks.facts.source import Source, StringLiteral
from checks.model import Evidence
from checks.snapshot import Snapshot

_LOOPBACK = re.compile(r"^(?:127\.0\.0\.1|localhost|\[::1\]):(?:(\d{2,5})|[{%].*)$")
_OPEN = re.compile(r"^(?:0\.0\.0\.0|\[::\]|\*)?:(?:(\d{2,5})|[{%].*)$|^(?:0\.0\.0\.0|::)$")
_SERVES = re.compile(
    r"(?:^|[.:_])(?:bind|listen|serve|listenandserve(?:tls)?|start_server|run_server|exporter|createserver)\w*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LoopbackListener:
    """A place that listens where nobody outside of its container gets, and what sends people there."""

    path: str
    line: int
    address: str
    port: int
    sent_by: tuple[Evidence, ...]


@dataclass(frozen=True)
class LoopbackListeners:
    """Those, and how many ports were looked for."""

    all: tuple[LoopbackListener, ...]
    looked_for: int

    def __len__(self) -> int:
        return self.looked_for

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        ports = {found.port for found in snapshot.derived(DeclaredPorts).ports}
        if not ports:
            return cls((), 0)
        sources = tuple(snapshot.shipped(Source))
        opened = {port for _, source in sources for port in _opened(source)}
        variables = _variables(snapshot, ports)
        found = (
            LoopbackListener(path, string.line, string.value, port, _sent_by(snapshot, port))
            for path, source in sources
            for string in source.strings
            for port in _ports(source, string, variables)
            if port in ports - opened
        )
        return cls(tuple({(one.path, one.port): one for one in found}.values()), len(ports))


def _opened(source: Source) -> Iterator[int]:
    for string in source.strings:
        if (match := _OPEN.match(string.value)) and match.group(1):
            yield int(match.group(1))


def _ports(source: Source, string: StringLiteral, variables: dict[str, int]) -> Iterator[int]:
    """The ports of the literal, where its function listens; one that is put in comes from a variable that the file reads."""
    match = _LOOPBACK.match(string.value)
    if match is None or source.in_test(string.line) or not _serves(source, string.inside):
        return
    if match.group(1):
        yield int(match.group(1))
    elif not any(_OPEN.match(other.value) for other in source.strings):
        yield from (variables[read.name] for read in source.environment if read.name in variables)


def _serves(source: Source, function: str | None) -> bool:
    return any(call.inside == function and _SERVES.search(call.callee) for call in source.calls)


def _variables(snapshot: Snapshot, ports: set[int]) -> dict[str, int]:
    """Variables that manifests set to one of the ports."""
    pods = (manifest.object.pod for manifest in snapshot.derived(Manifests).objects if manifest.object.pod)
    given = [(name, value) for pod in pods for one in pod.containers for name, value, _ in one.variables]
    return {name: int(value) for name, value in given if value and value.isdigit() and int(value) in ports}


def _sent_by(snapshot: Snapshot, port: int) -> tuple[Evidence, ...]:
    declared = [one for one in snapshot.derived(DeclaredPorts).ports if one.port == port]
    named = [
        Evidence(f"{manifest.object.label} sends requests there", manifest.path, item.line)
        for manifest in snapshot.derived(Manifests).of("Service")
        for item in manifest.object.node.list("spec", "ports")
        if port in (item.number("port"), item.number("targetPort"))
    ]
    return (*(Evidence(f"declared by {one.owner}", one.path, one.line) for one in declared[:5]), *named[:5])
