"""Dependabot's configuration: which ecosystems are kept up to date, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts
from checks.facts.yaml_document import yaml_mapping


@dataclass(frozen=True, slots=True)
class DependencyUpdate:
    """An entry under `updates:`; a directory may be a glob."""

    ecosystem: str
    directories: tuple[str, ...]
    line: int
    interval: str | None = None
    open_pull_requests: int | None = None

    @property
    def is_off(self) -> bool:
        """Version updates are off when no pull request may be open."""
        return self.open_pull_requests == 0


@facts(".github/dependabot.yml", ".github/dependabot.yaml", version=2)
@dataclass(frozen=True, slots=True)
class Dependabot:
    """The updates that are asked for."""

    updates: tuple[DependencyUpdate, ...] = ()
    line: int = 1  # of `updates:`

    @classmethod
    def extract(cls, text: str) -> Self:
        root = yaml_mapping(text)
        return cls(
            tuple(
                DependencyUpdate(
                    ecosystem=item.string("package-ecosystem") or "",
                    directories=item.strings("directories") or item.strings("directory"),
                    line=item.line_of("package-ecosystem"),
                    interval=item.string("schedule", "interval"),
                    open_pull_requests=item.number("open-pull-requests-limit"),
                )
                for item in root.list("updates")
            ),
            root.line_of("updates"),
        )

    @property
    def ecosystems(self) -> frozenset[str]:
        return frozenset(update.ecosystem for update in self.updates)
