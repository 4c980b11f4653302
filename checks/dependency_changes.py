"""What a change does to the dependencies, as GitHub's dependency review tells it: knowledge from outside the trees.

Shape: https://docs.github.com/rest/dependency-graph/dependency-review
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from checks.model import Severity

_SEVERITIES = {"critical": Severity.CRITICAL, "high": Severity.HIGH, "moderate": Severity.MEDIUM}
# Files out of which GitHub's dependency graph reads: https://docs.github.com/code-security/reference/supply-chain-security/dependency-graph-supported-package-ecosystems
_MANIFEST = re.compile(
    r"(?:^|/)(?:requirements[^/]*\.(?:txt|in)|Pipfile(?:\.lock)?|pyproject\.toml|poetry\.lock|uv\.lock|setup\.(?:py|cfg)|package(?:-lock)?\.json"
    r"|pnpm-lock\.yaml|yarn\.lock|go\.(?:mod|sum)|Cargo\.(?:toml|lock)|Gemfile(?:\.lock)?|composer\.(?:json|lock)|pom\.xml|build\.gradle(?:\.kts)?"
    r"|packages\.config|[^/]+\.(?:csproj|gemspec))$|(?:^|/)\.github/workflows/[^/]+\.ya?ml$"
)


@dataclass(frozen=True, slots=True)
class Advisory:
    """A published vulnerability; `severity` is GitHub's word: critical, high, moderate or low."""

    severity: str
    advisory_ghsa_id: str
    advisory_summary: str
    advisory_url: str

    @property
    def weight(self) -> Severity:
        return _SEVERITIES.get(self.severity, Severity.LOW)


@dataclass(frozen=True, slots=True)
class DependencyChange:
    """One version of a package that a manifest gets or loses."""

    change_type: Literal["added", "removed"]
    manifest: str
    ecosystem: str
    name: str
    version: str
    scope: str = "unknown"
    license: str | None = None
    vulnerabilities: tuple[Advisory, ...] = ()


@dataclass(frozen=True, slots=True)
class Dependencies:
    """One side of a change: what it alone depends on. `unavailable` says why that isn't known."""

    changed: tuple[DependencyChange, ...] = ()
    unavailable: str | None = None


@dataclass(frozen=True, slots=True)
class DependencyChanges:
    """Both sides."""

    before: Dependencies
    after: Dependencies

    @classmethod
    def unknown(cls, reason: str) -> DependencyChanges:
        """Nothing could be learnt; whoever rests on it is undecided."""
        return cls(Dependencies(unavailable=reason), Dependencies(unavailable=reason))

    @classmethod
    def parse(cls, answer: bytes) -> DependencyChanges:
        """GitHub's answer; what isn't one makes the changes unknown."""
        try:
            found = _ANSWER.validate_json(answer)
        except ValidationError:
            return cls.unknown("GitHub's dependency review answered in another form")
        removed = tuple(change for change in found if change.change_type == "removed")
        added = tuple(change for change in found if change.change_type == "added")
        return cls(Dependencies(removed), Dependencies(added))


_ANSWER: TypeAdapter[list[DependencyChange]] = TypeAdapter(list[DependencyChange])


def names_dependencies(path: str) -> bool:
    """Whether GitHub's dependency graph reads the file at this path."""
    return _MANIFEST.search(path) is not None
