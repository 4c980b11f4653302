"""The configuration files and folders that a file names which is no source code: scripts, manifests, workflows, images."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts

CONFIGURATION = re.compile(r"\.(?:toml|ya?ml|json5?|jsonc|ini|cfg|conf|properties)$")
_TOKEN = re.compile(r"[\w${}*.~@/-]+")
_LONGEST = 300_000
_LONGEST_LINE = 5_000


@facts(
    *("*.yml", "*.yaml", "*.toml", "*.json", "*.ini", "*.cfg", "*.conf", "*.env", ".env*", "*.service", "*.tf"),
    *("*.sh", "*.bash", "*.ksh", "*.bats", "*.mk", "*.ps1", "*.bat", "*.rb", "*.nix", "*.html"),
    *("Makefile", "makefile", "GNUmakefile", "Dockerfile*", "*.Dockerfile", "Containerfile", "Procfile*", "justfile", "Justfile"),
    *("Tiltfile", "Jenkinsfile", "Vagrantfile", "script/*", "scripts/*", "bin/*", "ci/*", "hack/*"),
    version=1,
    size_limit=5_000_000,
)  # fmt: skip
@dataclass(frozen=True, slots=True)
class NamedConfigurations:
    """The last parts of all paths: `files` end as configurations do, `folders` have no extension."""

    files: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()

    @classmethod
    def extract(cls, text: str) -> Self:
        if len(text) > _LONGEST:  # data, not configuration
            return cls()
        lines = (line for line in text.split("\n") if not line.lstrip().startswith("#"))
        names = {name for line in lines if len(line) <= _LONGEST_LINE for name in last_parts(line)}
        files = frozenset(name for name in names if CONFIGURATION.search(name))
        return cls(files, frozenset(name for name in names - files if "." not in name))


def last_parts(text: str) -> Iterator[str]:
    """The last part of everything in the text that could be a path; before a pattern, the folder that it is for."""
    for token in _TOKEN.findall(text):
        folder, _, name = token.rstrip("/").removesuffix("/*").rpartition("/")
        yield name
        if "}" in name:
            yield "}" + name.rpartition("}")[2]
        if "*" in name or "}" in name or "$" in name:
            yield folder.rpartition("/")[2]
