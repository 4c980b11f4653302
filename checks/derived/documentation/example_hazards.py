"""Code in examples that hurts whoever copies it: it panics on some input, or deletes a file that it didn't make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.rust_panics import RustPanics
from checks.facts.roles import Role
from checks.facts.source import Call, Source
from checks.snapshot import Snapshot

_DELETES = re.compile(
    r"(?:^|[.:])(?:remove_file|remove_dir_all|os\.remove|os\.unlink|shutil\.rmtree|os\.Remove|os\.RemoveAll|unlinkSync|rmSync|fs\.unlink|fs\.rm|fs\.promises\.(?:unlink|rm))$"
)
_ASKS = re.compile(r"(?:^|[.:])(?:Path|Path::new|new|exists|isfile|is_file|isdir|existsSync|Stat)$")
_PASSING = re.compile(r"te?mp|cache|^/|^~", re.IGNORECASE)
_PATH = re.compile(r"^[\w./-]*\w\.?\w*$")


@dataclass(frozen=True, slots=True)
class ExampleHazard:
    """A place in an example, its text, and what it does to whoever copies it."""

    line: int
    text: str
    why: str
    subject: str


@dataclass(frozen=True)
class ExampleHazards:
    """By example; `examples` counts all of them."""

    by_path: dict[str, tuple[ExampleHazard, ...]]
    examples: int

    def __len__(self) -> int:
        return self.examples

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        panics = dict(snapshot.derived(RustPanics).of(Role.EXAMPLE))
        found: dict[str, tuple[ExampleHazard, ...]] = {}
        examples = [
            (path, source) for path, source in snapshot.files(Source) if snapshot.role(path) is Role.EXAMPLE
        ]
        for path, source in examples:
            falls = (
                ExampleHazard(p.hazard.line, p.hazard.text, p.why, "panics") for p in panics.get(path, ())
            )
            if hazards := (*falls, *_deletions(source)):
                found[path] = hazards
        return cls(found, len(examples))


def _deletions(source: Source) -> Iterator[ExampleHazard]:
    """A path written out, which no other call of the file names: it neither makes the file nor asks for it."""
    calls = [call for call in source.calls if _DELETES.search(call.callee)]
    if not calls:
        return
    makers = (
        call for call in source.calls if not _DELETES.search(call.callee) and not _ASKS.search(call.callee)
    )
    others = {argument.text for call in makers for argument in call.arguments}
    for call in calls:
        target = _target(call)
        if target and target not in others:
            why = "it deletes a file of that name which it can't know to be its own"
            yield ExampleHazard(call.line, f"{call.callee}({target})", why, "deletes")


def _target(call: Call) -> str | None:
    first = call.arguments[0] if call.arguments else None
    if first is None or not first.literal or _PASSING.search(first.text) or not _PATH.match(first.text):
        return None
    return first.text
