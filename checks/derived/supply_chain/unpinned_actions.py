"""Actions and reusable workflows of others that a workflow takes by a name that can move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.composite_action import CompositeAction
from checks.facts.roles import Role
from checks.facts.workflow import Workflow
from checks.facts.workflow_step import ActionReference
from checks.snapshot import Snapshot

_MOVED = frozenset({"stable", "nightly", "beta"})
_HOSTS = frozenset({"actions", "github"})  # the owner of the runner itself


@dataclass(frozen=True, slots=True)
class UnpinnedAction:
    """An action in one file, by its first use there."""

    path: str
    reference: ActionReference
    uses: int

    @property
    def is_on_branch(self) -> bool:
        """A branch: it moves with every commit of its authors, or (stable, release/v1) with every release."""
        ref = self.reference.ref or ""
        return self.reference.is_on_branch or ref in _MOVED or "/" in ref

    @property
    def is_main_branch(self) -> bool:
        return self.reference.is_on_branch

    @property
    def is_of_host(self) -> bool:
        """Whether GitHub itself publishes it."""
        return self.reference.name.partition("/")[0].lower() in _HOSTS


@dataclass(frozen=True)
class UsedActions:
    """How many actions of others there are, and which of them aren't pinned."""

    total: int
    unpinned: tuple[UnpinnedAction, ...]

    def __len__(self) -> int:
        return self.total

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        total = 0
        found: list[UnpinnedAction] = []
        for path, references in _references(snapshot):
            foreign = [
                r
                for r in references
                if not r.is_local and "${{" not in r.text and "@" in r.text and not r.is_image
            ]
            total += len(foreign)
            loose = [reference for reference in foreign if not reference.is_pinned]
            by_name: dict[tuple[str, bool], list[ActionReference]] = {}
            for reference in loose:
                key = (reference.name.lower(), UnpinnedAction(path, reference, 1).is_on_branch)
                by_name.setdefault(key, []).append(reference)
            found += [UnpinnedAction(path, uses[0], len(uses)) for uses in by_name.values()]
        return cls(total, tuple(found))


def _references(snapshot: Snapshot) -> Iterator[tuple[str, list[ActionReference]]]:
    for path, workflow in snapshot.files(Workflow):
        yield path, list(workflow.references)
    for path, action in snapshot.files(CompositeAction):
        if snapshot.role(path) in (Role.SHIPPED, Role.TOOL):
            yield path, [step.uses for step in action.steps if step.uses]
