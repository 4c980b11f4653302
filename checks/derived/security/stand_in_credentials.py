"""Texts that stand where a key belongs ("your-api-key-here"), given to a client or handed out as the key: no secret, and no key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.credentials import NAME
from checks.facts.source import BodyForm, Call, Definition, Source
from checks.snapshot import Snapshot

# Text that stands where a key belongs: "your-api-key-here", "xai-api-key-placeholder".
_STAND_IN = re.compile(
    r"^(?=.*(?:api|access|secret|auth)[-_ ]?(?:key|token|secret))(?=.*(?:placeholder|your|replace|change[-_ ]?me|insert|x{3,}))[\w -]{8,60}$",
    re.IGNORECASE,
)
_CONNECTS = re.compile(
    r"(?:^|[.:_]|[a-z](?=[A-Z]))(?:new_?\w*|create\w*|connect|client|login|authenticate|configure)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class StandIn:
    """A call or a function, and what is wrong with it."""

    path: str
    line: int
    subject: str
    problem: str


@dataclass(frozen=True)
class StandInCredentials:
    """Those of the code that ships."""

    all: tuple[StandIn, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls(
            tuple(found for path, source in snapshot.shipped(Source) for found in _found(path, source))
        )


def _found(path: str, source: Source) -> Iterator[StandIn]:
    for call in source.calls:
        if _is_given(call) and not source.in_test(call.line):
            problem = f"`{call.callee}` is given a placeholder for its credential: it can't work."
            yield StandIn(path, call.line, f"{call.inside or 'module'}: {call.callee}", problem)
    for function in source.functions():
        if _hands_out(function):
            problem = f"`{function.name}` returns a placeholder for a credential: what uses it can't work."
            yield StandIn(path, function.line, function.name, problem)


def _is_given(call: Call) -> bool:
    return _CONNECTS.search(call.callee) is not None and any(
        argument.literal and _STAND_IN.match(argument.text) for argument in call.arguments
    )


def _hands_out(function: Definition) -> bool:
    returned = (function.returns or "").strip("\"'`")
    named = NAME.search(function.name) is not None
    return named and function.body is BodyForm.CONSTANT and _STAND_IN.match(returned) is not None
