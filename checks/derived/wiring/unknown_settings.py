"""Settings that a script writes for a program of the tree, and that the program's settings don't have.

serde passes over what it doesn't know, unless it is told to refuse it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.wiring.unread_sections import SettingsType, settings_types
from checks.facts.rust_source import RustSource
from checks.facts.written_toml import WrittenFile, WrittenToml
from checks.model import Evidence, Gap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

_NAMED = re.compile(r'"([^"]+)"')
_WORD = re.compile(r"[A-Za-z_]\w*")
_ANYTHING = re.compile(r"\bflatten\b")


@dataclass(frozen=True, slots=True)
class UnknownSettings:
    """A file that a script writes: what the settings don't have, with its line, and their type."""

    path: str
    file: WrittenFile
    names: tuple[tuple[str, int], ...]
    settings: SettingsType

    def gap(self) -> Gap:
        """One gap for the file that is written."""
        names, owner = ", ".join(f"`{name}`" for name, _ in self.names[:8]), self.settings.definition
        message = f"Writes {self.file.name} with {names}, which {owner.name} doesn't have: without effect."
        places = [Evidence(f"sets {name}", self.path, line) for name, line in self.names[:10]]
        places.append(Evidence(f"looked for them in {owner.name} ({self.settings.path}:{owner.line})"))
        return Gap(self.file.name, message, self.path, self.names[0][1], tuple(places))


@dataclass(frozen=True)
class WrittenSettings:
    """The files that are written for programs of the tree, and those of them with unknown settings."""

    unknown: tuple[UnknownSettings, ...]
    judged: int

    def __len__(self) -> int:
        return self.judged

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        written = [(p, file) for p, found in snapshot.files(WrittenToml) for file in found.files]
        roots = _roots(snapshot) if written else []
        unknown, judged = [], 0
        for path, file in written:
            for root in roots:
                if file.name not in _loaded(snapshot, root):
                    continue
                names = _names(root)
                missing = tuple((name, line) for name, line in file.names if _plain(name) not in names)
                judged += 1
                # Something it does know says that the file is meant for it.
                if missing and len(missing) < len(file.names):
                    unknown.append(UnknownSettings(path, file, missing, root))
        return cls(tuple(unknown), judged)


def _roots(snapshot: Snapshot) -> list[SettingsType]:
    """Of each program in Rust the settings that hold the others, where that is one type."""
    types = settings_types(snapshot, RustSource)
    held = {
        (crate, word)
        for (crate, _), found in types.items()
        for field in found.fields
        for word in _WORD.findall(field.type or "")
    }
    roots: dict[str | None, list[SettingsType]] = defaultdict(list)
    for (crate, name), found in types.items():
        holds = any(
            (crate, word) in types for field in found.fields for word in _WORD.findall(field.type or "")
        )
        if holds and (crate, name) not in held:
            roots[crate].append(found)
    open_ones = (found[0] for found in roots.values() if len(found) == 1)
    return [root for root in open_ones if not any(_ANYTHING.search(f.tag or "") for f in root.fields)]


def _loaded(snapshot: Snapshot, root: SettingsType) -> frozenset[str]:
    """The names of files that the module of the settings spells."""
    source = snapshot.get(root.path, RustSource)
    return frozenset(text.value.rpartition("/")[2] for text in source.strings) if source else frozenset()


def _names(root: SettingsType) -> frozenset[str]:
    return frozenset(_plain(name) for name in _spelled(root))


def _spelled(root: SettingsType) -> Iterator[str]:
    """The fields, and the names that attributes give them."""
    for field in root.fields:
        yield field.name
        yield from _NAMED.findall(field.tag or "")


def _plain(name: str) -> str:
    return name.replace("-", "_").lower()
