"""Crates that a Rust workspace asks for at an older version than something else in its lock file does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.cargo_lock import CargoLock, LockedCrate
from checks.facts.roles import Role
from checks.snapshot import Snapshot

# Families of which several versions are normal: shims of platforms and of the compiler.
_NORMAL = re.compile(
    r"^(?:windows(?:[-_].*)?|winapi.*|wasi|wasm-bindgen.*|r-efi|linux-raw-sys|js-sys|web-sys)$"
)
_NAMED = 3
_OURS = frozenset({Role.SHIPPED, Role.TOOL})


@dataclass(frozen=True)
class DuplicateCrate:
    """A crate: the version that the workspace asks for, and the newer ones that only others do."""

    path: str
    lock: CargoLock
    own: LockedCrate
    asked_by: str
    others: tuple[LockedCrate, ...]

    def wanted_by(self, crate: LockedCrate) -> list[str]:
        """A few of the packages that need another version."""
        return list(dict.fromkeys(c.name for c in self.lock.needing(crate.name, crate.version)))[:_NAMED]


@dataclass(frozen=True)
class DuplicateCrates:
    """Those of every lock file."""

    all: tuple[DuplicateCrate, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls(
            tuple(
                found
                for path, lock in snapshot.files(CargoLock)
                if snapshot.role(path) in _OURS
                for found in _duplicates(path, lock)
            )
        )


def _duplicates(path: str, lock: CargoLock) -> Iterator[DuplicateCrate]:
    for name, crates in lock.by_name().items():
        if len(crates) < 2 or _NORMAL.match(name):
            continue
        asked = {
            crate.version: [c.name for c in lock.needing(name, crate.version) if c.is_own] for crate in crates
        }
        own = [crate for crate in crates if asked[crate.version]]
        others = tuple(crate for crate in crates if not asked[crate.version])
        if own and others and not any(crate.is_own for crate in crates):
            newest = max(own, key=_order)
            if newer := tuple(crate for crate in others if _order(crate) > _order(newest)):
                yield DuplicateCrate(path, lock, newest, asked[newest.version][0], newer)


def _order(crate: LockedCrate) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", crate.version.partition("+")[0])[:3])
