"""Secrets that documents and configuration files quote, gathered by file and by what they open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.security.default_secrets import DefaultSecrets
from checks.facts.roles import Role
from checks.facts.secret_file import SecretFile
from checks.facts.secret_mention import SecretMentions
from checks.model import Evidence, Gap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

_SHOWN = 10
_OURS = frozenset({Role.SHIPPED, Role.DOCUMENTATION, Role.TOOL, Role.ARCHIVE})


@dataclass(frozen=True, slots=True)
class QuotedSecret:
    """One file's secrets of one kind and host: the lines that quote them, in order."""

    path: str
    what: str
    host: str
    lines: tuple[int, ...]

    @property
    def gap(self) -> Gap:
        """The gap, without the value: a review is read by more people than the file."""
        name = f"{self.what} for {self.host}" if self.host else self.what
        lines = tuple(Evidence("value withheld", self.path, line) for line in self.lines[:_SHOWN])
        return Gap(name, f"The file quotes {name}.", self.path, self.lines[0], lines)


@dataclass(frozen=True)
class QuotedSecrets:
    """All of them; those of tests, fixtures, examples and copies are somebody's inventions."""

    all: tuple[QuotedSecret, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        said = {(secret.path, secret.line) for secret in snapshot.derived(DefaultSecrets).deployed}
        found: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for path, mentions in snapshot.files(SecretMentions):
            file = snapshot.get(path, SecretFile)
            for held in mentions.held if snapshot.role(path) in _OURS and not (file and file.held) else ():
                if (path, held.line) not in said:
                    found[path, held.what, held.host].append(held.line)
        return cls(tuple(QuotedSecret(*key, tuple(lines)) for key, lines in sorted(found.items())))

    def gaps(self) -> Iterator[Gap]:
        """One gap for each."""
        return (quoted.gap for quoted in self.all)
