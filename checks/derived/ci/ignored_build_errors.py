"""Builds of Next.js that pass over errors, and whether CI looks for the same errors elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.ci_capability import Capability
from checks.derived.ci_commands import ContinuousIntegration
from checks.facts.next_config import NextConfig
from checks.snapshot import Snapshot

TYPES = Capability("a check of types", ("tsc", "vue-tsc", "tsgo"))
LINTS = Capability("a linter", ("eslint", "next lint", "biome", "oxlint"), ("biomejs/setup-biome",))
INSTEAD = {"ignoreBuildErrors": TYPES, "ignoreDuringBuilds": LINTS}


@dataclass(frozen=True, slots=True)
class IgnoredErrors:
    """An option that lets a build pass over errors, where nothing in CI looks for them."""

    path: str
    line: int
    option: str
    instead: Capability


@dataclass(frozen=True)
class IgnoredBuildErrors:
    """By configuration."""

    all: tuple[IgnoredErrors, ...]
    configurations: int

    def __len__(self) -> int:
        return self.configurations

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        configurations = dict(snapshot.shipped(NextConfig))
        return cls(tuple(_ignored(snapshot, configurations)), len(configurations))


def _ignored(snapshot: Snapshot, configurations: dict[str, NextConfig]) -> Iterator[IgnoredErrors]:
    ci = snapshot.derived(ContinuousIntegration)
    for path, config in configurations.items():
        for option, line in config.ignored:
            if not INSTEAD[option].is_performed(ci):
                yield IgnoredErrors(path, line, option, INSTEAD[option])
