"""GitHub workflows: triggers, permissions, jobs and their steps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from checks.facts.kinds import facts
from checks.facts.workflow_step import ActionReference, Step, action_reference, is_never, read_env, read_steps
from checks.facts.yaml_document import YamlNode, yaml_mapping

_COMMENTED_TRIGGER = re.compile(
    r"^\s*#\s*(push|pull_request|schedule|release|workflow_run|merge_group)\s*:\s*(?:\{.*|\[.*)?$"
)
_TOP = 12  # lines in which a file says what it is
_GENERATED = re.compile(r"\bgenerated\b", re.IGNORECASE)
_NOT_EDITED = re.compile(r"\b(?:do not|don't|never) (?:edit|modify|change)\b", re.IGNORECASE)
_AXIS = re.compile(r"\$\{\{ {0,4}matrix\.([\w.-]+) {0,4}\}\}")
_VARIANTS = 20
_MANUAL = frozenset({"workflow_dispatch", "workflow_call", "repository_dispatch"})
_CHANGE = frozenset({"push", "pull_request", "pull_request_target", "merge_group"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """An event under `on:` with its filters."""

    name: str
    line: int
    branches: tuple[str, ...] = ()
    branches_ignored: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    schedules: tuple[str, ...] = ()

    @property
    def is_for_tags_only(self) -> bool:
        """A push trigger that only tags start."""
        return self.name == "push" and bool(self.tags) and not self.branches


@dataclass(frozen=True, slots=True)
class Permissions:
    """`permissions:` of a workflow or job; `scopes` are pairs like ("contents", "read"), ("*", "read-all") for one word."""

    line: int
    scopes: tuple[tuple[str, str], ...] = ()

    def writes(self, scope: str) -> bool:
        """Whether the scope may be written."""
        return any(
            (name == scope and level == "write") or level == "write-all" for name, level in self.scopes
        )


@dataclass(frozen=True, slots=True)
class ServiceContainer:
    """A container beside a job, or the job's own (named "container")."""

    name: str
    image: str
    line: int


