"""Python programs that an image starts and that are nowhere in what it is built from."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

from checks.derived.command_targets import CommandTarget, TargetKind, word_targets
from checks.derived.ignored import IgnoreRules
from checks.derived.images import Images
from checks.derived.start_commands import Place, resolved
from checks.derived.tree_paths import is_hidden
from checks.facts.pyproject import Pyproject
from checks.facts.requirements import RequirementsFile
from checks.facts.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.derived.images import Image, Start
    from checks.snapshot import Snapshot

# What brings files that are not in the tree.
_FETCHES = re.compile(r"\b(?:git|curl|wget|unzip|tar|aws|gsutil|svn|pyinstaller|cookiecutter|copier)\b")


@dataclass(frozen=True, slots=True)
class MissingStart:
    """What is started, as the image says and as it is looked for, with the folder that the image is built from."""

    path: str
    line: int
    text: str
    name: str
    context: str


@dataclass(frozen=True)
class MissingStarts:
    """The programs that are missing, and how many were looked for."""

    missing: tuple[MissingStart, ...]
    judged: int

    def __len__(self) -> int:
        return self.judged

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        missing, judged, tree = [], 0, _Tree(snapshot)
        for image in snapshot.derived(Images).images:
            for start, target in _own(snapshot, image):
                judged += 1
                if tree.lacks(image, target):
                    missing.append(
                        MissingStart(image.path, start.line, start.text, target.name, image.context)
                    )
        return cls(tuple(missing), judged)


def _own(snapshot: Snapshot, image: Image) -> Iterator[tuple[Start, CommandTarget]]:
    """What an image starts by the name of a Python file or module, where it holds a folder of the tree as a whole."""
    whole = image.context in image.roots and snapshot.role(image.path) is Role.SHIPPED
    if not whole or is_hidden(image.path) or _FETCHES.search(_run(image)):
        return
    # With an ENTRYPOINT, a CMD holds its arguments.
    starts = image.starts[-1:] if _has_entry_point(image) else image.starts
    for start in starts:
        for target in word_targets(list(start.words)):
            is_file = target.kind is TargetKind.FILE and target.name.endswith(".py")
            if is_file or (target.kind is TargetKind.PYTHON_MODULE and ":" in target.command):
                yield start, target


def _has_entry_point(image: Image) -> bool:
    final = image.dockerfile.final
    return final is not None and image.dockerfile.effective("ENTRYPOINT", final) is not None


def _run(image: Image) -> str:
    """All that is run while the image is built."""
    return "\n".join(command.text for stage in image.dockerfile.stages for command in stage.commands)


class _Tree:
    """What of the tree an image may find, worked out once for each folder."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._paths = sorted(snapshot.paths)
        self._names: dict[str, frozenset[str]] = {}

    def lacks(self, image: Image, target: CommandTarget) -> bool:
        """Whether it is neither there, nor installed, nor ignored, nor written while the image is built."""
        if "$" in target.name or any(resolved(self._snapshot, target, Place((image.context,), image))):
            return False
        is_file = target.kind is TargetKind.FILE
        first = target.name.rpartition("/")[2] if is_file else target.name.partition(".")[0]
        names = {first} if is_file else {first, f"{first}.py"}
        if first in _run(image) or first.lower() in self._installed:
            return False
        rules = self._snapshot.derived(IgnoreRules)
        places = [f"{image.context}/{name}".lstrip("/") for name in names]
        ignored = any(rules.ignored(path) or rules.ignored(f"{path}/") for path in places)
        return not ignored and names.isdisjoint(self._below(image.context))

    def _below(self, folder: str) -> frozenset[str]:
        """The names of all files and folders in a folder and below."""
        if folder not in self._names:
            above = f"{folder}/".lstrip("/")
            start, end = (bisect_left(self._paths, f"{above}{last}") for last in ("", chr(0x10FFFF)))
            inner = (path.removeprefix(above) for path in self._paths[start:end])
            self._names[folder] = frozenset(name for path in inner for name in path.split("/"))
        return self._names[folder]

    @cached_property
    def _installed(self) -> frozenset[str]:
        """The names of all that the tree's Python manifests require, and of its own distributions."""
        listed = [r.name for _, file in self._snapshot.files(RequirementsFile) for r in file.requirements]
        for _, project in self._snapshot.files(Pyproject):
            listed += [r.name for r in project.requirements] + [project.name or ""]
        return frozenset(name.lower().replace("-", "_") for name in listed)
