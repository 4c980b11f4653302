"""Containers that are meant to run on, and start what the image starts: a program that only says what it is?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.environment import may_be_own
from checks.derived.health_checks import ASKS_NOTHING
from checks.derived.images import Image, Images
from checks.derived.own_names import OwnNames
from checks.derived.workloads import Manifests
from checks.facts.dockerfile import run_commands
from checks.snapshot import Snapshot

_RUNS_ON = ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet")


@dataclass(frozen=True, slots=True)
class ExitingWorkload:
    """A container of one's own image. `says` is the command that it takes from the image, where that ends at once, or ""."""

    path: str
    line: int
    workload: str
    container: str
    says: str
    dockerfile: str
    command_line: int


@dataclass(frozen=True)
class ExitingWorkloads:
    """All containers of one's own, where the tree has one image that they can mean."""

    all: tuple[ExitingWorkload, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        images = snapshot.derived(Images).images
        return cls(tuple(_found(snapshot, images[0])) if len(images) == 1 else ())


def _found(snapshot: Snapshot, image: Image) -> Iterator[ExitingWorkload]:
    says, line = _command(image)
    packages = snapshot.derived(OwnNames).names
    for manifest in snapshot.derived(Manifests).of(*_RUNS_ON):
        for container in manifest.object.pod.containers if manifest.object.pod else ():
            written = container.image or ""
            name = written.rpartition("/")[2].partition("@")[0].partition(":")[0]
            own = name in packages or may_be_own(written, snapshot)
            if own and not container.is_init:
                told = container.command or container.arguments
                workload, place = manifest.object.label, container.image_line
                starts = "" if told else says
                yield ExitingWorkload(
                    manifest.path, place, workload, container.name, starts, image.path, line
                )


def _command(image: Image) -> tuple[str, int]:
    """What the image starts without being told, if that only says what the program is."""
    words: list[str] = []
    line = 0
    for keyword in ("ENTRYPOINT", "CMD"):
        instruction = image.dockerfile.effective(keyword)
        for command in run_commands(instruction) if instruction else ():
            words += command.words
            line = command.line
    last = words[-1] if words else ""
    return (" ".join(words)[:80], line) if last in ASKS_NOTHING and len(words) <= 3 else ("", line)
