"""Where Rust code panics on input that nobody controls: text cut inside a character, an empty answer."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.roles import Role
from checks.facts.rust_hazards import Hazard, RustHazards
from checks.facts.rust_source import RustSource
from checks.facts.source import Definition
from checks.snapshot import Snapshot

# Letters and figures of ASCII only.
_ASCII = re.compile(
    r"(?:^|[._])(?:hash|sha\d*|digest|hex|id|uuid|commit|checksum|nonce|timestamp|date|time|oid|rev|version|fingerprint|ulid|bytes|buf|buffer)(?:[._(]|$)"
)
_NEAR = 12  # lines
_TEXT = re.compile(r"^&?(?:'\w+\s+)?(?:mut\s+)?(?:str|String|Cow<.*str>)$")


@dataclass(frozen=True, slots=True)
class Panic:
    """A place, what is taken there, and why it may not be there."""

    path: str
    hazard: Hazard
    why: str


@dataclass(frozen=True)
class RustPanics:
    """By path; `role` says where: shipped code, or examples, which people copy."""

    by_path: dict[str, tuple[Panic, ...]]
    roles: dict[str, Role]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found: dict[str, tuple[Panic, ...]] = {}
        for path, hazards in snapshot.files(RustHazards):
            source = snapshot.get(path, RustSource)
            if source and (hazards.slices or hazards.firsts) and not path.endswith("build.rs"):
                found[path] = tuple(_in_file(path, hazards, source))
        kept = {path: panics for path, panics in found.items() if panics}
        return cls(kept, {path: snapshot.role(path) for path in kept})

    def of(self, role: Role) -> Iterator[tuple[str, tuple[Panic, ...]]]:
        return ((path, panics) for path, panics in self.by_path.items() if self.roles[path] is role)


def _in_file(path: str, hazards: RustHazards, source: RustSource) -> Iterator[Panic]:
    functions = sorted(source.functions(), key=lambda one: one.line)
    for hazard in hazards.slices:
        inside = _function(functions, hazard.line)
        if (
            not source.in_test(hazard.line)
            and not _ASCII.search(hazard.name)
            and not _is_asked(hazards.boundaries, inside, hazard)
            and (hazard.is_text or _is_text_parameter(inside, hazard.name))
        ):
            yield Panic(
                path, hazard, "it cuts text at a byte, and panics inside a character that takes several"
            )
    for hazard in hazards.firsts:
        inside = _function(functions, hazard.line)
        if not source.in_test(hazard.line) and not _is_asked(hazards.guards, inside, hazard):
            yield Panic(path, hazard, "it panics when the answer is empty")


def _function(functions: list[Definition], line: int) -> Definition | None:
    """The last function that begins before the line and ends after it."""
    at = bisect_left([one.line for one in functions], line + 1) - 1
    return functions[at] if at >= 0 and functions[at].end_line >= line else None


def _is_asked(lines: tuple[int, ...], inside: Definition | None, hazard: Hazard) -> bool:
    """Whether one of the lines stands close before, in the same function."""
    first = max(inside.line if inside else 0, hazard.line - _NEAR)
    at = bisect_left(lines, first)
    return at < len(lines) and lines[at] <= hazard.line


def _is_text_parameter(inside: Definition | None, name: str) -> bool:
    if inside is None or name not in inside.parameters:
        return False
    kind = inside.parameter_types[inside.parameters.index(name)]
    return _TEXT.match(kind.strip()) is not None
