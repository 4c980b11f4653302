"""What commands of the tree run of its tests by name, and what a configuration leaves out."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.tree_paths import parents
from checks.facts.makefile import Makefile
from checks.facts.package_json import PackageJson
from checks.facts.shell_source import ShellSource
from checks.facts.task_runner import TaskFile

if TYPE_CHECKING:
    from checks.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Test files that one configuration leaves out: the folder they share, and what is said where."""

    folder: str
    files: tuple[str, ...]
    configuration: str
    line: int
    says: str


class TestCommands:
    """What commands of the tree name: where they are run from, and their words as paths."""

    __test__ = False  # pytest: no test class

    def __init__(self, snapshot: Snapshot) -> None:
        self.words: set[str] = set()
        self.folders: set[str] = set()
        ci = snapshot.derived(ContinuousIntegration)
        for command in ci.commands:
            self._add(command.text)
            if command.runs("pytest", "py.test", "python -m pytest"):
                self.folders.add(command.folder.strip("/"))
        for _, makefile in snapshot.files(Makefile):
            for target in makefile.targets:
                self._add(" ".join(line.text for line in target.recipe))
        for _, tasks in snapshot.files(TaskFile):
            for task in tasks.tasks:
                self._add(" ".join(command.text for command in task.commands))
        for _, package in snapshot.files(PackageJson):
            self._add(" ".join(script.command for script in package.scripts))
        for _, shell in snapshot.files(ShellSource):
            for call in shell.calls:
                self._add(" ".join(argument.text for argument in call.arguments))

    def _add(self, text: str) -> None:
        for word in text.replace("=", " ").replace('"', " ").replace("'", " ").split():
            self.words.add(posixpath.normpath(word.partition("::")[0]) if word != "." else word)

    def reaches(self, path: str, home: str) -> bool:
        """Whether a command names the file or a folder above it, or runs the tests from such a folder."""
        inside = [path, *(folder for folder in parents(path) if folder and folder != home)]
        below = [folder for folder in inside if len(folder) > len(home)]
        named = {*below, *(folder[len(home) :].lstrip("/") for folder in below)}
        named |= {folder.rpartition("/")[2] for folder in below}
        return bool(named & self.words) or any(folder in self.folders for folder in below)
