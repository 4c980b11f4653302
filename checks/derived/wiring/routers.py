"""Routers that no application mounts, in every language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.wiring.django_urls import django_urls
from checks.derived.wiring.node_routers import ecmascript_routers
from checks.derived.wiring.python_routers import UnmountedRouter, python_routers
from checks.derived.wiring.route_functions import route_functions

if TYPE_CHECKING:
    from checks.snapshot import Snapshot


@dataclass(frozen=True)
class Routers:
    """The routers that nothing mounts, and how many were judged."""

    unmounted: tuple[UnmountedRouter, ...]
    judged: int

    def __len__(self) -> int:
        return self.judged

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found = [
            *python_routers(snapshot),
            *django_urls(snapshot),
            *route_functions(snapshot),
            *ecmascript_routers(snapshot),
        ]
        unmounted = {(router.path, router.made_by or router.name): router for _, router in found if router}
        return cls(tuple(unmounted[key] for key in sorted(unmounted)), len(found))
