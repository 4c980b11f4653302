"""Programs of a Cargo workspace that stand beside the product: its own tools, which nobody publishes or depends on, and no image or CI names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.ci_commands import ContinuousIntegration
from checks.facts.cargo import CargoManifest
from checks.facts.dockerfile import Dockerfile
from checks.facts.roles import Role
from checks.snapshot import Snapshot


@dataclass(frozen=True)
class ProgramsAside:
    """Their folders. The product is the program at the root; without one, any of them may be it."""

    folders: frozenset[str]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        manifests = {
            path.rpartition("/")[0]: cargo
            for path, cargo in snapshot.files(CargoManifest)
            if cargo.name and snapshot.role(path) is Role.SHIPPED
        }
        if "" not in manifests or "src/main.rs" not in snapshot.paths:
            return cls(frozenset())
        needed = {dependency.name for cargo in manifests.values() for dependency in cargo.dependencies}
        handled = {word.rpartition("/")[2] for word in _words(snapshot)}
        return cls(
            frozenset(
                folder
                for folder, cargo in manifests.items()
                if folder
                and not cargo.publish
                and cargo.name not in needed
                and f"{folder}/src/main.rs" in snapshot.paths
                and f"{folder}/src/lib.rs" not in snapshot.paths
                and cargo.name not in handled
            )
        )

    def of(self, path: str) -> str | None:
        """The program's folder that a file stands in."""
        return next((folder for folder in self.folders if path.startswith(f"{folder}/")), None)


def _words(snapshot: Snapshot) -> Iterator[str]:
    """The words of every command of images and CI, and what images copy."""
    for _, dockerfile in snapshot.files(Dockerfile):
        for stage in dockerfile.stages:
            yield from (word for command in stage.commands for word in command.words)
            yield from (source for copy in stage.copies for source in copy.sources)
    for found in snapshot.derived(ContinuousIntegration).commands:
        yield from found.command.words
