"""Volumes that a program in a container asks Docker for, by paths that only its own container has."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.images import Image, Images
from checks.derived.tree_paths import join
from checks.facts.compose import Compose, Service
from checks.facts.source import Source
from checks.snapshot import Snapshot

_SOCKET = "/var/run/docker.sock"
_SPECIFICATION = re.compile(r"^(/[\w.-]+(?:/[\w.-]+)*):(/[\w./-]+)(?::r[ow])?$")


@dataclass(frozen=True, slots=True)
class SiblingMount:
    """A volume of a container that a program starts beside its own; `folder` is the path that the host hasn't."""

    path: str
    line: int
    text: str
    folder: str
    service: str
    compose: str
    compose_line: int


@dataclass(frozen=True)
class SiblingMounts:
    """All of them; `services` counts those that may start containers."""

    services: int
    all: tuple[SiblingMount, ...]

    def __len__(self) -> int:
        return self.services

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        images = {image.path: image for image in snapshot.derived(Images).images}
        services, found = 0, list[SiblingMount]()
        for path, compose in snapshot.shipped(Compose):
            for service in compose.services:
                image = images.get(_dockerfile(path, service) or "")
                socket = next(
                    (mount for mount in service.mounts if mount.source.endswith("docker.sock")), None
                )
                if image and socket:
                    services += 1
                    found += _asked(snapshot, image, service, path, socket.line)
        return cls(services, tuple(found))


def _dockerfile(path: str, service: Service) -> str | None:
    build = service.build
    folder = join(path.rpartition("/")[0], build.context) if build and not build.is_remote else None
    return join(folder, build.dockerfile or "Dockerfile") if build and folder is not None else None


def _asked(
    snapshot: Snapshot, image: Image, service: Service, compose: str, line: int
) -> Iterator[SiblingMount]:
    same = [mount.target for mount in service.mounts if mount.is_bind and mount.source == mount.target]
    inside = [posixpath.normpath(mount.target) for mount in service.mounts] + [image.workdir]
    prefix = f"{image.context}/" if image.context else ""
    for path, source in snapshot.shipped(Source):
        for literal in source.strings if path.startswith(prefix) else ():
            match = _SPECIFICATION.match(literal.value)
            folder = match.group(1) if match else ""
            is_own = any(
                folder == place or folder.startswith(f"{place}/") for place in inside if place != "/"
            )
            if match and is_own and folder not in same and folder != _SOCKET:
                yield SiblingMount(path, literal.line, literal.value, folder, service.name, compose, line)
