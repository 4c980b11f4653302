"""The root README beside the version that the root manifest gives the software."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.derived.documents import Document, Documents, Standing
from checks.derived.unfinished import Refusal, Unfinished
from checks.facts.cargo import CargoManifest
from checks.facts.go_module import GoModule
from checks.facts.package_json import PackageJson
from checks.facts.pyproject import Pyproject
from checks.model import Evidence
from checks.snapshot import Snapshot

_MANY = 3  # refusals that make software without a version unfinished; one less where a whole function is one


@dataclass(frozen=True)
class ReadmeAndVersion:
    """The README, and the version with the manifest that says it."""

    readme: Document | None
    version: str | None
    manifest: str | None
    refusals: tuple[Refusal, ...]  # what shipped code says it hasn't implemented

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        documents = (
            d for d in snapshot.derived(Documents).all if d.standing is Standing.README and "/" not in d.path
        )
        version, manifest = _version(snapshot)
        return cls(next(documents, None), version, manifest, snapshot.derived(Unfinished).refusals)

    def __len__(self) -> int:
        return int(self.readme is not None and (self.version is not None or len(self.refusals) > 0))

    @property
    def is_young(self) -> bool:
        """A version below 1.0, or none at all and code that says it isn't finished."""
        if self.version is None:
            return len(self.refusals) + any(one.whole for one in self.refusals) >= _MANY
        return self.version.lstrip("v").startswith("0.")

    @property
    def says(self) -> str:
        if self.version is None:
            return f"the code refuses in {len(self.refusals)} places as not implemented"
        return f"{self.manifest} gives version {self.version}"

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        if self.version is None:
            return tuple(Evidence(one.quote, one.path, one.line) for one in self.refusals[:3])
        return (Evidence(self.says, self.manifest),)


def _version(snapshot: Snapshot) -> tuple[str | None, str | None]:
    for path, kind in (
        ("pyproject.toml", Pyproject),
        ("package.json", PackageJson),
        ("Cargo.toml", CargoManifest),
    ):
        manifest = snapshot.get(path, kind)
        if isinstance(manifest, Pyproject | PackageJson | CargoManifest) and manifest.package_version:
            return manifest.package_version, path
    module = snapshot.get("go.mod", GoModule)
    major = re.search(r"/v(\d+)$", module.path) if module else None  # Go writes it there from 2 on
    return (major.group(1), "go.mod") if major else (None, None)
