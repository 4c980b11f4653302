"""The upper-case words of configuration, scripts and sources in languages that are not parsed: what may be a variable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts

_WORD = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*(?![a-z])")
_SHORTEST = 4
_LIMIT = 5_000


@facts(
    "*.yml",
    "*.yaml",
    "*.toml",
    "*.ini",
    "*.cfg",
    "*.conf",
    "*.json",
    "*.service",
    "*.tf",
    "*.hcl",
    "*.mk",
    "*.html",
    "*.tmpl",
    "*.j2",
    "*.erb",
    "*.template",
    "*.tpl",
    "*.prisma",
    "*.rb",
    "*.php",
    "*.java",
    "*.kt",
    "*.cs",
    "*.ex",
    "*.exs",
    "*.ipynb",
    "Makefile",
    "Dockerfile*",
    "*.Dockerfile",
    "Procfile*",
    "justfile",
    "Jenkinsfile",
    version=1,
    size_limit=500_000,
)
@dataclass(frozen=True, slots=True)
class UpperWords:
    """Each word once."""

    words: frozenset[str] = frozenset()

    @classmethod
    def extract(cls, text: str) -> Self:
        words = (word for word in _WORD.findall(text) if len(word) >= _SHORTEST)
        return cls(frozenset(sorted(set(words))[:_LIMIT]))
