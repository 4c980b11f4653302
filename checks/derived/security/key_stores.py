"""Key stores in the tree: binary files whose name says what they are, so that no text is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.snapshot import Snapshot

_STORE = re.compile(r"(?:^|/)[^/]+\.(?:p12|pfx|jks|keystore)$", re.IGNORECASE)


@dataclass(frozen=True)
class KeyStores:
    """The paths of the key stores, sorted."""

    paths: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.paths)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls(tuple(path for path in sorted(snapshot.paths) if _STORE.search(path)))
