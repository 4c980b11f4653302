"""Images that the repository builds and that give root up themselves: a pod of theirs isn't root without being told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.containers.container_users import ContainerUsers
from checks.derived.own_names import OwnNames

if TYPE_CHECKING:
    from checks.facts.kubernetes import Pod
    from checks.snapshot import Snapshot


@dataclass(frozen=True)
class UnprivilegedImages:
    """The names of the repository's images, where every Dockerfile names another user than root; `path` is the first."""

    names: frozenset[str]
    path: str | None

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        users = snapshot.derived(ContainerUsers).all
        if not users or any(user.is_root is not False for user in users):
            return cls(frozenset(), None)
        return cls(snapshot.derived(OwnNames).names, users[0].path)

    def run(self, pod: Pod) -> bool:
        """Whether all of the pod's containers are of these images."""
        names = (
            re.split(r"[@:]", (container.image or "").rpartition("/")[2])[0] for container in pod.containers
        )
        return bool(pod.containers) and all(name in self.names for name in names)
