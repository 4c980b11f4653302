"""Secrets that a document or a configuration file quotes: formats nobody else uses, and URLs with a password. The value is never kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts
from checks.facts.secret_text import is_local, is_random
from checks.facts.token_formats import shaped_like

_URL = re.compile(
    r"://([^\s:/@{}$<>%\"'`|\\]{0,100}):([^\s@/{}$<>%\"'`|\\]{8,200})@([^\s/:@\"'`<>{}$,?]{4,200})"
)
# No name that others can reach, or none at all.
_INSIDE = re.compile(
    r"\.(?:internal|lan|home|corp|svc|cluster)$|\.svc\.|x{3,}|your|placeholder", re.IGNORECASE
)
_SHOWN = frozenset({"a private key", "a signed token (JWT)"})  # what documents show the form of
_SHORTEST_LINE = 20
_LONGEST_LINE = 5_000
_LIMIT = 50


@dataclass(frozen=True, slots=True)
class SecretMention:
    """A quoted secret: what it is, and of which host where that is told."""

    what: str
    line: int
    host: str = ""


@facts(
    *("*.md", "*.mdx", "*.rst", "*.adoc", "*.yaml", "*.yml", "*.toml", "*.ini", "*.cfg", "*.conf"),
    *("*.properties", "*.tf", "mcp.json", ".mcp.json", "appsettings*.json", "*.postman_collection.json"),
    version=2,
)
@dataclass(frozen=True, slots=True)
class SecretMentions:
    """The secrets that a file quotes, at most fifty."""

    held: tuple[SecretMention, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        found: list[SecretMention] = []
        for number, line in enumerate(text.split("\n"), 1):
            if _SHORTEST_LINE <= len(line) <= _LONGEST_LINE and (held := _held(line, number)):
                found.append(held)
        return cls(tuple(found[:_LIMIT]))


def _held(line: str, number: int) -> SecretMention | None:
    for url in _URL.finditer(line):
        user, password, host = url.groups()
        reachable = "." in host and not is_local(host) and not _INSIDE.search(host)
        if reachable and is_random(password) and password != user:
            return SecretMention("a URL with a password", number, host.lower())
    shape = shaped_like(line)
    return SecretMention(shape, number) if shape and shape not in _SHOWN else None
