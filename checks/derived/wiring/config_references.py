"""Files and folders that manifests and configurations name: path dependencies, workspaces, includes, extends."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.ignored import IgnoreRules
from checks.derived.tree_paths import is_hidden
from checks.facts.cargo import CargoManifest
from checks.facts.go_module import GoModule, GoWork
from checks.facts.package_json import PackageJson
from checks.facts.pyproject import Pyproject
from checks.facts.requirements import RequirementsFile
from checks.facts.roles import Role
from checks.facts.tsconfig import TypeScriptConfig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot


_OPEN = re.compile(r"[$*?{]")  # a variable, pattern or placeholder: what it means can't be told
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:")  # an address


@dataclass(frozen=True, slots=True)
class Reference:
    """A path that a configuration names. `written` is as in the file, `path` in the tree."""

    file: str
    line: int
    written: str
    path: str
    what: str


@dataclass(frozen=True)
class ConfigReferences:
    """Every reference that stays inside the tree, and those that lead nowhere."""

    references: tuple[Reference, ...]
    missing: tuple[Reference, ...]

    def __len__(self) -> int:
        return len(self.references)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found = list(_references(snapshot))
        rules = snapshot.derived(IgnoreRules)
        ignored = {r.path for r in found if rules.ignored(r.path) or rules.ignored(f"{r.path}/")}
        missing = [r for r in found if not snapshot.exists(r.path) and r.path not in ignored]
        return cls(tuple(found), tuple(missing))


def _references(snapshot: Snapshot) -> Iterator[Reference]:
    for file, written, line, what in _written(snapshot):
        role = snapshot.role(file)
        if (
            role is Role.SHIPPED
            and not is_hidden(file)
            and not _OPEN.search(written)
            and not written.startswith(("/", "~"))
        ):
            path = posixpath.normpath(posixpath.join(file.rpartition("/")[0], written))
            if not path.startswith(".."):
                yield Reference(file, line, written, "" if path == "." else path, what)


Written = tuple[str, str, int, str]  # file, path as written, line, what it is


def _written(snapshot: Snapshot) -> Iterator[Written]:
    for reader in (_pyproject, _requirements, _package, _cargo, _go, _typescript):
        yield from reader(snapshot)


def _pyproject(snapshot: Snapshot) -> Iterator[Written]:
    for file, project in snapshot.files(Pyproject):
        for needed in project.requirements:
            if needed.path:
                yield file, needed.path, needed.line, f"the path of the dependency {needed.name}"


def _requirements(snapshot: Snapshot) -> Iterator[Written]:
    for file, listed in snapshot.files(RequirementsFile):
        for include in listed.includes:
            yield file, include.path, include.line, "an included requirements file"
        for needed in listed.requirements:
            if needed.path and not _SCHEME.match(needed.path):
                yield file, needed.path, needed.line, "a local requirement"


def _package(snapshot: Snapshot) -> Iterator[Written]:
    for file, package in snapshot.files(PackageJson):
        for dependency in package.dependencies:
            if dependency.path and not dependency.path.endswith(".tgz"):
                yield file, dependency.path, dependency.line, f"the path of the dependency {dependency.name}"


def _cargo(snapshot: Snapshot) -> Iterator[Written]:
    for file, cargo in snapshot.files(CargoManifest):
        for crate in cargo.dependencies:
            if crate.path:
                yield file, crate.path, crate.line, f"the path of the dependency {crate.name}"
        for target in cargo.targets:
            if target.path:
                yield file, target.path, target.line, f"the {target.kind} target {target.name or ''}".rstrip()


def _go(snapshot: Snapshot) -> Iterator[Written]:
    for file, module in snapshot.files(GoModule):
        for replacement in module.replacements:
            if replacement.is_local:
                yield file, replacement.target, replacement.line, f"the replacement of {replacement.path}"
    for file, work in snapshot.files(GoWork):
        for folder, line in work.folders:
            yield file, folder, line, "a module of the workspace"


def _typescript(snapshot: Snapshot) -> Iterator[Written]:
    for file, config in snapshot.files(TypeScriptConfig):
        for reference in config.references:
            if reference.path.startswith(".") and reference.field != "extends":
                yield file, reference.path, reference.line, f"`{reference.field}`"
