"""OAuth callbacks, and whether the state they get back is compared with anything that was kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.source import Call, Source
from checks.snapshot import Snapshot

_OAUTH = re.compile(r"oauth|oidc|openid|authoriz|sso", re.IGNORECASE)
_CALLBACK = re.compile(r"callback", re.IGNORECASE)
_EXCHANGES = re.compile(
    r"(?:^|[._])(?:exchange\w*|fetch_?token|get_?(?:access_?)?token\w*|request_?token|Exchange|authorize_access_token)$",
    re.IGNORECASE,
)
# What keeps a value for one visitor, or proves that a value is our own.
_KEPT = re.compile(
    r"session|cookie|redis|cache|hmac|compare_?digest|timing_?safe|constant_?time|itsdangerous|serializer|jwt|jose|sign(?:ed|er|ature)?(?:$|[_.A-Z])|verif|nonce_?store|state_?store"
    r"|(?:expected|saved|stored|original|request|issued|initial|known)_?state\b"
    r"|states?\b.*\b(?:pop|get|delete|has)|authlib|passport|next-?auth|better-auth|arctic|goth|decrypt|fernet|pkce|code_?verifier",
    re.IGNORECASE,
)
_READS_CODE = re.compile(r"(?:FormValue|Query\(\)\.Get|QueryParam|query|args\.get|query_params\.get)$")


@dataclass(frozen=True, slots=True)
class OauthCallback:
    """A function that takes an authorisation code back. `checkers` are the files that its `state` is given to."""

    path: str
    line: int
    name: str
    verified: bool
    reads_state: bool


@dataclass(frozen=True)
class OauthCallbacks:
    """All of them, by path."""

    all: tuple[OauthCallback, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        sources = tuple(snapshot.shipped(Source))
        oauth = [(path, source) for path, source in sources if _is_oauth(path, source)]
        defined: dict[str, list[Source]] = {}
        for _, source in oauth:
            for one in source.definitions:
                defined.setdefault(one.name.rpartition(".")[2], []).append(source)
        return cls(tuple(found for path, source in oauth for found in _callbacks(path, source, defined)))


def _is_oauth(path: str, source: Source) -> bool:
    return _OAUTH.search(path) is not None or any(_OAUTH.search(one.name) for one in source.definitions)


def _callbacks(path: str, source: Source, defined: dict[str, list[Source]]) -> Iterator[OauthCallback]:
    for function in source.functions():
        if not _CALLBACK.search(function.name) and not any(_CALLBACK.search(d) for d in function.decorators):
            continue
        calls = [call for call in source.calls if call.inside == function.name]
        if not any(_EXCHANGES.search(call.callee) for call in calls):
            continue
        takes_code = "code" in function.parameters or any(_reads(call, "code") for call in calls)
        if takes_code:
            reads = "state" in function.parameters or any(_reads(call, "state") for call in calls)
            checkers = [
                s for call in calls if _given(call) for s in defined.get(call.callee.rpartition(".")[2], ())
            ]
            verified = any(_keeps(one) for one in (source, *checkers))
            yield OauthCallback(path, function.line, function.name, verified, reads)


def _reads(call: Call, name: str) -> bool:
    return (
        bool(call.arguments)
        and call.arguments[0].text == name
        and _READS_CODE.search(call.callee) is not None
    )


def _given(call: Call) -> bool:
    return any(argument.text == "state" for argument in call.arguments)


def _keeps(source: Source) -> bool:
    if any(_KEPT.search(statement.module) for statement in source.imports):
        return True
    return any(_KEPT.search(name) for name in source.references) or any(
        _KEPT.search(call.callee) for call in source.calls
    )
