"""Variables that are set under a name which differs by a word from the one that the code reads."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.references import is_test_code
from checks.facts.source import Source

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from checks.snapshot import Snapshot

_ONE_THING = (
    frozenset({"URL", "URI", "ADDR", "ADDRESS", "ENDPOINT"}),
    frozenset({"USER", "USERNAME", "LOGIN"}),
    frozenset({"PASS", "PASSWORD", "PASSWD", "PWD"}),
    frozenset({"HOST", "HOSTNAME", "SERVER"}),
    frozenset({"DB", "DATABASE", "DBNAME"}),
    frozenset({"DIR", "DIRECTORY", "PATH", "FOLDER"}),
    frozenset({"LEVEL", "LVL"}),
    frozenset({"TIMEOUT", "TIMEOUTS", "SECONDS", "SECS"}),
)
_WORD = {word: min(words) for words in _ONE_THING for word in words}
_FEWEST = 3  # words of a name of which one may be missing in the other
_MOST = 12


@dataclass(frozen=True, slots=True)
class Read:
    """A variable and where code reads it."""

    name: str
    path: str
    line: int


@dataclass(frozen=True)
class VariablesRead:
    """What shipped code reads: by the words of the name, words for one thing as one; and by these with one left out."""

    by_words: dict[tuple[str, ...], tuple[Read, ...]]
    by_fewer: dict[tuple[str, ...], tuple[Read, ...]]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found: dict[tuple[str, ...], list[Read]] = defaultdict(list)
        fewer: dict[tuple[str, ...], list[Read]] = defaultdict(list)
        for path, source in snapshot.shipped(Source):
            for read in source.environment if not is_test_code(snapshot, path) else ():
                one = Read(read.name, path, read.line)
                found[_canonical(read.name)].append(one)
                for words in _shorter(read.name):
                    fewer[words].append(one)
        return cls(
            {w: tuple(reads) for w, reads in found.items()}, {w: tuple(reads) for w, reads in fewer.items()}
        )

    def meant(self, name: str, known: Container[str]) -> Read | None:
        """The one variable that the code reads under another spelling of the name, and that nothing sets."""
        words = _canonical(name)
        alike = [*self.by_words.get(words, ()), *self.by_fewer.get(words, ())]
        alike += [read for shorter in _shorter(name) for read in self.by_words.get(shorter, ())]
        reads = {read.name: read for read in alike if read.name not in known}
        return next(iter(reads.values())) if len(reads) == 1 else None

    def same(self, name: str, known: Container[str]) -> Read | None:
        """The same, where the two names say the same thing in other words."""
        found = self.meant(name, known)
        return found if found is not None and _canonical(found.name) == _canonical(name) else None


def _canonical(name: str) -> tuple[str, ...]:
    return tuple(_WORD.get(word, word) for word in name.upper().split("_") if word)


def _shorter(name: str) -> Iterator[tuple[str, ...]]:
    """The words of a longer name with one of them left out."""
    words = _canonical(name)
    for index in range(len(words)) if _FEWEST <= len(words) < _MOST else ():
        yield (*words[:index], *words[index + 1 :])
