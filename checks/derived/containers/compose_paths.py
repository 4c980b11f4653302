"""Paths of the tree that compose files name, and those that aren't there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.ignored import IgnoreRules
from checks.derived.tree_paths import join
from checks.facts.compose import Build, Compose, Service
from checks.facts.roles import Role
from checks.snapshot import Snapshot

_LOOKED_AT = frozenset({Role.SHIPPED, Role.TOOL})
_FILE = re.compile(
    r"(?:^|/)[^/]+\.(?:conf|cfg|ini|ya?ml|toml|json|sql|sh|xml|properties|py|js|ts|cnf|rules|tmpl|template|crt|pem)$"
)
_SECRETS = re.compile(r"secret|credential|\.env|\.pem$|\.crt$|\.key$|certs?/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ComposePath:
    """A path as a service names it; `target` is where in the tree it would stand."""

    path: str
    line: int
    service: str
    what: str
    written: str
    target: str
    stops_build: bool = False


@dataclass(frozen=True)
class ComposePaths:
    """All paths of shipped compose files; `count` of them were looked up."""

    count: int
    missing: tuple[ComposePath, ...]

    def __len__(self) -> int:
        return self.count

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        rules = snapshot.derived(IgnoreRules)
        named = [
            found
            for path, compose in snapshot.files(Compose)
            if snapshot.role(path) in _LOOKED_AT
            for found in (*_of_services(snapshot, path, compose), *_of_file(path, compose))
        ]
        missing = (one for one in named if not snapshot.exists(one.target))
        return cls(
            len(named),
            tuple(m for m in missing if not (rules.ignored(m.target) or rules.ignored(f"{m.target}/"))),
        )


def _of_services(snapshot: Snapshot, path: str, compose: Compose) -> Iterator[ComposePath]:
    folder = path.rpartition("/")[0]
    for service in compose.services:
        if service.build and not service.build.is_remote and "$" not in service.build.context:
            yield from _build(snapshot, path, folder, service, service.build)
        for mount in service.mounts:
            target = join(folder, mount.source) if mount.is_bind and mount.source.startswith(".") else None
            if (
                target
                and _FILE.search(target)
                and not _SECRETS.search(mount.source)
                and "$" not in mount.source
            ):
                yield ComposePath(path, mount.line, service.name, "mounted file", mount.source, target)


def _build(
    snapshot: Snapshot, path: str, folder: str, service: Service, build: Build
) -> Iterator[ComposePath]:
    context = join(folder, build.context)
    if context is None:
        return
    found = ComposePath(
        path, build.line, service.name, "build context", build.context, context, stops_build=True
    )
    if not snapshot.exists(context):
        yield found
        return
    name = build.dockerfile or "Dockerfile"
    target = join(context, name)
    if target and "$" not in name and not build.is_inline and not _other_name(snapshot, context, build):
        line = build.dockerfile_line if build.dockerfile else build.line
        yield ComposePath(path, line, service.name, "Dockerfile", name, target, stops_build=True)


def _other_name(snapshot: Snapshot, context: str, build: Build) -> bool:
    """Podman's name for the file."""
    containerfile = join(context, "Containerfile")
    return build.dockerfile is None and containerfile is not None and snapshot.exists(containerfile)


def _of_file(path: str, compose: Compose) -> Iterator[ComposePath]:
    folder = path.rpartition("/")[0]
    for reference in compose.references:
        target = (
            join(folder, reference.path)
            if "$" not in reference.path and "://" not in reference.path
            else None
        )
        if target and reference.field != "secrets" and not _SECRETS.search(reference.path):
            yield ComposePath(path, reference.line, "the file", reference.field, reference.path, target)
