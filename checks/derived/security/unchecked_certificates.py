"""Where the check of the other side's certificate is switched off, in any language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.facts.source import Call, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

# Keyword -> (callee that takes it, value that switches the check off).
SWITCHES = {
    "verify": (
        re.compile(
            r"^(?:requests|httpx)\.|(?:session|client|http)\w*\.\w+$|AsyncClient$|Client$", re.IGNORECASE
        ),
        "False",
    ),
    "verify_ssl": (re.compile(r"."), "False"),
    "InsecureSkipVerify": (re.compile(r"^tls\.Config$"), "true"),
    "rejectUnauthorized": (re.compile(r"."), "false"),
}
# A file that names such a setting switches the check off where a person chose so.
CHOICE = re.compile(
    r"(?:ignore|skip|insecure|disable|allow|unsafe|no|verify|accept)_?\w*(?:tls|ssl|cert)|(?:tls|ssl|cert)\w*_?(?:ignore|skip|insecure|verif|unsafe)"
    r"|skip_?verif",
    re.IGNORECASE,
)
PARAMETER = re.compile(r"^\.*(?:is|allow|skip|use)?_?(?:insecure|unsafe|verif)", re.IGNORECASE)
SETTING = re.compile(
    r"^(?:InsecureSkipVerify|rejectUnauthorized|danger_accept_invalid_(?:certs|hostnames)|_create_unverified_context)$"
)
# Code that looks at the certificate itself: to check it in its own way, or to tell when it ends.
LOOKS = frozenset(
    {
        "PeerCertificates",
        "VerifyPeerCertificate",
        "VerifyConnection",
        "getPeerCertificate",
        "checkServerIdentity",
    }
)
LOOPBACK = re.compile(r"^(?:https?://)?(?:127\.0\.0\.1|localhost|\[?::1\]?)(?:[:/]|$)")
METHODS = re.compile(r"\.danger_accept_invalid_(?:certs|hostnames)$")
FUNCTIONS = frozenset({"ssl._create_unverified_context"})


@dataclass(frozen=True, slots=True)
class UncheckedCertificate:
    """One call that switches the check off; `at_home` where the function talks to its own machine."""

    path: str
    call: Call
    how: str
    at_home: bool


@dataclass(frozen=True)
class UncheckedCertificates:
    """Those of shipped code, but where a person chose so or the code looks at the certificate itself."""

    all: tuple[UncheckedCertificate, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found = (one for path, source in snapshot.shipped(Source) for one in _in(path, source))
        return cls(tuple(found))


def _in(path: str, source: Source) -> Iterator[UncheckedCertificate]:
    chosen = any(CHOICE.search(name) and not SETTING.match(name) for name in source.references)
    if chosen or not LOOKS.isdisjoint(source.references):
        return
    home = {text.inside for text in source.strings if text.inside and LOOPBACK.match(text.value)}
    for call in source.calls:
        how = _switched_off(call)
        if how and not source.in_test(call.line) and not _is_asked_for(source, call):
            yield UncheckedCertificate(path, call, how, call.inside in home)


def _is_asked_for(source: Source, call: Call) -> bool:
    """Whether the function takes a parameter that chooses it."""
    inside = source.definition(call.inside) if call.inside else None
    return any(PARAMETER.match(name) for name in inside.parameters) if inside else False


def _switched_off(call: Call) -> str | None:
    if call.callee in FUNCTIONS:
        return call.callee
    if METHODS.search(call.callee) and call.arguments and call.arguments[0].text == "true":
        return call.callee.rpartition(".")[2]
    for name, (callee, off) in SWITCHES.items():
        given = call.argument(name)
        if given is not None and given.literal and given.text == off and callee.search(call.callee):
            return f"{name}={off}"
    return None
