"""Signed tokens and requests that are read without their signature being checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.facts.source import BodyForm, Call, Comment, Definition, DefinitionKind, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

# Calls that never check, whatever they are given.
NEVER = re.compile(
    r"\.(?:ParseUnverified|UnsafeClaimsWithoutVerification|get_unverified_claims|insecure_disable_signature_validation)$"
    r"|\b(?:dangerous_)?insecure_decode(?:_with_validation)?$"
)
DECODES = re.compile(r"(?:^|\.)(?:jwt|pyjwt|jsonwebtoken|JWT)\.decode$")
SWITCHED_OFF = re.compile(r"verify_signature[\"']?\s*[:=]\s*False", re.IGNORECASE)
AUTHENTICATES = re.compile(
    r"auth|login|session|principal|current_?user|guard|permission|middleware|verify", re.IGNORECASE
)
VERIFIES = re.compile(
    r"(?:^|[._:])(?:jwt_?|rsa_?|token_?)?verify\w*$|Verify\w*$|\.ParseWithClaims$|^(?:jwt|\w*Parser|p)\.Parse$|compare_digest$"
    r"|hmac\.(?:Equal|new|New)$|\bcreateHmac$|timingSafeEqual$|jwtVerify$|jws\.verify$|introspect"
)
# Its name says that nothing is verified, or that it only looks at what a client may look at.
SAYS_SO = re.compile(
    r"unverified|insecure|peek|unsafe|inspect|debug|print|expir|issuer|\bkid\b|header|display", re.IGNORECASE
)
LEFT_OUT = re.compile(
    r"\b(?:TODO|FIXME|XXX|HACK)\b[^.\n]{0,40}\b(?:verif|validat|check)\w*[^.\n]{0,60}\bsignatures?\b"
    r"|\b(?:TODO|FIXME|XXX|HACK)\b[^.\n]{0,40}\b(?:verif|validat)\w* (?:the )?(?:jwt|webhook|id token|access token)\b"
    r"|\bin (?:production|a real \w+),? (?:you|we|this) (?:would|should)[^.\n]{0,30}\b(?:verif|validat|check)\w*[^.\n]{0,40}\bsignatures?\b",
    re.IGNORECASE,
)
BY_HAND = re.compile(
    r"\bmanual(?:ly)?\b.{0,40}\b(?:validat|verif|check)|\b(?:validat|verif|check)\w*\b.{0,40}\bmanually\b",
    re.IGNORECASE,
)
CHECKER = re.compile(r"^_*(?:verify|validate|check)_?\w*(?:signature|jwt|hmac|webhook)", re.IGNORECASE)
PASSES = re.compile(r"^(?:true|nil|None|Ok\(|\(?(?:true|nil), nil|\{?[\"']?valid)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unverified:
    """One place where a signature goes unchecked; `sure` unless something near may check it after all."""

    path: str
    name: str
    line: int
    what: str
    sure: bool


@dataclass(frozen=True)
class UnverifiedSignatures:
    """The places, each function once."""

    places: tuple[Unverified, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found: dict[tuple[str, str], Unverified] = {}
        for path, source in snapshot.shipped(Source):
            for place in _places(path, source):
                found.setdefault((path, place.name), place)
        return cls(tuple(found.values()))


def _places(path: str, source: Source) -> Iterator[Unverified]:
    functions = [d for d in source.definitions if d.kind in (DefinitionKind.FUNCTION, DefinitionKind.METHOD)]
    by_hand = {
        d.name
        for comment in source.comments
        if BY_HAND.search(comment.text)
        for d in functions
        if d.line <= comment.line <= d.end_line
    }
    verifying = {call.inside for call in source.calls if _verifies(call)}
    for definition in functions:
        if CHECKER.match(definition.name.rpartition(".")[2]) and _checks_nothing(definition):
            what = f"`{definition.name}` checks nothing and returns `{definition.returns or 'nothing'}`"
            yield Unverified(path, definition.name, definition.line, what, sure=True)
    for call in source.calls:
        how = _unchecked(call, source)
        name = call.inside or "module"
        if how and name not in verifying and not SAYS_SO.search(name) and not source.in_test(call.line):
            yield Unverified(path, name, call.line, how, sure=not verifying and name not in by_hand)
    for comment in source.comments:
        place = _admitted(path, source, comment, functions)
        if place is not None and place.name not in verifying:
            yield place


def _checks_nothing(definition: Definition) -> bool:
    idle = definition.body is BodyForm.EMPTY and definition.return_type in (None, "None", "()")
    passes = definition.body is BodyForm.CONSTANT and PASSES.match(definition.returns or "") is not None
    return bool(definition.parameters) and not definition.abstract and (passes or idle)


def _verifies(call: Call) -> bool:
    if DECODES.search(call.callee):
        return not _switched_off(call) and len(call.arguments) > 1
    return VERIFIES.search(call.callee) is not None


def _switched_off(call: Call) -> bool:
    options, verify = call.argument("options"), call.argument("verify")
    return bool((options and SWITCHED_OFF.search(options.text)) or (verify and verify.text == "False"))


def _unchecked(call: Call, source: Source) -> str | None:
    """How a call reads a token without checking it."""
    if NEVER.search(call.callee):
        return f"`{call.callee}` doesn't check the signature"
    if not DECODES.search(call.callee):
        return None
    if _switched_off(call):
        return f"`{call.callee}` is told not to check the signature"
    # JavaScript's jsonwebtoken never checks in `decode`; an id token straight from its issuer needs no check.
    script = any(found.module == "jsonwebtoken" for found in source.imports)
    direct = any(re.search(r"id_?token", argument.text, re.IGNORECASE) for argument in call.arguments)
    if script and not direct and AUTHENTICATES.search(call.inside or ""):
        return f"`{call.callee}` reads the token without checking its signature"
    return None


def _admitted(path: str, source: Source, comment: Comment, functions: list[Definition]) -> Unverified | None:
    """A comment that leaves the check for later, in a function that goes on without it."""
    if not LEFT_OUT.search(comment.text) or source.in_test(comment.line):
        return None
    around = [d for d in functions if d.line <= comment.line <= d.end_line]
    if not around:
        return None
    inner = max(around, key=lambda definition: definition.line)
    refuses = inner.body is BodyForm.NOT_IMPLEMENTED
    what = f"its comment says: “{' '.join(comment.text.split())[:100]}”"
    return None if refuses else Unverified(path, inner.name, comment.line, what, sure=True)
