"""What a script copies or reads out of a folder that .gitignore keeps out of every clone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Self

from checks.derived.ignored import IgnoreRules
from checks.derived.own_scripts import OwnScripts
from checks.derived.tree_index import TreeIndex
from checks.derived.tree_paths import join, parents
from checks.facts.shell_source import ShellSource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.derived.ignored import Ignored
    from checks.facts.shell_commands import ShellCommand
    from checks.snapshot import Snapshot

_COPIES = frozenset({"cp", "rsync", "mv", "ln"})
_READS = frozenset({"cat", "source", "."})
_PATH = re.compile(r"^(?:\$\{?\w+\}?/)?((?:[\w@+-][\w.@+-]*/)+[\w@+-][\w.@+-]*)/?(?:\.|\*)?$")
_VARIABLE = re.compile(r"^\$\{?\w+\}?/")
# What a build makes, or a person puts there.
_MADE = re.compile(
    r"(?:^|/)(?:target|node_modules|dist|build|out|output|bin|obj|\.?venv|env|coverage|tmp|temp|logs?|cache|vendor|secrets?|certs?|keys?|releases?"
    r"|__pycache__|generated|data|models?|downloads?|artifacts?|results?|reports?)(?:/|$)|(?:^|[/._-])(?:local|private|secrets?|env)(?:[/._-]|$)|\.(?:pem|key|crt)$",
    re.IGNORECASE,
)
_MOST = 500  # paths of one script
_SCRIPT = re.compile(r"[\w-]+\.(?:sh|bash|py|js|ts|mjs)$")


@dataclass(frozen=True, slots=True)
class IgnoredSource:
    """A path that a script needs and no clone has: the rule that ignores it, and where its original is tracked."""

    script: str
    line: int
    path: str
    rule: Ignored
    original: str


@dataclass(frozen=True, slots=True)
class IgnoredSources:
    """What was found, by script; `looked_at` counts the paths of the repository that scripts copy or read."""

    needs: tuple[IgnoredSource, ...]
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found = [
            one
            for script in snapshot.derived(OwnScripts).all
            for one in islice(_Script(snapshot, script.path, script.commands).needs(), _MOST)
        ]
        return cls(tuple(one for one in found if one is not None), len(found))


class _Script:
    """One script, with the words of all its commands and its quoted texts."""

    def __init__(self, snapshot: Snapshot, path: str, commands: tuple[ShellCommand, ...]) -> None:
        self.snapshot, self.path, self.commands = snapshot, path, commands
        source = snapshot.get(path, ShellSource)
        self.texts = [(text.line, text.value) for text in source.strings] if source else []

    def needs(self) -> Iterator[IgnoredSource | None]:
        for command in self.commands:
            if command.swallowed is None and command.after not in ("&&", "||"):
                for word in _sources(command):
                    for base in ("", *parents(self.path)):
                        path = self._in_tree(base, word)
                        if path is not None:
                            yield self._missing(command, path, word)
                            break

    def _in_tree(self, base: str, word: str) -> str | None:
        """The path that is meant, where the tree has the folder that it begins with."""
        found = _PATH.match(word)
        path = join(base, found.group(1)) if found else None
        first = join(base, found.group(1).partition("/")[0]) if found else None
        return path if path and first in self.snapshot.folders else None

    def _missing(self, command: ShellCommand, path: str, word: str) -> IgnoredSource | None:
        rules = self.snapshot.derived(IgnoreRules)
        if self.snapshot.exists(path) or _MADE.search(path):
            return None
        rule = rules.ignored(path) or rules.ignored(f"{path}/")
        original = self._original(path)
        if rule is None or original is None or self._is_provided(command, _VARIABLE.sub("", word)):
            return None
        return IgnoredSource(self.path, command.line, path, rule, original)

    def _original(self, path: str) -> str | None:
        """A tracked thing of that name: what is missing is the repository's own, not a person's or a build's."""
        name = path.rpartition("/")[2]
        found = self.snapshot.derived(TreeIndex).by_name.get(name, ())
        return min(found, key=lambda place: (place.count("/"), place), default=None)

    def _is_provided(self, command: ShellCommand, path: str) -> bool:
        """Whether the script asks for it, speaks of its folder elsewhere, or runs another script that may make it."""
        folder = path.rstrip("/*.").rpartition("/")[0]
        if any(line != command.line and path in value for line, value in self.texts):
            return True
        return any(
            _SCRIPT.search(word) is not None or folder in word
            for other in self.commands
            if other.line != command.line and not _sources(other)
            for word in other.words
        )


def _sources(command: ShellCommand) -> tuple[str, ...]:
    words = tuple(word for word in command.words[1:] if not word.startswith("-"))
    if command.words[0] in _COPIES and len(words) > 1:
        return words[:-1]
    return words if command.words[0] in _READS else ()
