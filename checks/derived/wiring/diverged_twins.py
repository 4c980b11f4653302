"""Two implementations of one client, of which the one that nothing imports has the protection that the live one lacks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.references import is_test_code
from checks.derived.unreachable import Unreachable
from checks.facts.roles import Role
from checks.facts.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

# An address of one service's interface: a path of at least two parts, and not one that every service has.
_ENDPOINT = re.compile(r"^/(?!health|static|docs|metrics)[a-z][\w-]*(?:/[\w.{}:-]+)+/?$")
_PROTECTS = re.compile(
    r"(?i:ssrf|allow_?list|allowed_?(?:host|ip|url)|is_?(?:private|loopback|internal)|saniti[sz]e|(?:validate|verify|check)\w*(?:host|ip|url|addr|redirect|signature|token|size|path))"
    r"|^(?:io\.)?LimitReader$|MaxBytesReader$"
)
_ALIKE = 2  # endpoints that two implementations share


@dataclass(frozen=True, slots=True)
class Twins:
    """The live implementation, the unused one, what both talk to, and the protections that only the unused one has."""

    live: str
    live_line: int
    unused: str
    endpoints: tuple[str, ...]
    protections: tuple[tuple[str, str, int], ...]  # name, file, line


@dataclass(frozen=True, slots=True)
class DivergedTwins:
    """All pairs; `looked_at` counts the unused pieces of code that talk to a service."""

    pairs: tuple[Twins, ...]
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        unused = {file: code.path for code in snapshot.derived(Unreachable).code for file in code.files}
        users: dict[str, set[str]] = defaultdict(set)
        endpoints: dict[str, dict[str, int]] = defaultdict(dict)
        for path, source in snapshot.files(Source):
            if snapshot.role(path) is Role.SHIPPED and not is_test_code(snapshot, path):
                for text in source.strings:
                    if _ENDPOINT.match(text.value) and not source.in_test(text.line):
                        endpoints[path].setdefault(text.value.rstrip("/"), text.line)
                        users[text.value.rstrip("/")].add(path)
        talking = [path for path in sorted(endpoints) if path in unused]
        pairs = (
            twins
            for path in talking
            for live, shared in _alike(endpoints[path], users, unused)
            if (twins := _twins(snapshot, live, path, shared, endpoints)) is not None
        )
        return cls(tuple(pairs), len(talking))


def _alike(
    endpoints: dict[str, int], users: dict[str, set[str]], unused: dict[str, str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The live file that shares most endpoints, where it shares enough."""
    shared = Counter(path for one in endpoints for path in users[one] if path not in unused)
    for path, count in shared.most_common(1):
        if count >= _ALIKE:
            yield path, tuple(sorted(one for one in endpoints if path in users[one]))


def _twins(
    snapshot: Snapshot, live: str, unused: str, shared: tuple[str, ...], endpoints: dict[str, dict[str, int]]
) -> Twins | None:
    protections = tuple(_protections(snapshot, unused))
    if (
        not protections
        or live.rpartition(".")[2] != unused.rpartition(".")[2]
        or any(_protections(snapshot, live))
    ):
        return None
    return Twins(live, min(endpoints[live][one] for one in shared), unused, shared, protections)


def _protections(snapshot: Snapshot, path: str) -> Iterator[tuple[str, str, int]]:
    """The calls by which a file protects itself, each once."""
    source = snapshot.get(path, Source)
    seen: set[str] = set()
    for call in source.calls if source else ():
        name = call.callee.rpartition(".")[2].rpartition("::")[2]
        if name not in seen and _PROTECTS.search(name) and not (source and source.in_test(call.line)):
            seen.add(name)
            yield name, path, call.line
