"""What CI really runs: the commands and actions of every pipeline, followed through make, package scripts, tasks and scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

from checks.derived.ci_calls import called
from checks.derived.own_programs import OwnProgram, own_programs
from checks.derived.task_tools import OPAQUE
from checks.derived.tree_paths import join
from checks.facts.composite_action import CompositeAction
from checks.facts.pipeline import Jenkinsfile, Pipeline
from checks.facts.pre_commit import Hook, PreCommit
from checks.facts.shell_commands import ShellCommand
from checks.facts.workflow import Job, Workflow
from checks.facts.workflow_step import ActionReference, Step
from checks.policy import CapabilityName
from checks.snapshot import Snapshot

_DEPTH = 8
# Remote workflows whose name says that they neither test nor scan.
_SAYS_WHAT_IT_DOES = re.compile(
    r"approve|stale|label|cla\b|dco|merge|backport|issue|notif|generator_|provenance|changelog|docs?\b|deploy|sync|triage|bot\b|release|publish|greet|assign",
    re.IGNORECASE,
)
_LIMIT = 20_000  # commands followed in all
_CALLS = 100_000  # targets, scripts and tasks that these may name, each as often as it is named


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a run begins: the step of a job. `on_changes`: pull requests or pushes to branches start it."""

    path: str
    line: int
    job: str = ""
    on_changes: bool = True
    is_automatic: bool = True
    allowed_to_fail: str | None = None  # "continue-on-error: true" of the step or job, with its condition
    step: str = ""


@dataclass(frozen=True, slots=True)
class CiCommand:
    """A command that CI runs: where it is written, and what started it."""

    command: ShellCommand
    path: str
    line: int
    folder: str
    origin: Origin
    swallowed: str | None = None  # what hides its failure, of itself or of any command on the way to it
    calls: bool = False  # it runs something else of the tree, which is listed after it

    def runs(self, *tools: str) -> bool:
        """Whether it runs one of the tools."""
        return self.command.runs(*tools)

    @property
    def text(self) -> str:
        return self.command.text

    @property
    def failure_hidden_by(self) -> str | None:
        """Why its failure doesn't fail the job, if it doesn't."""
        return self.swallowed or self.origin.allowed_to_fail


@dataclass(frozen=True, slots=True)
class CiAction:
    """An action that CI uses, with its inputs."""

    reference: ActionReference
    step: Step
    path: str
    origin: Origin

    @property
    def name(self) -> str:
        return self.reference.name.lower()


@dataclass(frozen=True)
class ContinuousIntegration:
    """Everything that CI runs. `opaque` are the calls whose contents can't be read: remote workflows, build systems."""

    commands: tuple[CiCommand, ...] = ()
    actions: tuple[CiAction, ...] = ()
    hooks: tuple[tuple[str, Hook], ...] = ()  # pre-commit hooks that CI runs
    configurations: tuple[str, ...] = ()
    named: tuple[tuple[str, str, int], ...] = ()  # images, orbs, tasks of other providers: text, path, line
    opaque: tuple[tuple[str, str, int], ...] = ()
    capabilities: Mapping[CapabilityName, tuple[str, ...]] = field(default_factory=dict)  # the policy's own
    own_programs: tuple[OwnProgram, ...] = ()

    def __len__(self) -> int:
        return len(self.configurations)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        reader = _Reader(snapshot)
        reader.read()
        return cls(
            tuple(reader.commands),
            tuple(reader.actions),
            tuple(reader.hooks),
            tuple(reader.configurations),
            tuple(reader.named),
            tuple(dict.fromkeys(reader.opaque)),
            snapshot.policy.capabilities,
            own_programs(snapshot, ((c.command, c.path, c.line) for c in reader.commands)),
        )

    def running(self, *tools: str) -> Iterator[CiCommand]:
        """The commands that run one of the tools."""
        return (command for command in self.commands if command.runs(*tools))

    def using(self, *names: str) -> Iterator[CiAction]:
        """The actions of these names ("aquasecurity/trivy-action"); a name that ends in "/" is an owner."""
        wanted = tuple(name.lower() for name in names)
        exact = frozenset(wanted)
        owners = tuple(name for name in wanted if name.endswith("/"))
        return (a for a in self.actions if a.name in exact or (owners and a.name.startswith(owners)))

    def mentions(self, pattern: re.Pattern[str]) -> bool:
        """Whether any command, action, hook, image or input says a word, in whatever way: to doubt an absence."""
        return any(pattern.search(text) for text in self._texts)

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return (
            *(command.text for command in self.commands),
            *(f"{a.reference.text} {' '.join(value for _, value in a.step.inputs)}" for a in self.actions),
            *(f"{hook.repository} {hook.id} {hook.entry or ''}" for _, hook in self.hooks),
            *(text for text, _, _ in self.named),
        )


