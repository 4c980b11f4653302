"""What the repository's packages and programs are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from checks.facts.cargo import CargoManifest
from checks.facts.go_module import GoModule
from checks.facts.package_json import PackageJson
from checks.facts.pyproject import Pyproject
from checks.snapshot import Snapshot


@dataclass(frozen=True)
class OwnNames:
    """The names, as the manifests and the folders of commands state them."""

    names: frozenset[str]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        stated = (
            *(cargo.name for _, cargo in snapshot.shipped(CargoManifest)),
            *(python.name for _, python in snapshot.shipped(Pyproject)),
            *(package.name for _, package in snapshot.shipped(PackageJson)),
            *(module.path.rpartition("/")[2] for _, module in snapshot.shipped(GoModule)),
            *(folder.rpartition("/")[2] for folder in snapshot.folders if folder.startswith("cmd/")),
        )
        return cls(frozenset(filter(None, stated)))
