"""Which tools' migrations a text runs, whatever kind of text: a script, a workflow, an image, a document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts

# By tool, what a line says that runs its migrations; wide, since each only takes a gap back.
_RUNS = {
    "alembic": re.compile(
        r"\balembic\b.{0,200}\b(?:upgrade|stamp)\b|\bupgrade[\"',\s]{1,5}heads?\b|\bdb[\"',\s]{1,5}upgrade\b"
    ),
    "django": re.compile(r"\bmigrate(?:_\w+)?\b"),
    "prisma": re.compile(
        r"\bprisma\b.{0,200}\b(?:migrate|push)\b|\bmigrate[\"',\s:-]{1,5}(?:deploy|dev|reset)\b|\bdb:(?:migrate|push|deploy|setup)\b"
    ),
}
_LONGEST = 300_000
_LONGEST_LINE = 5_000


@facts(
    *("*.yml", "*.yaml", "*.toml", "*.json", "*.ini", "*.cfg", "*.md", "*.mdx", "*.rst", "*.txt", "*.tf", "*.service"),
    *("*.sh", "*.bash", "*.mk", "*.ps1", "*.bat", "*.rb", "*.nix", "Procfile*", "justfile", "Justfile", "Jenkinsfile", "Vagrantfile"),
    *("Makefile", "makefile", "GNUmakefile", "Dockerfile*", "*.Dockerfile", "Containerfile", "Tiltfile"),
    *("script/*", "scripts/*", "bin/*", "ci/*", "hack/*", "docker/*", "deploy/*", "*entrypoint*"),
    version=1,
    size_limit=5_000_000,
)  # fmt: skip
@dataclass(frozen=True, slots=True)
class MigrationRuns:
    """The tools by name."""

    tools: frozenset[str] = frozenset()

    @classmethod
    def extract(cls, text: str) -> Self:
        if len(text) > _LONGEST:
            return cls()
        return cls(frozenset(tool for line in text.split("\n") for tool in tools_run(line)))


def tools_run(line: str) -> list[str]:
    """The tools whose migrations a line runs."""
    return [tool for tool, says in _RUNS.items() if says.search(line[:_LONGEST_LINE])]
