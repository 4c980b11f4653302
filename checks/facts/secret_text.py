"""What makes a text a credential: its shape, or how random it is. Pure, for facts and for checks."""

from __future__ import annotations

import math
import re
from collections import Counter

SHAPES = (
    (re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"), "an AWS access key"),
    (re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_[A-Za-z0-9_]{60,}\b"), "a GitHub token"),
    (re.compile(r"\bglpat-[A-Za-z0-9_-]{20,}\b"), "a GitLab token"),
    (re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{20,}\b"), "a Slack token"),
    (
        re.compile(r"\bhttps://hooks\.slack\.com/services/T\w{8,}/B\w{8,}/\w{20,}\b"),
        "a Slack webhook address",
    ),
    (re.compile(r"\b[sr]k_live_[A-Za-z0-9]{20,}\b"), "a Stripe key"),
    (re.compile(r"\bAIza[0-9A-Za-z_-]{35}\b"), "a Google API key"),
    (re.compile(r"\bSG\.[\w-]{22}\.[\w-]{43}\b"), "a SendGrid key"),
    (re.compile(r"\bnpm_[A-Za-z0-9]{36}\b"), "an npm token"),
    (re.compile(r"\bpypi-AgEIcHlwaS5vcmc[\w-]{50,}"), "a PyPI token"),
    (re.compile(r"\bhf_[A-Za-z]{34}\b"), "a Hugging Face token"),
    (re.compile(r"\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}\b"), "a model provider's key"),
    (re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[\s\\nr]*[A-Za-z0-9+/]{40}"), "a private key"),
)
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


def shaped_like(text: str) -> str | None:
    """The verified format that the text holds ("an AWS access key"), or None."""
    for shape, kind in SHAPES:
        match = shape.search(text)
        if match and entropy(match.group()[-24:]) > 3.0 and "EXAMPLE" not in text.upper():
            return kind
    return None


def is_local(host: str) -> bool:
    """Whether a host is the machine itself, or a name that is kept free for examples (RFC 2606)."""
    return _LOCAL.search(host) is not None


def is_random(text: str) -> bool:
    """Long and mixed enough not to be a word, a name, a path or a placeholder."""
    if not 8 <= len(text) < 400 or PLACEHOLDER.search(text) or WORDS.match(text):
        return False
    mixed = any(c.isdigit() for c in text) and any(c.isalpha() for c in text)
    return mixed and entropy(text) >= 2.8


def entropy(text: str) -> float:
    """Shannon's entropy of the characters, in bits each."""
    counts = Counter(text)
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values()) if text else 0.0
