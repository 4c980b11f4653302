"""The examples of Rust packages: which files are meant as examples, and which of them Cargo would build."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Self

from checks.derived.tree_index import folders_up
from checks.facts.cargo import CargoManifest
from checks.facts.rust_source import RustSource
from checks.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class CargoExample:
    """A file with a `main` under examples/, or a package there. `why` says why Cargo passes it over, None if it doesn't."""

    path: str
    manifest: str
    why: str | None


@dataclass(frozen=True)
class CargoExamples:
    """Every example of every Rust package."""

    all: tuple[CargoExample, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found = (*_files(snapshot), *_packages(snapshot))
        return cls(tuple(sorted(found, key=lambda example: example.path)))

    def __len__(self) -> int:
        return len(self.all)


def _files(snapshot: Snapshot) -> Iterator[CargoExample]:
    """The files with a `main` in the examples folder of a package."""
    for path, manifest in snapshot.files(CargoManifest):
        folder = path.rpartition("/")[0]
        home = f"{folder}/examples/".lstrip("/")
        for source_path, source in snapshot.files(RustSource):
            is_example = manifest.name and source_path.startswith(home) and source.runs_as_main
            if is_example and not _has_own_manifest(snapshot, source_path, home):
                yield CargoExample(source_path, path, _why_passed_over(manifest, source_path[len(home) :]))


def _has_own_manifest(snapshot: Snapshot, path: str, home: str) -> bool:
    folders = folders_up(path.rpartition("/")[0])
    return any(
        f"{folder}/Cargo.toml" in snapshot.paths
        for folder in folders
        if folder.startswith(home.rstrip("/") + "/")
    )


def _why_passed_over(manifest: CargoManifest, inside: str) -> str | None:
    """Cargo finds examples/x.rs and examples/x/main.rs by itself, unless told not to; anything else must be declared."""
    declared = manifest.declared("example")
    name = inside.removesuffix(".rs").removesuffix("/main")
    if any(one.name == name or one.path == f"examples/{inside}" for one in declared):
        return None
    if "example" in manifest.undiscovered:
        return "`autoexamples = false` and no [[example]] names it"
    if "/" not in inside or (inside.endswith("/main.rs") and inside.count("/") == 1):
        return None
    return "it lies in a folder where Cargo doesn't look, and no [[example]] names it"


def _packages(snapshot: Snapshot) -> Iterator[CargoExample]:
    """Packages under examples/ that the workspace above neither takes in nor leaves out: Cargo refuses to build them."""
    workspaces = {
        path.rpartition("/")[0]: (path, m) for path, m in snapshot.files(CargoManifest) if m.is_workspace
    }
    for path, manifest in snapshot.files(CargoManifest):
        folder = path.rpartition("/")[0]
        above = next((one for one in folders_up(folder)[1:] if one in workspaces), None)
        if "examples/" in f"{folder}/" and manifest.name and not manifest.is_workspace and above is not None:
            inside = folder[len(above) :].lstrip("/")
            root, workspace = workspaces[above]
            belongs = _listed(inside, workspace.members) or _listed(inside, workspace.excluded, below=True)
            why = (
                None
                if belongs or _is_dependency(workspaces, path, inside)
                else "the workspace neither lists nor excludes it"
            )
            yield CargoExample(path, root, why)


def _is_dependency(workspaces: dict[str, tuple[str, CargoManifest]], path: str, inside: str) -> bool:
    """Path dependencies of the root are members by themselves."""
    return any(
        d.path and d.path.strip("./") == inside
        for _, m in workspaces.values()
        for d in m.dependencies
        if path
    )


def _listed(inside: str, patterns: tuple[str, ...], *, below: bool = False) -> bool:
    clean = [
        pattern.strip("./") if not pattern.startswith(".") else pattern.removeprefix("./")
        for pattern in patterns
    ]
    return any(
        (fnmatchcase(inside, pattern) and inside.count("/") == pattern.count("/"))
        or (below and f"{inside}/".startswith(f"{pattern}/"))
        for pattern in clean
    )
