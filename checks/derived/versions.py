"""The root README beside the version that the root manifest gives the software."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from checks.derived.documents import Document, Documents, Standing
from checks.facts.cargo import CargoManifest
from checks.facts.package_json import PackageJson
from checks.facts.pyproject import Pyproject
from checks.snapshot import Snapshot


@dataclass(frozen=True)
class ReadmeAndVersion:
    """The README, and the version with the manifest that says it."""

    readme: Document | None
    version: str | None
    manifest: str | None

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        documents = (
            d for d in snapshot.derived(Documents).all if d.standing is Standing.README and "/" not in d.path
        )
        version, manifest = _version(snapshot)
        return cls(next(documents, None), version, manifest)

    def __len__(self) -> int:
        return int(self.readme is not None and self.version is not None)

    @property
    def is_below_one(self) -> bool:
        return self.version is not None and self.version.lstrip("v").startswith("0.")

    @property
    def says(self) -> str:
        return f"{self.manifest} gives version {self.version}"


def _version(snapshot: Snapshot) -> tuple[str | None, str | None]:
    for path, kind in (
        ("pyproject.toml", Pyproject),
        ("package.json", PackageJson),
        ("Cargo.toml", CargoManifest),
    ):
        manifest = snapshot.get(path, kind)
        if isinstance(manifest, Pyproject | PackageJson | CargoManifest) and manifest.package_version:
            return manifest.package_version, path
    return None, None
