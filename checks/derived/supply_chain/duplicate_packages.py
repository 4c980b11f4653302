"""Packages of Node and modules of Go that a project asks for at an older major version than something else it is built with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.go_module import GoModule, GoRequirement
from checks.facts.node_lock import LockedPackage, NodeLock
from checks.facts.roles import Role
from checks.snapshot import Snapshot

_OURS = frozenset({Role.SHIPPED, Role.TOOL})
_MAJOR = re.compile(r"^v?(\d{1,9})")
_GO_MAJOR = re.compile(r"[/.]v\d{1,4}$")


@dataclass(frozen=True, slots=True)
class DuplicatePackage:
    """A package at the version that the project asks for, and the newer ones (version, line) besides."""

    path: str
    line: int
    name: str
    version: str
    others: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class DuplicatePackages:
    """Those of every lock file of npm, and of every go.mod, which names all that is built."""

    all: tuple[DuplicatePackage, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found: list[DuplicatePackage] = []
        for path, lock in snapshot.files(NodeLock):
            found += _in_lock(path, lock) if snapshot.role(path) in _OURS else ()
        for path, module in snapshot.files(GoModule):
            found += _in_module(path, module) if snapshot.role(path) in _OURS else ()
        return cls(tuple(found))


def _in_lock(path: str, lock: NodeLock) -> Iterator[DuplicatePackage]:
    """What only developers install doesn't count; nor does a newer minor version, which any range may bring."""
    by_name: dict[str, list[LockedPackage]] = defaultdict(list)
    for package in lock.packages:
        if not package.is_development:
            by_name[package.name].append(package)
    for name, packages in by_name.items():
        asked = [one for one in packages if one.is_direct]
        newest = max(asked, key=lambda one: _major(one.version), default=None)
        newer = {p.version: p.line for p in packages if newest and _major(p.version) > _major(newest.version)}
        if newest and newer:
            yield DuplicatePackage(path, newest.line, name, newest.version, tuple(newer.items()))


def _in_module(path: str, module: GoModule) -> Iterator[DuplicatePackage]:
    by_base: dict[str, list[GoRequirement]] = defaultdict(list)
    for requirement in module.requirements:
        by_base[_base(requirement)].append(requirement)
    for base, requirements in by_base.items():
        for one in requirements:
            newer = tuple(
                (r.version, r.line) for r in requirements if _major(r.version) > max(_major(one.version), 1)
            )
            if newer and not one.indirect:
                yield DuplicatePackage(path, one.line, base, one.version, newer)


def _base(requirement: GoRequirement) -> str:
    return _GO_MAJOR.sub("", requirement.path)


def _major(version: str) -> int:
    found = _MAJOR.match(version)
    return int(found.group(1)) if found else -1
