"""A capability of CI (a secret scan, a linter ...): which commands, actions, hooks and images count as it, and whether CI has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from checks.derived.ci_commands import CiAction, CiCommand, ContinuousIntegration
from checks.facts.pre_commit import Hook
from checks.model import Evidence, Gap, Severity, Undecided

_SHOWN = 8


@dataclass(frozen=True)
class Capability:
    """`commands` are tools ("gitleaks", "cargo deny"), `actions` names ("owner/repository", "owner/" for all of an owner).

    `words` are looked for in the images, templates, orbs and hooks that CI names: there a tool is rarely called by its command.
    """

    name: str
    commands: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    action_words: tuple[str, ...] = ()  # parts of the names of actions

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = (
            *self.words,
            *(command.replace(" ", "[ -]") for command in self.commands if len(command) > 3),
        )
        return re.compile(r"(?<!\w)(?:" + "|".join(words or ("(?!)",)) + r")(?!\w)", re.IGNORECASE)

    def performed(self, ci: ContinuousIntegration) -> Iterator[CiCommand | CiAction | str]:
        """Everything in CI that does it; hooks and images by the path that names them."""
        yield from ci.running(*self.commands)
        yield from ci.using(*self.actions)
        if self.action_words:
            named = re.compile("|".join(self.action_words), re.IGNORECASE)
            yield from (action for action in ci.actions if named.search(action.name))
        yield from (path for path, hook in ci.hooks if self.is_among_hooks((hook,)))
        yield from (path for text, path, _ in ci.named if self.is_named(text))

    def is_named(self, text: str) -> bool:
        """Whether an image, template or orb of this name does it."""
        return self._pattern.search(text) is not None

    def is_among_hooks(self, hooks: Iterable[Hook]) -> bool:
        """Whether one of the hooks does it."""
        return any(
            self._pattern.search(f"{hook.repository.rpartition('/')[2]} {hook.id} {hook.entry or ''}")
            for hook in hooks
        )

    def is_performed(self, ci: ContinuousIntegration) -> bool:
        """Whether anything in CI does it."""
        return next(self.performed(ci), None) is not None

    def missing(
        self,
        ci: ContinuousIntegration,
        subject: str,
        message: str,
        *,
        path: str | None = None,
        severity: Severity | None = None,
        because: tuple[Evidence, ...] = (),
        counts: Callable[[CiCommand | CiAction | str], bool] = lambda _: True,
    ) -> Iterator[Gap | Undecided]:
        """The gap that nothing does it (that `counts`), or the doubt where CI calls what can't be read."""
        if any(counts(found) for found in self.performed(ci)):
            return
        if ci.opaque:
            what, where, line = ci.opaque[0]
            yield Undecided(f"{where}:{line} calls {what}, which can't be read; it may be {self.name}", where)
            return
        yield Gap(subject, message, path, None, (*because, *self.looked_for(ci)), severity)

    def looked_for(self, ci: ContinuousIntegration) -> tuple[Evidence, ...]:
        """What was looked for and where."""
        tools = [*self.commands, *(action.rstrip("/") for action in self.actions)]
        more = f" and {len(tools) - _SHOWN} more" if len(tools) > _SHOWN else ""
        files = ci.configurations[:_SHOWN]
        count = f"{len(ci.commands)} commands and {len(ci.actions)} actions"
        looked = Evidence(f"looked for {self.name}: {', '.join(tools[:_SHOWN])}{more}; among {count} of CI")
        return (looked, *(Evidence("read", path, searched=True) for path in files))
