"""What manifests and README say of the licence, and whether its text is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.roles import Role
from checks.facts.source import Source
from checks.facts.stated_license import StatedLicense
from checks.snapshot import Snapshot

_FILE = re.compile(
    r"^(?:\.github/)?(?:UN)?(?:LICEN[CS]E|COPYING)(?:[-._][\w.-]*)?$|^LICENSES/|^licen[cs]es?/", re.IGNORECASE
)


@dataclass(frozen=True)
class StatedLicenses:
    """Statements as (path, licence, line); `file` is the first licence text at the root, or those beside all the statements."""

    statements: tuple[tuple[str, str, int], ...]
    file: str | None

    def __len__(self) -> int:
        return len(self.statements)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        statements = tuple(
            found
            for found in _statements(snapshot)
            if snapshot.role(found[0]) is Role.SHIPPED and found[1].upper() != "UNLICENSED"
        )
        root = next((path for path in sorted(snapshot.paths) if _FILE.match(path)), None)
        return cls(statements, root or _beside(snapshot, [path for path, _, _ in statements]))


def _beside(snapshot: Snapshot, stating: list[str]) -> str | None:
    """The text beside the first statement, where each has one: the licence of a package stands in its folder."""
    texts = {path.rpartition("/")[0]: path for path in snapshot.paths if _FILE.match(path.rpartition("/")[2])}
    found = [texts.get(path.rpartition("/")[0]) for path in stating]
    return found[0] if found and all(found) else None


def _statements(snapshot: Snapshot) -> Iterator[tuple[str, str, int]]:
    for path, stated in snapshot.files(StatedLicense):
        if stated.license:
            yield path, stated.license, stated.line


@dataclass(frozen=True)
class PublicProject:
    """A project that others are meant to use: it has an open licence, or publishes a package. `why` says how one knows."""

    why: str

    def __len__(self) -> int:
        return int(bool(self.why))

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        has_code = any(snapshot.role(path) is Role.SHIPPED for path, _ in snapshot.files(Source))
        stated = snapshot.derived(StatedLicenses)
        if not has_code:
            return cls("")
        if stated.file:
            return cls(f"it has a licence, `{stated.file}`")
        return cls(f"`{stated.statements[0][0]}` states a licence" if stated.statements else "")
