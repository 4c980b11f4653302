"""pre-commit's configuration: hooks, where they come from and when they run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts
from checks.facts.shell_commands import ShellCommand, shell_commands
from checks.facts.yaml_document import yaml_mapping


@dataclass(frozen=True, slots=True)
class Hook:
    """A hook. `entry` is the command of a local hook; no stages means every stage that is installed."""

    id: str
    repository: str
    line: int
    revision: str | None = None
    entry: str | None = None
    arguments: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    name: str | None = None

    @property
    def command(self) -> tuple[ShellCommand, ...]:
        """What a local hook runs."""
        return shell_commands(" ".join((self.entry, *self.arguments)), line=self.line) if self.entry else ()

    @property
    def runs_on_commit(self) -> bool:
        """Whether it runs before every commit."""
        return not self.stages or bool({"commit", "pre-commit"} & set(self.stages))


@facts(".pre-commit-config.yaml", ".pre-commit-config.yml", version=2)
@dataclass(frozen=True, slots=True)
class PreCommit:
    """The hooks in order."""

    hooks: tuple[Hook, ...] = ()
    default_stages: tuple[str, ...] = ()
    skipped_in_ci: tuple[str, ...] = ()  # what pre-commit.ci leaves out
    line: int = 1  # of `repos:`
    has_ci_settings: bool = False  # a `ci:` table, which only pre-commit.ci reads

    @classmethod
    def extract(cls, text: str) -> Self:
        root = yaml_mapping(text)
        default = root.strings("default_stages")
        hooks: list[Hook] = []
        for repository in root.list("repos"):
            hooks += [
                Hook(
                    id=hook.string("id") or "",
                    repository=repository.string("repo") or "",
                    line=hook.line_of("id"),
                    revision=repository.string("rev"),
                    entry=hook.string("entry"),
                    arguments=hook.strings("args"),
                    stages=hook.strings("stages") or default,
                    name=hook.string("name"),
                )
                for hook in repository.list("hooks")
            ]
        skipped = root.strings("ci", "skip")
        return cls(tuple(hooks), default, skipped, root.line_of("repos"), root.has("ci"))

    def hook(self, *words: str) -> Hook | None:
        """The first hook whose id, repository or command names one of the words."""
        return next(
            (hook for hook in self.hooks if any(word in text for word in words for text in _texts(hook))),
            None,
        )


def _texts(hook: Hook) -> Iterator[str]:
    yield from (hook.id, hook.repository, hook.entry or "")
