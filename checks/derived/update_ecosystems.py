"""Ecosystems of dependencies that the tree holds, by the names Dependabot has for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.compose import Compose
from checks.facts.dockerfile import Dockerfile
from checks.facts.go_module import GoModule
from checks.facts.package_json import PackageJson
from checks.facts.pyproject import Pyproject
from checks.facts.requirements import RequirementsFile
from checks.facts.roles import Role
from checks.facts.workflow import Workflow
from checks.snapshot import Snapshot

RENOVATE = ("renovate.json", "renovate.json5", ".github/renovate.json", ".github/renovate.json5", ".renovaterc", ".renovaterc.json",
            ".gitlab/renovate.json", ".renovaterc.json5", ".github/renovate.jsonc", "renovate.jsonc")  # fmt: skip
_FILES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("cargo", ("cargo",), r"(?:^|/)Cargo\.toml$"),
    ("terraform", ("terraform", "opentofu"), r"\.tf$"),
    ("bundler", ("bundler",), r"(?:^|/)Gemfile$"),
    ("composer", ("composer",), r"(?:^|/)composer\.json$"),
    ("maven", ("maven",), r"(?:^|/)pom\.xml$"),
    ("gradle", ("gradle",), r"(?:^|/)build\.gradle(?:\.kts)?$"),
    ("nuget", ("nuget",), r"\.csproj$"),
)
_OURS = frozenset({Role.SHIPPED, Role.TOOL})


@dataclass(frozen=True, slots=True)
class Ecosystem:
    """An ecosystem with the first manifest that needs it; `names` are the words of dependabot.yml that cover it."""

    name: str
    names: tuple[str, ...]
    path: str
    count: int


@dataclass(frozen=True)
class Ecosystems:
    """Those of shipped code and tools; manifests without dependencies of their own don't count."""

    found: tuple[Ecosystem, ...]

    def __len__(self) -> int:
        return len(self.found)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        by_name: dict[str, tuple[tuple[str, ...], list[str]]] = {}
        for name, names, path in _all(snapshot):
            if snapshot.role(path) in _OURS or path.startswith(".github/"):
                by_name.setdefault(name, (names, []))[1].append(path)
        found = (
            Ecosystem(name, names, min(paths, key=lambda path: (path.count("/"), path)), len(paths))
            for name, (names, paths) in by_name.items()
        )
        return cls(tuple(sorted(found, key=lambda ecosystem: ecosystem.name)))


def _all(snapshot: Snapshot) -> Iterator[tuple[str, tuple[str, ...], str]]:
    for path in snapshot.paths:
        for name, names, pattern in _FILES:
            if re.search(pattern, path):
                yield name, names, path
    for path, module in snapshot.files(GoModule):
        if module.requirements:
            yield "gomod", ("gomod",), path
    yield from (("npm", ("npm", "bun"), path) for path in _node(snapshot))
    yield from (("pip", ("pip", "uv"), path) for path in _python(snapshot))
    yield from (("docker", ("docker",), path) for path in _images(snapshot))
    for path, compose in snapshot.files(Compose):
        if any(service.image and not service.build for service in compose.services):
            yield "docker-compose", ("docker-compose",), path
    for path, workflow in snapshot.files(Workflow):
        if any(not reference.is_local for reference in workflow.references):
            yield "github-actions", ("github-actions",), path


def _node(snapshot: Snapshot) -> Iterator[str]:
    for path, package in snapshot.files(PackageJson):
        if any(
            not dependency.in_workspace and dependency.path is None for dependency in package.dependencies
        ):
            yield path


def _python(snapshot: Snapshot) -> Iterator[str]:
    yield from (path for path, pyproject in snapshot.files(Pyproject) if pyproject.requirements)
    yield from (path for path, listed in snapshot.files(RequirementsFile) if listed.requirements)


def _images(snapshot: Snapshot) -> Iterator[str]:
    for path, dockerfile in snapshot.files(Dockerfile):
        if any(stage.base_stage is None and stage.base.name != "scratch" for stage in dockerfile.stages):
            yield path
