"""Calls that write a file, or change its mode, so that every user of the machine can read or change it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.source import Call, Source
from checks.snapshot import Snapshot

CHANGES = re.compile(r"(?:^|[.:])(?:chmod(?:Sync)?|Chmod|fchmod|from_mode|set_mode|mode)$")
WRITES = re.compile(r"^(?:os|ioutil)\.(?:WriteFile|OpenFile|MkdirAll|Mkdir)$")
MODE = re.compile(r"^0o?([0-7]{3})$")
# What is nobody else's business, told by the words of the file and of the function that writes it.
PRIVATE = re.compile(
    r"(?:^|[/_.]|(?<=[a-z]))(?:state|store|persistence|checkpoint\w*|audit\w*|session\w*|secrets?|credentials?|tokens?|keys?|keyring|wallet|conversation\w*|history)(?:[/_.]|$|(?=[A-Z]))",
    re.IGNORECASE,
)
# What a tool or a remote call is given: nobody knows what is in it.
ARGUMENTS = frozenset({"map[string]any", "map[string]interface{}", "json.RawMessage"})


@dataclass(frozen=True, slots=True)
class OpenMode:
    """A call with the mode it gives."""

    path: str
    line: int
    callee: str
    mode: str


@dataclass(frozen=True)
class OpenFiles:
    """Those of the code that ships."""

    all: tuple[OpenMode, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls(
            tuple(found for path, source in snapshot.shipped(Source) for found in _found(path, source))
        )


def _found(path: str, source: Source) -> Iterator[OpenMode]:
    named = PRIVATE.search(path.rpartition("/")[2]) is not None
    handed = {function.name for function in source.functions() if ARGUMENTS & {*function.parameter_types}}
    for call in source.calls:
        mode = _mode(call)
        private = named or call.inside in handed
        if mode and _too_open(call, mode, private=private) and not source.in_test(call.line):
            yield OpenMode(path, call.line, call.callee, mode)


def _too_open(call: Call, mode: str, *, private: bool) -> bool:
    if int(mode[-1]) & 2 and (CHANGES.search(call.callee) or WRITES.match(call.callee)):
        return True
    return private and int(mode[-1]) & 4 != 0 and WRITES.match(call.callee) is not None


def _mode(call: Call) -> str:
    """The last literal that is a mode of three digits, or ""."""
    modes = [match.group(1) for argument in call.arguments if (match := MODE.match(argument.text))]
    return modes[-1] if modes else ""