class _Reader:
    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.commands: list[CiCommand] = []
        self.actions: list[CiAction] = []
        self.hooks: list[tuple[str, Hook]] = []
        self.configurations: list[str] = []
        self.named: list[tuple[str, str, int]] = []
        self.opaque: list[tuple[str, str, int]] = []
        self._visited: set[tuple[str, str, str]] = set()
        self._calls_left = _CALLS

    def read(self) -> None:
        for path, workflow in self.snapshot.files(Workflow):
            if workflow.is_only_called or not workflow.jobs:
                continue
            self.configurations.append(path)
            self._workflow(path, workflow, workflow.runs_on_changes, workflow.is_automatic, 0)
        for path, pipeline in self.snapshot.files(Pipeline):
            self.configurations.append(path)
            self.named += [(text, path, line) for text, line in pipeline.named]
            self._scripts(path, pipeline)
        for path, jenkinsfile in self.snapshot.files(Jenkinsfile):
            self.configurations.append(path)
            self._scripts(path, jenkinsfile)
        pre_commit = self.snapshot.get(".pre-commit-config.yaml", PreCommit)
        if pre_commit and pre_commit.has_ci_settings:
            self._run_hooks(".pre-commit-config.yaml", Origin(".pre-commit-config.yaml", 1))

    def _workflow(self, path: str, workflow: Workflow, on_changes: bool, automatic: bool, depth: int) -> None:
        for job in workflow.jobs:
            if job.is_off:
                continue
            origin = Origin(
                path, job.line, job.id, on_changes, automatic, _allowed(job.continue_on_error, "job")
            )
            if job.uses:
                self._called_workflow(job, job.uses, path, origin, depth)
            for step in job.steps:
                start = len(self.commands)
                for variant in job.variants(step) if step.run else (step,):
                    self._step(variant, path, origin, depth)
                self.commands[start:] = dict.fromkeys(self.commands[start:])

    def _called_workflow(
        self, job: Job, reference: ActionReference, path: str, origin: Origin, depth: int
    ) -> None:
        called_path = re.sub(r"^[.$]/", "", reference.text) if reference.is_local else ""
        found = self.snapshot.get(called_path, Workflow) if called_path else None
        if found and depth < _DEPTH:
            self._workflow(called_path, found, origin.on_changes, origin.is_automatic, depth + 1)
            return
        step = Step(reference.line, uses=reference, inputs=job.inputs)
        self.actions.append(CiAction(reference, step, path, replace(origin, line=reference.line)))
        if not _SAYS_WHAT_IT_DOES.search(reference.name.rpartition("/")[2]):
            self.opaque.append((f"the workflow {reference.text}", path, reference.line))

    def _step(self, step: Step, path: str, around: Origin, depth: int) -> None:
        if step.is_off:
            return
        allowed = around.allowed_to_fail or _allowed(step.continue_on_error, "step")
        origin = replace(around, line=step.line, allowed_to_fail=allowed, step=step.label)
        folder = join("", step.working_directory or "") if step.working_directory else ""
        self._follow(step.commands, path, folder or "", origin, None, 0)
        if step.uses:
            self._action(step, step.uses, path, origin, depth)

    def _action(self, step: Step, reference: ActionReference, path: str, origin: Origin, depth: int) -> None:
        self.actions.append(CiAction(reference, step, path, origin))
        if reference.name.lower() in ("pre-commit/action", "j178/prek-action"):
            self._run_hooks(path, origin)
        if reference.is_local and depth < _DEPTH:
            for name in ("action.yml", "action.yaml"):
                where = join(reference.text, name)
                action = self.snapshot.get(where, CompositeAction) if where else None
                for inner in action.steps if action and where else ():
                    self._step(inner, str(where), origin, depth + 1)

    def _scripts(self, path: str, pipeline: Pipeline | Jenkinsfile) -> None:
        for script in pipeline.scripts:
            self._follow(script.commands, path, script.folder, Origin(path, script.line), None, 0)

    def _follow(
        self,
        commands: Iterable[ShellCommand],
        path: str,
        folder: str,
        origin: Origin,
        swallowed: str | None,
        depth: int,
    ) -> None:
        for command in commands:
            if command.words[0] in ("cd", "pushd") and len(command.words) == 2 and not command.part:
                folder = join(folder, command.words[1]) or (
                    "" if command.words[1] in (".", "..", "-") else folder
                )
            hidden = swallowed or command.swallowed
            if depth > _DEPTH or self._is_enough(path, command.line):
                return
            position = len(self.commands)
            self.commands.append(CiCommand(command, path, command.line, folder, origin, hidden))
            if command.runs("pre-commit run", "pre-commit", "prek"):
                self._run_hooks(path, origin)
            self._calls(command, folder, origin, hidden, depth, position)

    def _is_enough(self, path: str, line: int) -> bool:
        """Whether so much was followed that the rest is left alone: what that does isn't known then."""
        if len(self.commands) <= _LIMIT and self._calls_left > 0:
            return False
        if self._calls_left >= 0:
            self._calls_left = -1
            self.opaque.append(("more than can be followed", path, line))
        return True

    def _calls(
        self,
        command: ShellCommand,
        folder: str,
        origin: Origin,
        hidden: str | None,
        depth: int,
        position: int,
    ) -> None:
        for words in command.chain:
            if words[0] in OPAQUE:
                self.opaque.append((f"`{words[0]}`", self.commands[position].path, command.line))
        for inner in called(self.snapshot, command, folder):
            if not self.commands[position].calls:
                self.commands[position] = replace(self.commands[position], calls=True)
            if self._is_enough(inner.path, command.line):
                return
            self._calls_left -= 1
            key = (inner.path, inner.name, f"{origin.path}:{origin.line}:{hidden}")
            if key not in self._visited:
                self._visited.add(key)
                self._follow(inner.commands, inner.path, inner.folder, origin, hidden, depth + 1)

    def _run_hooks(self, path: str, origin: Origin) -> None:
        configuration = ".pre-commit-config.yaml"
        found = self.snapshot.get(configuration, PreCommit)
        key = (configuration, "", f"{origin.path}:{origin.line}")
        if found is None or key in self._visited:
            return
        self._visited.add(key)
        for hook in found.hooks:
            if hook.id not in found.skipped_in_ci and hook.runs_on_commit:
                self.hooks.append((path, hook))
                self._follow(hook.command, configuration, "", origin, None, 1)


def _allowed(value: str | None, place: str) -> str | None:
    return f"continue-on-error: {value} on the {place}" if value is not None else None
