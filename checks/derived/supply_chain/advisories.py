"""Advisories that the repository's own audit tools are told to pass over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from checks.facts.advisory_exceptions import AdvisoryException, AdvisoryExceptions
from checks.facts.roles import Role
from checks.snapshot import Snapshot

_TOOLS = {
    "deny.toml": "cargo-deny",
    ".deny.toml": "cargo-deny",
    "audit.toml": "cargo-audit",
    "osv-scanner.toml": "osv-scanner",
    ".snyk": "Snyk",
    ".nsprc": "better-npm-audit",
    ".pip-audit-ignore": "pip-audit",
}
_OURS = frozenset({Role.SHIPPED, Role.TOOL})


@dataclass(frozen=True, slots=True)
class SilencedAdvisory:
    """An advisory with the tool that is told to pass over it."""

    exception: AdvisoryException
    tool: str
    path: str


@dataclass(frozen=True)
class SilencedAdvisories:
    """All of them, by path and line."""

    all: tuple[SilencedAdvisory, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls(
            tuple(
                SilencedAdvisory(exception, _tool(path), path)
                for path, facts in snapshot.files(AdvisoryExceptions)
                if snapshot.role(path) in _OURS
                for exception in facts.exceptions
            )
        )


def _tool(path: str) -> str:
    name = path.rpartition("/")[2]
    if name.startswith((".trivyignore", ".grype")):
        return "Trivy" if "trivy" in name else "Grype"
    return _TOOLS.get(name, "audit-ci")
