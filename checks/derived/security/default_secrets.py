"""Secrets with a value that everybody knows: defaults in code, and defaults in what deploys the software."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from checks.derived.configurations import Configurations, is_for_development
from checks.derived.stateful_stores import is_database
from checks.facts.compose import Compose
from checks.facts.kubernetes import KubernetesManifest
from checks.facts.roles import Role
from checks.facts.source import Call, Source
from checks.snapshot import Snapshot

SECRET = re.compile(
    r"(?:^|[_.\-a-z])(?:password|passwd|passphrase|secret|secret[_-]?key|api[_-]?key|private[_-]?key|signing[_-]?key|encryption[_-]?key|jwt[_-]?(?:secret|key)"
    r"|session[_-]?(?:secret|key)|cookie[_-]?(?:secret|key)|auth[_-]?token|access[_-]?token|root[_-]?password)$",
    re.IGNORECASE,
)
_NOT_A_VALUE = re.compile(
    r"^$|(?:^|[-_])x{3,}$|^(?:none|null|nil|undefined|true|false|\d{1,3})$|[\s(){}<>$*%]|^\.\.\.|://|^/|\.(?:txt|pem|key|json|ya?ml)$|^(?:x-|env:|vault:|secret:|ref:|file:)",
    re.IGNORECASE,
)
_DEFAULTS = re.compile(
    r"^(?:admin|administrator|root|user|guest|postgres|mysql|redis|rabbitmq|minio|minioadmin|elastic|grafana|changeme|change[-_]?(?:me|it|this)[\w!-]*|password\d*|passw0rd"
    r"|p@ssw0rd|pass|secret\d*|test|default|demo|example|letmein|welcome|qwerty\w*|1234\d*|abc123|toor|masterkey|supersecret[\w-]*|your[-_].*|my[-_]?secret[\w-]*"
    r"|(?:dev|development|insecure|super|jwt|default|my|very)[-_].*(?:secret|key|password)[\w-]*|.*change[-_ ]?(?:me|in[-_ ]production|this).*|replace[-_]?.*|secret[-_]?key)$",
    re.IGNORECASE,
)
_SUBSTITUTED = re.compile(r"\$\{(\w+):?-([^{}$]+)\}")
# What a service shows to a mail server: a wrong one sends no mail, and lets nobody in.
_OUTWARD = re.compile(r"smtp|e?mail|imap", re.IGNORECASE)
_READS = re.compile(
    r"(?:^|\.)(?:getenv|environ\.get|env\.get|get_?env|getEnv\w*|GetEnv\w*|LookupEnvOr|envOr\w*|config)$"
)


@dataclass(frozen=True, slots=True)
class DefaultSecret:
    """A secret's known value. `well_known` where anybody would try it first. The value itself is not kept."""

    path: str
    line: int
    name: str
    well_known: bool
    how: str  # "default in code", "literal", "default of a variable"
    published: bool = False
    also: tuple[tuple[str, int], ...] = ()  # name and line of further places with the same value


@dataclass(frozen=True)
class DefaultSecrets:
    """What code falls back to, and what deployments give."""

    in_code: tuple[DefaultSecret, ...]
    deployed: tuple[DefaultSecret, ...]
    configured: tuple[DefaultSecret, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        sources = tuple(snapshot.shipped(Source))
        configured = tuple(_configured(snapshot, sources))
        return cls(tuple(_in_code(sources)), tuple(_deployed(snapshot)), configured)


def is_default(value: str) -> bool:
    """Whether anybody would try this value first."""
    return _DEFAULTS.match(value) is not None


def _in_code(sources: tuple[tuple[str, Source], ...]) -> Iterator[DefaultSecret]:
    for path, source in sources:
        for call in source.calls:
            if _READS.search(call.callee) and not source.in_test(call.line) and (name := _falls_back(call)):
                yield DefaultSecret(path, call.line, name, True, "default in code")
        for field in source.fields:
            value = (field.default or "").strip("\"'")
            quoted = field.default is not None and field.default[:1] in ("'", '"')
            secret = SECRET.search(field.name) and not _OUTWARD.search(field.name)
            if quoted and secret and is_default(value) and _is_settings(field.inside):
                yield DefaultSecret(path, field.line, field.name, True, "default in code")


def _is_settings(name: str) -> bool:
    return re.search(r"settings|config|options|env", name, re.IGNORECASE) is not None


def _falls_back(call: Call) -> str | None:
    """The name of a secret that this read of the environment replaces with a literal when it is absent."""
    words = [argument for argument in call.arguments if argument.name in (None, "default")][:2]
    if len(words) < 2 or not words[0].literal or not words[1].literal or not SECRET.search(words[0].text):
        return None
    if _OUTWARD.search(words[0].text):
        return None
    return None if _NOT_A_VALUE.search(words[1].text) else words[0].text


def _deployed(snapshot: Snapshot) -> Iterator[DefaultSecret]:
    """Compose files; the ports say who can try the password. One value is one secret, however often it is given."""
    for path, compose in snapshot.files(Compose):
        if snapshot.role(path) is not Role.SHIPPED or is_for_development(path):
            continue
        found: dict[str, list[DefaultSecret]] = {}
        for service in compose.services:
            open_ports = any(port.host and not port.address.startswith("127.") for port in service.ports)
            published = open_ports and is_database(
                service.image or ""
            )  # where the password itself is asked for
            for variable in service.variables:
                if known := _known(variable.name, variable.value or ""):
                    value, how = known
                    name = f"{service.name}: {variable.name}"
                    well_known = how != "literal" or is_default(value)
                    secret = DefaultSecret(path, variable.line, name, well_known, how, published)
                    found.setdefault(value, []).append(secret)
        for first, *others in found.values():
            also = tuple((other.name, other.line) for other in others)
            published = first.published or any(other.published for other in others)
            yield replace(first, also=also, published=published)


_URL_PASSWORD = re.compile(r"^[a-z][a-z0-9+.-]*://[^\s:/@{}$<>%]*:([^\s@/{}$<>%]+)@")


def _known(name: str, value: str) -> tuple[str, str] | None:
    """The secret that the variable gives away, and how."""
    if default := _SUBSTITUTED.fullmatch(value):
        is_secret = SECRET.search(name) and not _NOT_A_VALUE.search(default.group(2))
        return (default.group(2), "default of a variable") if is_secret else None
    if url := _URL_PASSWORD.match(value):
        return url.group(1), "literal"
    if SECRET.search(name) and not _NOT_A_VALUE.search(value):
        return value, "literal"
    return None


def _is_manifest(snapshot: Snapshot, path: str) -> bool:
    """A manifest's placeholders are k8s-invalid-secret's concern."""
    manifest = snapshot.get(path, KubernetesManifest)
    return manifest is not None and bool(manifest.objects)


def _configured(snapshot: Snapshot, sources: tuple[tuple[str, Source], ...]) -> Iterator[DefaultSecret]:
    """Settings with a value that everybody knows, unless code names the same value: to refuse it."""
    refused = {literal.value for _, source in sources for literal in source.strings if len(literal.value) > 5}
    for file in snapshot.derived(Configurations).shipped:
        if snapshot.get(file.path, Compose) is not None or _is_manifest(snapshot, file.path):
            continue
        for setting in file.settings:
            known = SECRET.search(setting.key) and is_default(setting.value)
            if known and not _NOT_A_VALUE.search(setting.value) and setting.value not in refused:
                yield DefaultSecret(file.path, setting.line, setting.key, True, "literal")
