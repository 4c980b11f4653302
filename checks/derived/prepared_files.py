"""Files that a step, a script or a Makefile makes before something else is built of them: `cp .env.example .env`."""

from __future__ import annotations

import itertools
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from checks.derived.ci_commands import ContinuousIntegration
from checks.facts.goreleaser import Goreleaser
from checks.facts.makefile import Makefile
from checks.facts.shell_commands import ShellCommand
from checks.facts.shell_script import ShellScript
from checks.facts.workflow import Workflow
from checks.snapshot import Snapshot

_COPIES = frozenset({"cp", "mv", "ln", "install"})
_OUTPUTS = frozenset({"-o", "-O", "--output", "--output-file", "--output-document"})
_REDIRECTED = re.compile(r"(?:>|\btee(?: -a)?) {0,4}[\"']?([\w./-]{1,200})")
_DEEPEST = 10
_SHOWS = re.compile(r"example|sample|template|\.dist$", re.IGNORECASE)


@dataclass(frozen=True)
class PreparedFiles:
    """What is made, and of what where it is copied ("" else)."""

    made: dict[str, str]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls({_plain(path): source for path, source in _made(snapshot)})

    def makes(self, path: str) -> bool:
        """Whether this path of the tree is made."""
        return path in self.made

    def copies(self, path: str) -> bool:
        """Whether a script takes this file of the tree to another place, from its folder or one above it."""
        parts = path.split("/")
        below = ("/".join(parts[start:]) for start in range(1, len(parts) - 1))
        return path in self._sources or any(written in self._sources for written in below)

    def is_of_example(self, name: str) -> bool:
        """Whether the file of this name is a copy of one that only shows its form."""
        return name in self._of_examples

    @cached_property
    def _sources(self) -> frozenset[str]:
        return frozenset(map(_plain, filter(None, self.made.values())))

    @cached_property
    def _of_examples(self) -> frozenset[str]:
        return frozenset(
            posixpath.basename(path) for path, source in self.made.items() if _SHOWS.search(source)
        )


def _plain(path: str) -> str:
    return posixpath.normpath(path).lstrip("/")


def _made(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    for found in snapshot.derived(ContinuousIntegration).commands:
        for path, source in _of_commands((found.command,)):
            yield posixpath.join(found.folder, path), source
    for _, goreleaser in snapshot.files(Goreleaser):
        yield from ((binary, "") for binary in goreleaser.binaries)
    for _, script in snapshot.files(ShellScript):
        yield from _of_commands(script.commands)
    for _, workflow in snapshot.files(Workflow):
        for _, step in workflow.steps:
            yield from ((path, "") for path in _REDIRECTED.findall(step.run or ""))
    for _, makefile in snapshot.files(Makefile):
        for target in makefile.targets:
            for line in target.recipe:
                yield from ((path, "") for path in _REDIRECTED.findall(line.text))
            yield from _of_commands(target.commands)


def _above(path: str) -> Iterator[str]:
    """The folders that hold a path, which `mkdir -p` makes as well."""
    parts = _plain(path).split("/")[:-1]
    return itertools.islice(itertools.accumulate(parts, posixpath.join), _DEEPEST)


def _of_commands(commands: Iterable[ShellCommand]) -> Iterator[tuple[str, str]]:
    for command in commands:
        words = command.unwrapped().words
        operands = [word for word in words[1:] if not word.startswith("-")]
        if words[0] in _COPIES and len(operands) > 1:
            *sources, last = operands
            yield last, sources[-1]
            yield from ((posixpath.join(last, posixpath.basename(source)), source) for source in sources)
        elif words[0] == "mkdir":
            yield from ((folder, "") for word in operands for folder in (word, *_above(word)))
        elif words[0] in ("tee", "touch"):
            yield from ((word, "") for word in operands)
        for option, value in itertools.pairwise(words):
            if option in _OUTPUTS:
                yield value, ""
