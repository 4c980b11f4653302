"""Which crates of a Cargo workspace a crate is built with: its own code and theirs run in one program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from checks.derived.closure import Closure
from checks.facts.cargo import CargoManifest
from checks.snapshot import Snapshot

_BUILT_IN = frozenset({"normal", "build"})


@dataclass(frozen=True)
class CrateReach:
    """The folders of the tree's crates, and which others each one needs, step by step."""

    closure: Closure

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        manifests = {path.rpartition("/")[0]: manifest for path, manifest in snapshot.files(CargoManifest)}
        homes = {manifest.name: folder for folder, manifest in manifests.items()}
        needs: dict[str, list[str]] = {}
        for folder, manifest in manifests.items():
            named = (d.package or d.name for d in manifest.dependencies if d.kind in _BUILT_IN)
            needs[folder] = [homes[name] for name in named if name in homes]
        return cls(Closure(needs))

    def of(self, folder: str) -> frozenset[str]:
        """The folder itself and those of the crates that the one in it needs."""
        return self.closure.of([folder])
