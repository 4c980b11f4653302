"""Addresses of one particular machine that are written into scripts as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.own_scripts import OwnScript, OwnScripts
from checks.snapshot import Snapshot

_NETWORK = ("curl", "wget", "http", "https", "nc", "websocat", "grpcurl", "ssh", "scp", "rsync", "psql", "redis-cli", "mysql", "k6", "hey", "wrk", "ab")  # fmt: skip
# A host with a port, or an address in figures: a machine, where a plain name is a public service.
_ENDPOINT = re.compile(
    r"(?:[a-z][a-z+]*://|@|^)(?P<host>(?:\d{1,3}\.){3}\d{1,3}|[a-z0-9-]+(?:\.[a-z0-9-]+)+(?=:\d))(?P<port>:\d{2,5})?(?=[/:?#]|$)", re.IGNORECASE
)  # fmt: skip
_HERE = re.compile(r"^(?:127\.|0\.0\.0\.0|169\.254\.169\.254|1\.1\.1\.1|8\.8\.)|(?:^|\.)(?:localhost|local|internal|example|test|invalid|example\.(?:com|org|net))$")  # fmt: skip


@dataclass(frozen=True, slots=True)
class ScriptEndpoint:
    """A machine's address in a command."""

    path: str
    line: int
    address: str
    text: str


@dataclass(frozen=True)
class ScriptEndpoints:
    """Each address once for a script."""

    endpoints: tuple[ScriptEndpoint, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found = {
            (endpoint.path, endpoint.address): endpoint
            for script in snapshot.derived(OwnScripts)
            for endpoint in reversed(list(_of(script)))
        }
        return cls(tuple(sorted(found.values(), key=lambda one: (one.path, one.line, one.address))))


def _of(script: OwnScript) -> Iterator[ScriptEndpoint]:
    for command in script.commands:
        if not command.runs(*_NETWORK):
            continue
        for word in command.words[1:]:
            match = _ENDPOINT.search(word[:300])
            if match and not _HERE.search(match["host"].lower()):
                address = match["host"] + (match["port"] or "")
                yield ScriptEndpoint(script.path, command.line, address, command.text)
