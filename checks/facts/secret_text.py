"""What makes a text without a format of its own a credential: how random it is. Pure, for facts and for checks."""

from __future__ import annotations

import re

from checks.facts.token_formats import entropy, is_public

PLACEHOLDER = re.compile(
    r"change.?(?:me|it|this)|placeholder|your|example|sample|dummy|fake|mock|\btest|insert|replace|todo|xxx|redacted|hidden"
    r"|none|null|undefined|default|secret|password|passwd|token|api.?key|demo|foo|bar|abc|1234|\*\*\*|\.\.\.|[<>{}$%()\[\]\s]",
    re.IGNORECASE,
)
_LOCAL = re.compile(
    r"^(?:localhost|127\.|0\.0\.0\.0|\[?::1|host\.docker|host(?:name)?$|db$)|(?:^|\.)(?:example|test|invalid|local|localhost)(?:\.|$)",
    re.IGNORECASE,
)
WORDS = re.compile(
    r"^[A-Za-z]+(?:[-_.:/ ][A-Za-z]+)*$|^https?://|^/|^[A-Z][A-Z0-9_]+$|^--?\w|^\w+\.\w+(?:\.\w+)*$|^application/"
)
_SEPARATORS = re.compile(r"[-_.:/+ ]")
_NAME_PART = re.compile(r"^(?:[A-Za-z]?[a-z]*\d{0,4}|[A-Z]+\d{0,4}|\d{1,4}[a-z]{0,3})$")


def is_local(host: str) -> bool:
    """Whether a host is the machine itself, or a name that is kept free for examples (RFC 2606)."""
    return _LOCAL.search(host) is not None


def is_random(text: str) -> bool:
    """Long and mixed enough not to be a word, a name, a path or a placeholder."""
    if not 8 <= len(text) < 400 or PLACEHOLDER.search(text) or WORDS.match(text) or is_public(text):
        return False
    mixed = any(c.isdigit() for c in text) and any(c.isalpha() for c in text)
    return mixed and entropy(text) >= 2.8


def is_machine_made(text: str) -> bool:
    """Random, and not put together from words and numbers as names are: "rsa-2048-bits", "oauth2.v3"."""
    return is_random(text) and not all(_NAME_PART.match(part) for part in _SEPARATORS.split(text))
