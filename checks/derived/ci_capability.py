"""A capability of CI (a secret scan, a linter ...): which commands, actions, hooks and images count as it, and whether CI has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from checks.derived.ci_commands import CiAction, CiCommand, ContinuousIntegration
from checks.facts.pre_commit import Hook
from checks.model import Evidence, Gap, Met, Severity, Undecided
from checks.policy import CapabilityName

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
    policy_name: CapabilityName | None = None  # the key under which a policy adds its own tools
    own: tuple[str, ...] = ()  # those of the policy: a command, an action, an owner or a reusable workflow
    not_with: frozenset[str] = frozenset()  # words under which the commands do something else

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = (
            *self.words,
            *(
                re.escape(command).replace(r"\ ", "[ -]")
                for command in (*self.commands, *self.own)
                if len(command) > 3
            ),
        )
        return re.compile(r"(?<!\w)(?:" + "|".join(words or ("(?!)",)) + r")(?!\w)", re.IGNORECASE)

    def of(self, ci: ContinuousIntegration) -> Capability:
        """The capability with what the policy counts as it."""
        own = ci.capabilities.get(self.policy_name, ()) if self.policy_name else ()
        return replace(self, own=own) if own else self

    def performed(self, ci: ContinuousIntegration) -> Iterator[CiCommand | CiAction | str]:
        """Everything in CI that does it; hooks, images and remote workflows by the path that names them."""
        asked = self.of(ci)
        commands = ci.running(*asked.commands, *asked.own)
        yield from (command for command in commands if asked.not_with.isdisjoint(command.command.words))
        yield from ci.using(*asked.actions, *asked.own)
        if asked.own:
            yield from (path for what, path, _ in ci.opaque if _is_one_of(what, asked.own))
        if asked.action_words:
            named = re.compile("|".join(asked.action_words), re.IGNORECASE)
            yield from (action for action in ci.actions if named.search(action.name))
        yield from (path for path, hook in ci.hooks if asked.is_among_hooks((hook,)))
        yield from (path for text, path, _ in ci.named if asked.is_named(text))

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
    ) -> Iterator[Gap | Undecided | Met]:
        """The gap that nothing does it (that `counts`), what does it, or the doubt where CI calls what can't be read."""
        if done := next(filter(counts, self.performed(ci)), None):
            yield Met(subject, place_of(done), path)
            return
        if doubt := self.doubt(ci, f"it may be {self.name}"):
            yield doubt
            return
        yield Gap(subject, message, path, None, (*because, *self.looked_for(ci)), severity)

    def doubt(self, ci: ContinuousIntegration, what_it_may_do: str) -> Undecided | None:
        """Why one can't say that nothing does it: CI calls what can't be read, or a program of the repository that may start it."""
        if ci.opaque:
            what, path, line = ci.opaque[0]
            return Undecided(f"{path}:{line} calls {what}, which can't be read; {what_it_may_do}", path)
        tools = (*self.commands, *self.of(ci).own)
        for program in ci.own_programs:
            if tool := next((tool for tool in tools if program.may_start(tool)), None):
                name = program.command.name
                reason = f"{program.path}:{program.line} runs `{name}`, a program of this repository whose code names {tool}"
                return Undecided(f"{reason}; {what_it_may_do}", program.path)
        return None

    def looked_for(self, ci: ContinuousIntegration) -> tuple[Evidence, ...]:
        """What was looked for and where."""
        own = self.of(ci).own
        tools = [*own, *self.commands, *(action.rstrip("/") for action in self.actions)]
        more = f" and {len(tools) - _SHOWN} more" if len(tools) > _SHOWN else ""
        files = ci.configurations[:_SHOWN]
        count = f"{len(ci.commands)} commands and {len(ci.actions)} actions"
        looked = Evidence(f"looked for {self.name}: {', '.join(tools[:_SHOWN])}{more}; among {count} of CI")
        return (looked, *(Evidence("read", path, searched=True) for path in files))


def place_of(done: CiCommand | CiAction | str) -> tuple[Evidence, ...]:
    """Where CI does it: the command or action, and the job that reaches it from another file."""
    if isinstance(done, str):
        return (Evidence("does it now", done),)
    name = f"`{done.name if isinstance(done, CiAction) else done.text[:60]}` does it now"
    line = done.reference.line if isinstance(done, CiAction) else done.line
    started = Evidence("starts it", done.origin.path, done.origin.line)
    return (Evidence(name, done.path, line), *([started] if done.origin.path != done.path else []))


def _is_one_of(called: str, workflows: tuple[str, ...]) -> bool:
    """Whether what CI calls ("the workflow acme/ci/.github/workflows/test.yml@main") is one of these, at any version."""
    return called.partition("@")[0].lower().endswith(tuple(f" {name.lower()}" for name in workflows))
