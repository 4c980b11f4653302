"""The oldest TLS version that code accepts, and the one that the documents promise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.documents import Documents, Standing
from checks.facts.source import Call, Source
from checks.snapshot import Snapshot

_BROKEN = 2  # what is older than TLS 1.2 is withdrawn
_CALLS = re.compile(
    r"tls\.Config$|SSLContext$|wrap_socket$|createSecureContext$|createServer$|\.Agent$|[mM]in(?:imum)?_?(?:tls_|protocol_)?[vV]ersion|protocol_version"
)
_ARGUMENTS = frozenset(
    {"MinVersion", "minVersion", "secureProtocol", "ssl_version", "minimum_version", "min_version"}
)
_VERSION = re.compile(
    r"(?:TLS_?v?(?:ersion)?(?:TLS)?_?v?1[._]?([0-3])?(?!\d))|(SSLv[23](?!3))", re.IGNORECASE
)
_PROMISE = re.compile(
    r"\bTLS\s*1\.3\s+(?:is\s+)?(?:required|only|enforced|minimum|mandatory)|\b(?:requires?|enforces?|minimum(?: of)?|only)\s+TLS\s*1\.3|\bTLS\s*1\.3\+|\bTLS\s*(?:>=|≥)\s*1\.3",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Floor:
    """A place that sets the oldest version: 2 is TLS 1.2, -1 is SSL."""

    line: int
    callee: str
    version: int


@dataclass(frozen=True, slots=True)
class Promise:
    """A document's words on the oldest version."""

    path: str
    line: int
    text: str


@dataclass(frozen=True)
class TlsVersions:
    """The floors by file, and the promise."""

    by_file: dict[str, tuple[Floor, ...]]
    promise: Promise | None

    @property
    def promised(self) -> int:
        """The oldest version that may be accepted."""
        return 3 if self.promise else _BROKEN

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found = {path: tuple(_floors(source)) for path, source in snapshot.shipped(Source)}
        floors = {path: each for path, each in found.items() if each}
        return cls(floors, next(_promises(snapshot), None) if floors else None)


def _floors(source: Source) -> Iterator[Floor]:
    for call in source.calls:
        if _CALLS.search(call.callee) and not source.in_test(call.line):
            version = next(_versions(call), None)
            if version is not None:
                yield Floor(call.line, call.callee, version)
    for binding in source.bindings:
        if binding.name.endswith((".MinVersion", ".minimum_version")) and (
            match := _VERSION.search(binding.value)
        ):
            yield Floor(binding.line, binding.name, _number(match))


def _versions(call: Call) -> Iterator[int]:
    for argument in call.arguments:
        named = argument.name is None or argument.name in _ARGUMENTS
        if named and (match := _VERSION.search(argument.text[:60])):
            yield _number(match)


def _number(match: re.Match[str]) -> int:
    return -1 if match.group(2) else int(match.group(1) or 0)


def _promises(snapshot: Snapshot) -> Iterator[Promise]:
    for document in snapshot.derived(Documents).all:
        if document.standing is not Standing.HISTORY:
            for passage in document.markdown.passages:
                if _PROMISE.search(passage.text):
                    yield Promise(document.path, passage.line, passage.text[:120])
