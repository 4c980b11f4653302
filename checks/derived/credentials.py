"""What makes a string literal a credential: its shape, or the name it is bound to and how random it is."""

from __future__ import annotations

import math
import re
from collections import Counter

from checks.facts.source import StringLiteral

SHAPES = (
    (re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"), "an AWS access key"),
    (re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_[A-Za-z0-9_]{60,}\b"), "a GitHub token"),
    (re.compile(r"\bglpat-[A-Za-z0-9_-]{20,}\b"), "a GitLab token"),
    (re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{20,}\b"), "a Slack token"),
    (re.compile(r"\b[sr]k_live_[A-Za-z0-9]{20,}\b"), "a Stripe key"),
    (re.compile(r"\bAIza[0-9A-Za-z_-]{35}\b"), "a Google API key"),
    (re.compile(r"\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}\b"), "a model provider's key"),
    (re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[\s\\nr]*[A-Za-z0-9+/]{40}"), "a private key"),
)
URL_PASSWORD = re.compile(r"^[a-z][a-z0-9+.-]*://[^\s:/@{}$<>%]*:([^\s@/{}$<>%]{3,})@([^\s/:@]+)")
NAME = re.compile(
    r"(?:^|[_.\-\"'\[a-z])(?:password|passwd|passphrase|secret|secret_?key|api_?key|access_?key|private_?key|signing_?key"
    r"|encryption_?key|auth_?token|access_?token|api_?token|bearer_?token|client_?secret|jwt_?secret|token)[\"'\]]*$",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(
    r"change.?(?:me|it|this)|placeholder|your|example|sample|dummy|fake|mock|\btest|insert|replace|todo|xxx|redacted|hidden"
    r"|none|null|undefined|default|secret|password|passwd|token|api.?key|demo|foo|bar|abc|1234|\*\*\*|\.\.\.|[<>{}$%()\[\]\s]",
    re.IGNORECASE,
)
URL_PLACEHOLDER = re.compile(
    r"^(?:pass(?:word)?|pw|pwd|passwd|secret|user(?:name)?|postgres|root|guest|admin|test|example|x+|\*+|token|redacted|changeme"
    r"|your.*|my.*)$",
    re.IGNORECASE,
)
LOCAL = re.compile(
    r"^(?:localhost|127\.|0\.0\.0\.0|\[?::1|host\.docker|example\.|.*\.example\b|host(?:name)?$|db$)",
    re.IGNORECASE,
)
WORDS = re.compile(
    r"^[A-Za-z]+(?:[-_.:/ ][A-Za-z]+)*$|^https?://|^/|^[A-Z][A-Z0-9_]+$|^--?\w|^\w+\.\w+(?:\.\w+)*$|^application/"
)


def kind_of_credential(string: StringLiteral) -> str | None:
    """What the literal looks like ("an AWS access key"), or None."""
    value = string.value.strip()
    for shape, kind in SHAPES:
        match = shape.search(value)
        if match and entropy(match.group()[-24:]) > 3.0 and "EXAMPLE" not in value.upper():
            return kind
    url = URL_PASSWORD.match(value)
    if (
        url
        and not URL_PLACEHOLDER.match(url.group(1))
        and not LOCAL.match(url.group(2))
        and not string.formatted
    ):
        return "a URL with a password"
    if not string.name or string.formatted or not NAME.search(string.name):
        return None
    return "a credential" if _is_random(value) else None


def _is_random(value: str) -> bool:
    """Long and mixed enough not to be a word, a name, a path or a placeholder."""
    if not 8 <= len(value) < 400 or PLACEHOLDER.search(value) or WORDS.match(value):
        return False
    mixed = any(c.isdigit() for c in value) and any(c.isalpha() for c in value)
    return mixed and entropy(value) >= 2.8


def entropy(text: str) -> float:
    """Shannon's entropy of the characters, in bits each."""
    counts = Counter(text)
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values()) if text else 0.0
