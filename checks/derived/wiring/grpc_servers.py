"""gRPC servers that are made and started in one file, and whether a service is registered on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.references import is_test_code
from checks.facts.roles import Role
from checks.facts.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

_LIBRARY = re.compile(r"^(?:google\.golang\.org/grpc|grpc(?:\.aio)?|@grpc/grpc-js|grpc|tonic(?:::.*)?)$")
_MADE = re.compile(r"^(?:grpc\.NewServer|grpc(?:\.aio)?\.server|aio\.server|(?:grpc\w*\.)?Server)$")
_STARTS = re.compile(r"^(?:Serve|start|bindAsync|serve|serve_with_shutdown|serve_with_incoming)$")
_REGISTERS = re.compile(r"(?:^|[._:])(?:Register\w*|add_\w+_to_server|addService|add_service|add_routes|add_optional_service|add_\w*_?handlers|register\w*)\b")  # fmt: skip
_BUILDER = re.compile(r"\bServer::builder\(\)")


@dataclass(frozen=True, slots=True)
class GrpcServer:
    """A server that is started in the file that makes it, with nothing registered on it and not handed on."""

    path: str
    name: str
    made: int
    started: int
    inside: str | None


@dataclass(frozen=True)
class GrpcServers:
    """The servers without a service, and how many servers were judged."""

    bare: tuple[GrpcServer, ...]
    judged: int

    def __len__(self) -> int:
        return self.judged

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        bare: list[GrpcServer] = []
        judged = 0
        for path, source in snapshot.files(Source):
            is_product = snapshot.role(path) is Role.SHIPPED and not is_test_code(snapshot, path)
            if not is_product or not any(_LIBRARY.match(found.module) for found in source.imports):
                continue
            servers = [*_named(path, source), *_chained(path, source)]
            judged += len(servers)
            bare += [server for server in servers if not _is_filled(server, source)]
        return cls(tuple(bare), judged)


def _named(path: str, source: Source) -> Iterator[GrpcServer]:
    """Servers bound to a name on which something that starts them is called."""
    starts: dict[str, int] = {}
    for call in source.calls:
        owner, _, method = call.callee.rpartition(".")
        if owner and _STARTS.match(method):
            starts.setdefault(_last(owner), call.line)
    for binding in source.bindings:
        if _MADE.match(binding.value) and _last(binding.name) in starts:
            name = _last(binding.name)
            yield GrpcServer(path, name, binding.line, starts[name], binding.inside)


def _chained(path: str, source: Source) -> Iterator[GrpcServer]:
    """Tonic's servers, made and served in one expression."""
    for call in source.calls:
        if _BUILDER.search(call.callee) and _STARTS.match(call.callee.rpartition(".")[2]):
            yield GrpcServer(path, "Server::builder", call.line, call.end_line, call.inside)


def _is_filled(server: GrpcServer, source: Source) -> bool:
    """Whether the file registers anything, or hands the server to somebody who may."""
    if any(_REGISTERS.search(call.callee) for call in source.calls):
        return True
    if any("grpc.Server" in (d.return_type or "") for d in source.definitions):
        return True
    word = re.compile(rf"\b{re.escape(server.name)}\b")
    return any(
        word.search(argument.text)
        for call in source.calls
        for argument in call.arguments
        if not argument.literal
    ) or any(word.search(binding.value) for binding in source.bindings if binding.line != server.made)


def _last(name: str) -> str:
    return name.rpartition(".")[2]
