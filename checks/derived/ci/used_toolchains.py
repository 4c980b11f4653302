"""The toolchains that images and workflows use, against the lowest version that the root's manifest takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from checks.derived.image_references import ImageReferences
from checks.derived.tree_paths import parents
from checks.facts.cargo import CargoManifest
from checks.facts.go_module import GoModule
from checks.facts.package_json import PackageJson
from checks.facts.pyproject import Pyproject
from checks.facts.workflow import Job, Workflow
from checks.snapshot import Snapshot

_IMAGES = {"golang": "Go", "python": "Python", "node": "Node", "rust": "Rust"}
_ACTIONS = {
    "actions/setup-go": ("Go", "go-version"),
    "actions/setup-python": ("Python", "python-version"),
    "actions/setup-node": ("Node", "node-version"),
    "dtolnay/rust-toolchain": ("Rust", "toolchain"),
    "actions-rust-lang/setup-rust-toolchain": ("Rust", "toolchain"),
}
_VERSION = re.compile(r"^v?(\d+(?:\.\d+)*)(?:\.x)?(?:-|$)")
_MATRIX = re.compile(r"^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$")

_RUST_FILES = frozenset({"rust-toolchain.toml", "rust-toolchain"})


@dataclass(frozen=True, slots=True)
class NeededToolchain:
    """What a manifest takes at least."""

    language: str
    version: tuple[int, ...]
    manifest: str
    line: int

    @property
    def text(self) -> str:
        return ".".join(map(str, self.version))


@dataclass(frozen=True, slots=True)
class UsedToolchain:
    """A version in use; `where` says how."""

    needed: NeededToolchain
    version: str
    path: str
    line: int
    where: str
    is_image: bool

    @property
    def is_too_old(self) -> bool:
        numbers = tuple(int(part) for part in re.findall(r"\d+", self.version)[:2])
        return numbers < self.needed.version[: len(numbers)]


@dataclass(frozen=True)
class UsedToolchains:
    """Every version that can be compared."""

    all: tuple[UsedToolchain, ...]

    def __len__(self) -> int:
        return len(self.all)

    @property
    def too_old(self) -> tuple[UsedToolchain, ...]:
        """Those below what is needed, one for each file and language."""
        first: dict[tuple[str, str], UsedToolchain] = {}
        for used in self.all:
            if used.is_too_old:
                first.setdefault((used.path, used.needed.language), used)
        return tuple(first.values())

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        # rustup, which the official image has too, takes what the toolchain file says, whatever was set up before.
        chosen = _RUST_FILES.intersection(snapshot.paths)
        needed = {
            (one.manifest.rpartition("/")[0], one.language): one
            for one in _needed(snapshot)
            if one.language != "Rust" or not chosen
        }
        roots = {language: one for (folder, language), one in needed.items() if not folder}
        return cls((*_of_images(snapshot, needed), *_of_workflows(snapshot, roots)))


def _needed(snapshot: Snapshot) -> Iterator[NeededToolchain]:
    for path, go in snapshot.files(GoModule):
        if go.go:
            yield NeededToolchain("Go", _numbers(go.go), path, go.go_line or 1)
    for path, cargo in snapshot.files(CargoManifest):
        if cargo.rust_version:
            yield NeededToolchain("Rust", _numbers(cargo.rust_version), path, cargo.line)
    for path, pyproject in snapshot.files(Pyproject):
        if lowest := _lowest(pyproject.requires_python or ""):
            yield NeededToolchain("Python", lowest, path, pyproject.line("project", "requires-python"))
    for path, package in snapshot.files(PackageJson):
        if match := re.match(
            r"^\s*(?:>=|\^|~)\s*v?(\d+(?:\.\d+)?)[\d.]*\s*$", dict(package.engines).get("node", "")
        ):
            yield NeededToolchain("Node", _numbers(match.group(1)), path, 1)


def _lowest(requires: str) -> tuple[int, ...] | None:
    try:
        bounds = [one for one in SpecifierSet(requires) if one.operator in (">=", "~=", "==")]
    except InvalidSpecifier:
        return None
    return max((_numbers(one.version) for one in bounds), default=None)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])


def _of_images(snapshot: Snapshot, needed: dict[tuple[str, str], NeededToolchain]) -> Iterator[UsedToolchain]:
    """Bases of Dockerfiles, against the nearest manifest above them."""
    for reference in snapshot.derived(ImageReferences).of("base"):
        language = _IMAGES.get(reference.image.name.rpartition("/")[2])
        version = _VERSION.match(reference.image.tag or "")
        if language is None or version is None or not reference.is_stated:
            continue
        found = next((needed[f, language] for f in parents(reference.path) if (f, language) in needed), None)
        if found:
            where = f"FROM {reference.image.name}:{reference.image.tag}"
            yield UsedToolchain(found, version.group(1), reference.path, reference.line, where, is_image=True)


def _of_workflows(snapshot: Snapshot, needed: dict[str, NeededToolchain]) -> Iterator[UsedToolchain]:
    """The set-up actions of jobs that work at the root; of a matrix the lowest version."""
    for path, workflow in snapshot.files(Workflow):
        for job, step in workflow.steps:
            language, key = _ACTIONS.get(step.uses.name.lower() if step.uses else "", ("", ""))
            written = step.input(key) if key else None
            if not written or language not in needed or step.working_directory:
                continue
            versions = [
                version.group(1)
                for value in _values(written, job, workflow)
                if (version := _VERSION.match(value))
            ]
            if versions:
                lowest = min(versions, key=_numbers)
                where = f"{step.uses.name if step.uses else ''} in the job {job.id}"
                yield UsedToolchain(
                    needed[language], lowest, path, step.input_line(key), where, is_image=False
                )


def _values(written: str, job: Job, workflow: Workflow) -> tuple[str, ...]:
    """The versions behind an expression of the matrix or the environment."""
    if matrix := _MATRIX.match(written.strip()):
        return next((values for name, values in job.matrix if name == matrix.group(1)), ())
    variable = re.match(r"^\$\{\{\s*env\.(\w+)\s*\}\}$", written.strip())
    if variable:
        return tuple(value for name, value in (*workflow.env, *job.env) if name == variable.group(1))
    return tuple(written.split())
