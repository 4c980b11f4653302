"""Security controls that exist and don't hold: the default is the one that allows everything, or nobody switches it on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.references import References, is_test_code
from checks.facts.rust_source import RustSource
from checks.facts.source import DefinitionKind, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

_CONTROL = r"(?:Authenticator|Authoriz\w+|Authoris\w+|Authentication|AuditLog\w*|Auditor|RateLimiter|Limiter|Encryptor|Verifier|AccessPolicy|AuthProvider|AuthService)"
_PERMISSIVE = re.compile(
    rf"^[*&]?(?:\w+(?:\.|::))*(?:New|new )?(?:No|NoOp|Noop|NOOP|Nop|Null|NoAuth|AllowAll|PermitAll|AllowAny|Dummy|Permissive|Unlimited|Disabled)({_CONTROL})\w*\b"
)
_CONTROL_TYPE = re.compile(rf"({_CONTROL})$")
_OPEN_NAME = re.compile(
    r"^(?:No|NoOp|Noop|NOOP|Nop|Null|NoAuth|AllowAll|PermitAll|AllowAny|Dummy|Mock|Fake|Stub|Permissive|Unlimited|Disabled)[A-Z]"
)
_GUARD = re.compile(r"Encrypt|Auth(?!or\b)|Audit|RateLimit|Sandbox|Firewall|AccessControl|SecretStore|Vault")
_INITIALISES = re.compile(r"^(?:init\w*|install\w*|set_global\w*|set_instance|setup|load_from_\w+|enable)$")
_CONSULTS = re.compile(r"^(?:get|global|instance|current|try_get)$")


@dataclass(frozen=True, slots=True)
class OpenControl:
    """A control that doesn't hold. `line` is that of the default, or of the function that would switch it on."""

    subject: str
    path: str
    line: int
    message: str
    places: tuple[tuple[str, str, int], ...]  # note, path, line


@dataclass(frozen=True)
class SecurityControls:
    """Every control of shipped code that can be told, by name; `open` are those that don't hold."""

    names: frozenset[str]
    open: tuple[OpenControl, ...]

    def __len__(self) -> int:
        return len(self.names)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        sources = [(path, s) for path, s in snapshot.shipped(Source) if not is_test_code(snapshot, path)]
        real = dict(_real_controls(sources))
        references = snapshot.derived(References)
        found = [o for path, source in sources for o in _defaults(path, source, real, references)]
        rust = [(p, s) for p, s in sources if isinstance(s, RustSource)]
        guards = {
            d.name for _, s in rust for d in s.definitions if "." not in d.name and _GUARD.search(d.name)
        }
        names = guards.union(name for name, _, _ in real.values())
        return cls(frozenset(names), (*found, *_never_initialised(rust)))


def _real_controls(sources: list[tuple[str, Source]]) -> Iterator[tuple[str, tuple[str, str, int]]]:
    """What the control does -> a class that does it."""
    for path, source in sources:
        for item in source.definitions:
            match = _CONTROL_TYPE.search(item.name)
            works = item.kind is DefinitionKind.CLASS and not item.abstract
            # A bare `Authenticator` is the interface in languages where a class can be one.
            named = "Limiter" in item.name or not (match and item.name == match.group(1))
            if match and works and named and not _OPEN_NAME.match(item.name):
                yield match.group(1), (item.name, path, item.line)


def _defaults(
    path: str, source: Source, real: dict[str, tuple[str, str, int]], references: References
) -> Iterator[OpenControl]:
    """A constructor that puts in the permissive control, where nothing outside the file puts in another."""
    chosen = [
        (argument.name, argument.text, call.line, call.inside)
        for call in source.calls
        for argument in call.arguments
        if argument.name and _PERMISSIVE.match(argument.text)
    ]
    chosen += [
        (binding.name.rpartition(".")[2], binding.value, binding.line, binding.inside)
        for binding in source.bindings
        if binding.inside and "." in binding.name and _PERMISSIVE.match(binding.value)
    ]
    for name, text, line, inside in chosen:
        control = _PERMISSIVE.match(text)
        if control is None or source.in_test(line) or control.group(1) not in real:
            continue
        setters = _setters(source, name, inside)
        if any(set(references.users.get(setter.rpartition(".")[2], ())) - {path} for setter in setters):
            continue
        secure, where, at = real[control.group(1)]
        places = (
            (f"{secure} exists", where, at),
            *((f"{s} would replace it: no shipped code calls it", path, line) for s in setters),
        )
        message = f"`{name}` is `{text.partition('(')[0]}` by default, which lets everything through, and nothing that ships replaces it."
        yield OpenControl(name, path, line, message, places)


def _setters(source: Source, name: str, constructor: str | None) -> tuple[str, ...]:
    """The functions that put another value into the same field."""
    found = (
        binding.inside
        for binding in source.bindings
        if binding.inside and binding.inside != constructor and binding.name.endswith(f".{name}")
    )
    return tuple(dict.fromkeys(found))


def _never_initialised(sources: list[tuple[str, RustSource]]) -> Iterator[OpenControl]:
    """A global that shipped code consults, and whose initialiser nothing calls."""
    calls = {
        tuple(call.callee.split("::")[-2:])
        for _, source in sources
        for call in source.calls
        if "::" in call.callee and not source.in_test(call.line)
    }
    for path, source in sources:
        methods: dict[str, dict[str, int]] = {}
        for item in source.definitions:
            owner, _, name = item.name.rpartition(".")
            if owner and _GUARD.search(owner) and not source.in_test(item.line):
                methods.setdefault(owner, {})[name] = item.line
        for owner, names in methods.items():
            starters = [name for name in names if _INITIALISES.match(name)]
            consulted = [name for name in names if _CONSULTS.match(name) and (owner, name) in calls]
            if not (starters and consulted) or any(
                (owner, s) in calls or ("Self", s) in calls for s in starters
            ):
                continue
            users = [
                (f"consults {owner}::{consulted[0]}", other, call.line)
                for other, code in sources
                for call in code.calls
                if call.callee.endswith(f"{owner}::{consulted[0]}") and not code.in_test(call.line)
            ]
            message = (
                f"{owner} is consulted, and nothing calls `{owner}::{starters[0]}`: it is never switched on."
            )
            yield OpenControl(owner, path, names[starters[0]], message, tuple(users[:6]))
