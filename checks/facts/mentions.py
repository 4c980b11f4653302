"""Modules and source files that a configuration, script or manifest names, in whatever format it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts

_MODULE = re.compile(r"(?<![\w./@:-])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+(?::\w+)?(?![\w/@-])")
_FILE = re.compile(
    r"(?<![\w/.-])(?:[\w.@~$-]|/(?!/))*[\w-]\.(?:py|js|mjs|cjs|ts|tsx|jsx|mts|cts|go|rs|sh)(?![\w.-])"
)
_RUN_MODULE = re.compile(r"\bpython[\d.]*\s+(?:-\w\s+)*-m\s+([A-Za-z_][\w.]*)")
_LIMIT = 5_000
_LONGEST = 300_000


@dataclass(frozen=True, slots=True)
class Mention:
    """One name as written, with the line of its first mention."""

    name: str
    line: int


@facts(
    "*.yml",
    "*.yaml",
    "*.toml",
    "*.ini",
    "*.cfg",
    "*.conf",
    "*.env",
    ".env*",
    "package.json",
    "tasks.json",
    "launch.json",
    "vercel.json",
    "serverless.json",
    "function.json",
    "app.json",
    "deno.json",
    "angular.json",
    "project.json",
    "nx.json",
    "turbo.json",
    "*.config.json",
    "*.service",
    "*.timer",
    "*.tf",
    "*.hcl",
    "*.nomad",
    "*.sh",
    "*.bash",
    "*.mk",
    "index.html",
    "Makefile",
    "makefile",
    "GNUmakefile",
    "Dockerfile*",
    "*.Dockerfile",
    "Containerfile",
    "Procfile*",
    "justfile",
    "Justfile",
    "Tiltfile",
    "Jenkinsfile",
    "crontab*",
    "Vagrantfile",
    version=1,
    size_limit=5_000_000,
)
@dataclass(frozen=True, slots=True)
class Mentions:
    """What looks like a dotted module or like a path of a source file, comments aside where `#` starts them."""

    modules: tuple[Mention, ...] = ()
    files: tuple[Mention, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        if len(text) > _LONGEST:  # data, not configuration
            return cls()
        modules: dict[str, int] = {}
        files: dict[str, int] = {}
        for number, line in enumerate(text.split("\n"), 1):
            if line.lstrip().startswith("#") or len(line) > _LIMIT:
                continue
            for match in _FILE.finditer(line):
                files.setdefault(match.group(0), number)
            for match in (*_MODULE.finditer(line), *_RUN_MODULE.finditer(line)):
                modules.setdefault(match.group(match.lastindex or 0), number)
        return cls(_mentions(modules), _mentions(files))


def _mentions(found: dict[str, int]) -> tuple[Mention, ...]:
    return tuple(Mention(name, line) for name, line in list(found.items())[:_LIMIT])
