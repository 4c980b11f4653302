"""Environment variables that configuration, scripts and templates name: what a file of variables sets, what a text uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts

_ASSIGNED = re.compile(r"^[ \t]*(?:export[ \t]+)?([A-Z][A-Z0-9_]{2,})[ \t]*=")
_EXPORTED = re.compile(r"^[ \t]*export[ \t]+([A-Z][A-Z0-9_]{2,})(?:=|[ \t]*(?:#|$))")
_USED = re.compile(
    r"\$\{?([A-Z][A-Z0-9_]{2,})|\b(?:env|environ|ENV)\.([A-Z][A-Z0-9_]{2,})"
    r"|\b(?:env|getenv|environ|ENV)\b\W{1,4}([A-Z][A-Z0-9_]{2,})\b|%([A-Z][A-Z0-9_]{2,})%"
)
_KEY = re.compile(
    r"^[ \t]*(?:-[ \t]+)?(?:(?:export|ENV|ARG)[ \t]+)?[\"']?([A-Z][A-Z0-9_]{2,})[\"']?[ \t]*[:=]"
)
_LIMIT = 5_000
_LONGEST = 300_000


@dataclass(frozen=True, slots=True)
class NamedVariable:
    """A variable with the line that sets it."""

    name: str
    line: int


@facts(".env*", "*.env", "env.example", "*.env.*", version=1)
@dataclass(frozen=True, slots=True)
class EnvironmentFile:
    """The variables that a file of `NAME=value` lines sets."""

    variables: tuple[NamedVariable, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        return cls(_variables(_ASSIGNED, text))


@facts("*.sh", "*.bash", version=2)
@dataclass(frozen=True, slots=True)
class ShellExports:
    """The variables that a script sets for the programs it starts."""

    variables: tuple[NamedVariable, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        return cls(_variables(_EXPORTED, text))


@facts(
    ".env*",
    "*.env",
    "*.yml",
    "*.yaml",
    "*.toml",
    "*.ini",
    "*.cfg",
    "*.conf",
    "*.tf",
    "*.hcl",
    "*.tpl",
    "*.tmpl",
    "*.template",
    "*.j2",
    "*.sh",
    "*.bash",
    "*.mk",
    "*.service",
    "package.json",
    "*.rb",
    "*.php",
    "*.java",
    "*.kt",
    "*.vue",
    "*.svelte",
    "*.astro",
    "Makefile",
    "GNUmakefile",
    "makefile",
    "Dockerfile*",
    "*.Dockerfile",
    "Containerfile*",
    "Procfile*",
    "justfile",
    "Justfile",
    "Caddyfile*",
    "Jenkinsfile*",
    "entrypoint*",
    "docker-entrypoint*",
    version=1,
)
@dataclass(frozen=True, slots=True)
class EnvironmentUses:
    """The variables that a text expands or looks up; `X: ${X}` only passes it on."""

    names: frozenset[str] = frozenset()

    @classmethod
    def extract(cls, text: str) -> Self:
        names: set[str] = set()
        for line in text[:_LONGEST].split("\n"):
            if len(line) > _LIMIT or line.lstrip().startswith("#"):
                continue
            key = _KEY.match(line)
            own = key.group(1) if key else None
            names |= {name for found in _USED.findall(line) for name in found if name and name != own}
        return cls(frozenset(names))


def _variables(pattern: re.Pattern[str], text: str) -> tuple[NamedVariable, ...]:
    found: dict[str, int] = {}
    for number, line in enumerate(text[:_LONGEST].split("\n"), 1):
        if len(line) <= _LIMIT and (match := pattern.match(line)):
            found.setdefault(match.group(1), number)
    return tuple(NamedVariable(name, line) for name, line in found.items())
