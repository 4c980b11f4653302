"""Files that no repository is meant to hold: programs, archives, backups, what a shell wrote by mistake. Told from names and sizes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.roles import Role
from checks.model import Entry
from checks.snapshot import Snapshot

# What a file is -> how its name looks. In this order: the first that holds decides.
_KINDS: dict[str, re.Pattern[str]] = {
    "the output of a mistyped redirect": re.compile(r"^(?:=[<>~=]?\d[\w.*]*|&?[12]|nul|NUL|-)$"),
    "a backup": re.compile(r"(?:\.(?:bak|orig|rej|sw[op])|~)$|\w\.(?:py|go|rs|[jt]sx?|sh|ya?ml|toml|json)\.(?:old|backup|save)$"),
    "a leftover of a tool": re.compile(r"^(?:\.DS_Store|Thumbs\.db|nohup\.out|(?:npm-debug|yarn-error)\.log|hs_err_pid\d+\.log|core\.\d+)$"),
    "a compiled program": re.compile(r"\.(?:exe|dll|so|dylib|o|obj|class|py[cod]|msi)$"),
    "a package": re.compile(r"\.(?:jar|war|whl|egg|gem|crate|deb|rpm|apk|dmg|nupkg)$"),
    "an archive": re.compile(r"\.(?:zip|7z|rar|tar|tgz|tbz2|txz|tar\.(?:gz|bz2|xz|zst))$", re.IGNORECASE),
}  # fmt: skip
_MEANT = re.compile(
    r"(?:^|/)(?:gradle|maven)-wrapper\.jar$|(?:^|/)(?:data|assets|static|public|res|resources|models?|corpus|schemas?|libs?)/"
)
_LOOKED_AT = frozenset({Role.SHIPPED, Role.TOOL, Role.GENERATED})
_PROGRAM_SIZE = 1_000_000  # bytes; no script of one file is that long
_EXECUTABLE = 0o100755


@dataclass(frozen=True, slots=True)
class StrayFile:
    """A file and what it is."""

    path: str
    what: str
    size: int


@dataclass(frozen=True)
class StrayFiles:
    """The stray files of the tree; `looked_at` is how many files were looked at."""

    files: tuple[StrayFile, ...]
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        looked_at = [e for e in snapshot.tree.values() if e.is_file and snapshot.role(e.path) in _LOOKED_AT]
        return cls(tuple(_stray(looked_at)), len(looked_at))


def _stray(entries: list[Entry]) -> Iterator[StrayFile]:
    for entry in entries:
        what = None if _MEANT.search(entry.path) else _kind(entry)
        if what is not None:
            yield StrayFile(entry.path, what, entry.size or 0)


def _kind(entry: Entry) -> str | None:
    name = entry.path.rpartition("/")[2]
    found = next((what for what, pattern in _KINDS.items() if pattern.search(name)), None)
    big = entry.mode == _EXECUTABLE and "." not in name and (entry.size or 0) > _PROGRAM_SIZE
    return found or ("a compiled program" if big else None)
