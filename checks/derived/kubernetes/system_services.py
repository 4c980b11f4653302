"""Services that systemd runs from the tree's units, with what confines each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.roles import Role
from checks.facts.systemd_unit import SystemdUnit
from checks.snapshot import Snapshot

_OFF = frozenset({"no", "false", "off", "0", "", "root"})
_MAY_BE_EMPTY = "CapabilityBoundingSet"  # which then takes every right away
_NOT_RUN = frozenset({Role.TEST, Role.FIXTURE, Role.EXAMPLE, Role.VENDORED, Role.ARCHIVE, Role.DOCUMENTATION})
# What confines a service -> the settings of which any does; DynamicUser brings the first four along.
_WALLS: dict[str, tuple[str, ...]] = {
    "NoNewPrivileges": ("NoNewPrivileges", "DynamicUser"),
    "ProtectSystem": ("ProtectSystem", "DynamicUser", "ReadOnlyPaths", "RootDirectory", "RootImage"),
    "PrivateTmp": ("PrivateTmp", "DynamicUser", "RootDirectory", "RootImage"),
    "ProtectHome": ("ProtectHome", "DynamicUser", "InaccessiblePaths", "RootDirectory", "RootImage"),
    "CapabilityBoundingSet": ("CapabilityBoundingSet",),
}


@dataclass(frozen=True, slots=True)
class SystemService:
    """A long-running service. `missing` are the walls it lacks; `is_root` that it names no user."""

    path: str
    line: int
    missing: tuple[str, ...]
    is_root: bool


@dataclass(frozen=True)
class SystemServices:
    """The services; those that start containers or run for one user are none: their walls are elsewhere."""

    all: tuple[SystemService, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        units = [item for item in snapshot.files(SystemdUnit) if snapshot.role(item[0]) not in _NOT_RUN]
        found: dict[str, list[SystemdUnit]] = {
            path: [unit] for path, unit in units if ".service.d/" not in path
        }
        for path, unit in units:
            if ".service.d/" in path:
                found.get(path.partition(".service.d/")[0] + ".service", []).append(unit)
        return cls(tuple(_services(found)))


def _services(units: dict[str, list[SystemdUnit]]) -> Iterator[SystemService]:
    for path, parts in units.items():
        command = parts[0].value("Service", "ExecStart")
        if command is None or _is_elsewhere(path, command, parts[0]):
            continue
        missing = tuple(wall for wall, settings in _WALLS.items() if not _is_set(parts, settings))
        is_root = not _is_set(parts, ("User", "DynamicUser"))
        yield SystemService(path, parts[0].line("Service", "ExecStart"), missing, is_root)


def _is_elsewhere(path: str, command: str, unit: SystemdUnit) -> bool:
    """Whether something else confines it, or it is over at once."""
    return (
        any(word in command for word in ("docker", "podman", "kubelet"))
        or unit.value("Service", "Type") == "oneshot"
        or unit.value("Install", "WantedBy") == "default.target"
        or "/user/" in f"/{path}"
    )


def _is_set(parts: list[SystemdUnit], names: tuple[str, ...]) -> bool:
    values = ((name, part.value("Service", name)) for part in parts for name in names)
    return any(
        value is not None and (value.lower() not in _OFF or name == _MAY_BE_EMPTY) for name, value in values
    )