@dataclass(frozen=True, slots=True)
class Job:
    """A job. `uses` names a reusable workflow; `matrix` holds the plain values of each axis, as written."""

    id: str
    line: int
    name: str | None = None
    needs: tuple[str, ...] = ()
    runs_on: tuple[str, ...] = ()
    runs_on_line: int = 0
    comment: str = ""  # behind or above runs-on
    timeout: str | None = None
    condition: str | None = None
    continue_on_error: str | None = None
    allowance_line: int = 0  # of continue-on-error
    permissions: Permissions | None = None
    containers: tuple[ServiceContainer, ...] = ()
    matrix: tuple[tuple[str, tuple[str, ...]], ...] = ()
    environment: str | None = None
    uses: ActionReference | None = None
    inputs: tuple[tuple[str, str], ...] = ()
    env: tuple[tuple[str, str], ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def is_off(self) -> bool:
        """Whether its condition is plainly false."""
        return is_never(self.condition)

    def variants(self, step: Step) -> tuple[Step, ...]:
        """What a step of it runs: a script that names one axis of the matrix once with each value.

        Of two axes not every pair need exist, so such a script stays as it is written.
        """
        texts = f"{step.run or ''} {step.working_directory or ''}"
        named = set(_AXIS.findall(texts))
        values = next((held for axis, held in self.matrix if named == {axis}), ())[:_VARIANTS]
        return tuple(_with_value(step, value) for value in values) or (step,)


def _with_value(step: Step, value: str) -> Step:
    run, folder = step.run, step.working_directory
    return replace(
        step,
        run=_AXIS.sub(lambda _: value, run) if run else run,
        working_directory=_AXIS.sub(lambda _: value, folder) if folder else folder,
    )


@facts(".github/workflows/*.yml", ".github/workflows/*.yaml", version=5)
@dataclass(frozen=True, slots=True)
class Workflow:
    """A workflow at the place where GitHub looks for it."""

    name: str | None = None
    triggers: tuple[Trigger, ...] = ()
    permissions: Permissions | None = None
    env: tuple[tuple[str, str], ...] = ()
    jobs: tuple[Job, ...] = ()
    line: int = 1  # of `jobs:`
    switched_off: tuple[tuple[str, int], ...] = ()  # triggers that are commented out: event and line
    is_written_by_program: bool = (
        False  # the comment at its top says so: what is wrong in it is mended elsewhere
    )

    @classmethod
    def extract(cls, text: str) -> Self:
        root, lines = yaml_mapping(text), text.split("\n")
        return cls(
            name=root.string("name"),
            triggers=tuple(_triggers(root)),
            permissions=_permissions(root),
            env=read_env(root),
            jobs=tuple(_jobs(root, lines)),
            line=root.line_of("jobs"),
            switched_off=tuple(_switched_off(root, lines)),
            is_written_by_program=_is_written_by_program(lines),
        )

    def trigger(self, name: str) -> Trigger | None:
        """The trigger of this event."""
        return next((trigger for trigger in self.triggers if trigger.name == name), None)

    def job(self, job_id: str) -> Job | None:
        """The job of this id."""
        return next((job for job in self.jobs if job.id == job_id), None)

    @property
    def runs_on_changes(self) -> bool:
        """Whether pull requests or pushes to branches start it."""
        return any(trigger.name in _CHANGE and not trigger.is_for_tags_only for trigger in self.triggers)

    @property
    def is_only_called(self) -> bool:
        """Whether only another workflow starts it."""
        return bool(self.triggers) and all(trigger.name == "workflow_call" for trigger in self.triggers)

    @property
    def is_automatic(self) -> bool:
        """Whether anything but a person, a program or another workflow starts it."""
        return any(trigger.name not in _MANUAL for trigger in self.triggers)

    @property
    def steps(self) -> Iterator[tuple[Job, Step]]:
        """Every step with its job."""
        return ((job, step) for job in self.jobs for step in job.steps)

    @property
    def references(self) -> Iterator[ActionReference]:
        """Every action and reusable workflow that it uses."""
        for job in self.jobs:
            if job.uses:
                yield job.uses
            yield from (step.uses for step in job.steps if step.uses)


def _triggers(root: YamlNode) -> Iterator[Trigger]:
    node = root.get("on")
    if node is None:
        return
    if node.text is not None:
        yield Trigger(node.text, node.line)
    for item in node.items or ():
        if item.text is not None:
            yield Trigger(item.text, item.line)
    for entry in node.entries or ():
        value = entry.value
        yield Trigger(
            entry.key,
            entry.line,
            branches=value.strings("branches"),
            branches_ignored=value.strings("branches-ignore"),
            tags=value.strings("tags"),
            paths=value.strings("paths"),
            types=value.strings("types"),
            schedules=tuple(cron for item in value.items or () if (cron := item.string("cron"))),
        )


def _is_written_by_program(lines: list[str]) -> bool:
    top = " ".join(line for line in lines[:_TOP] if line.lstrip().startswith("#"))
    return _GENERATED.search(top) is not None and _NOT_EDITED.search(top) is not None


def _switched_off(root: YamlNode, lines: list[str]) -> Iterator[tuple[str, int]]:
    """Comments between `on:` and the next key that are triggers themselves."""
    start = root.line_of("on")
    others = [entry.line for entry in root.entries or () if entry.line > start]
    for number in range(start, min([*others, len(lines) + 1]) - 1):
        if commented := _COMMENTED_TRIGGER.match(lines[number]):
            yield commented.group(1), number + 1


def _permissions(node: YamlNode) -> Permissions | None:
    found = node.entry("permissions")
    if found is None:
        return None
    if found.value.text is not None:
        return Permissions(found.line, () if found.value.is_null else (("*", found.value.text),))
    scopes = tuple((entry.key, entry.value.text or "") for entry in found.value.entries or ())
    return Permissions(found.line, scopes)


def _jobs(root: YamlNode, lines: list[str]) -> Iterator[Job]:
    shell, folder = (
        root.string("defaults", "run", "shell"),
        root.string("defaults", "run", "working-directory"),
    )
    for entry in root.table("jobs"):
        node = entry.value
        if node.entries is None:
            continue
        own_shell = node.string("defaults", "run", "shell") or shell
        own_folder = node.string("defaults", "run", "working-directory") or folder
        allowed = node.string("continue-on-error")
        yield Job(
            id=entry.key,
            line=entry.line,
            name=node.string("name"),
            needs=node.strings("needs"),
            runs_on=node.strings("runs-on") or node.strings("runs-on", "labels"),
            runs_on_line=node.line_of("runs-on"),
            comment=_comment(lines, node.line_of("runs-on")),
            timeout=node.string("timeout-minutes"),
            condition=node.string("if"),
            continue_on_error=None if allowed in (None, "false") else allowed,
            allowance_line=node.line_of("continue-on-error") if allowed else 0,
            permissions=_permissions(node),
            containers=tuple(_containers(node)),
            matrix=tuple(_matrix(node)),
            environment=node.string("environment") or node.string("environment", "name"),
            uses=action_reference(node, lines),
            inputs=tuple((item.key, item.value.text or "") for item in node.table("with")),
            env=read_env(node),
            steps=tuple(read_steps(node, lines, own_shell, own_folder)),
        )


def _comment(lines: list[str], number: int) -> str:
    """What is said behind the line and on the comment lines above it."""
    said = [lines[number - 1].partition(" #")[2]] if number <= len(lines) else []
    above = number - 2
    while above >= 0 and lines[above].lstrip().startswith("#"):
        said.append(lines[above].strip())
        above -= 1
    return " ".join(said)[:300]


def _containers(node: YamlNode) -> Iterator[ServiceContainer]:
    image = node.string("container") or node.string("container", "image")
    if image:
        yield ServiceContainer("container", image, node.line_of("container", "image"))
    for entry in node.table("services"):
        if image := entry.value.string("image"):
            yield ServiceContainer(entry.key, image, entry.value.line_of("image"))


def _matrix(node: YamlNode) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each axis with its plain values, those that `include` adds among them; "image.file" for fields of values."""
    axes: dict[str, list[str]] = {}
    for entry in node.table("strategy", "matrix"):
        if entry.key not in ("include", "exclude"):
            axes.setdefault(entry.key, []).extend(entry.value.strings())
            for field in (field for item in entry.value.items or () for field in item.entries or ()):
                if field.value.text is not None:
                    axes.setdefault(f"{entry.key}.{field.key}", []).append(field.value.text)
    for item in node.list("strategy", "matrix", "include"):
        for entry in item.entries or ():
            if entry.value.text is not None:
                axes.setdefault(entry.key, []).append(entry.value.text)
    yield from ((name, tuple(dict.fromkeys(values))) for name, values in axes.items())
