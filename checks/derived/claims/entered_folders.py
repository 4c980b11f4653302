"""Folders that the recipes of a Makefile enter first of all, and that the tree doesn't hold."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.ignored import IgnoreRules
from checks.derived.tree_paths import join
from checks.facts.makefile import Makefile
from checks.facts.roles import Role
from checks.facts.shell_commands import shell_commands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.makefile import RecipeLine
    from checks.snapshot import Snapshot

_NAMES = frozenset({"Makefile", "makefile", "GNUmakefile"})  # others are included, from who knows where
_PLAIN = re.compile(r"\w[\w./-]*$")
# What builds make, people put beside the tree, or make works out (its facts say `make-value`).
_MADE = re.compile(
    r"(?:^|/)(?:build\w*|_build|dist|target|out|output|bin|obj|tmp|temp|vendor|node_modules|venv|[\w.-]*make-value[\w.-]*)(?:/|$)"
)


@dataclass(frozen=True, slots=True)
class MissingFolder:
    """A folder as the Makefile writes it, and the targets that enter it with their lines."""

    makefile: str
    folder: str
    looked_for: str
    targets: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class EnteredFolders:
    """How many folders recipes enter, and those that aren't there."""

    entered: int
    missing: tuple[MissingFolder, ...]

    def __len__(self) -> int:
        return self.entered

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        ignored, count, missing = snapshot.derived(IgnoreRules), 0, []
        for path, makefile in snapshot.files(Makefile):
            home, _, name = path.rpartition("/")
            if name not in _NAMES or snapshot.role(path) is not Role.SHIPPED:
                continue
            entered = _entered(makefile)
            count += len(entered)
            words = _other_words(makefile) if entered else ""
            for folder, targets in entered.items():
                place = join(home, folder)
                if (
                    place is not None
                    and not snapshot.exists(place)
                    and ignored.ignored(f"{place}/") is None
                    and folder.partition("/")[0]
                    not in words  # cloned, made or unpacked by some other command
                ):
                    missing.append(MissingFolder(path, folder, place, tuple(targets)))
        return cls(count, tuple(missing))


def _entered(makefile: Makefile) -> dict[str, list[tuple[str, int]]]:
    """By folder as written, the targets with a line that begins with entering it."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for target in makefile.targets:
        for line in target.recipe:
            folder = None if line.ignored else _first_entered(line)
            if folder and not any(folder.partition("/")[0] in needed for needed in target.prerequisites):
                found[folder].append((target.name, line.line))
    return found


def _first_entered(line: RecipeLine) -> str | None:
    first = next(iter(shell_commands(line.text, line=line.line, errexit=False)), None)
    if first is None or first.words[:1] != ("cd",) or len(first.words) != 2 or first.part or first.swallowed:
        return None
    folder = first.words[1].removeprefix("./").rstrip("/")
    return folder if _PLAIN.match(folder) and not _MADE.search(folder) else None


def _other_words(makefile: Makefile) -> str:
    """All words of the recipes but for what is entered."""
    return "\n".join(_words(makefile))


def _words(makefile: Makefile) -> Iterator[str]:
    for target in makefile.targets:
        for command in target.commands:
            if command.words[:1] != ("cd",):
                yield from command.words
