"""Checks of CI whose verdict is thrown away, and that nothing else in CI runs so that they can fail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.ci_check_commands import ACTIONS, CheckKind, judged, toothless
from checks.derived.ci_commands import CiAction, CiCommand, ContinuousIntegration, Origin
from checks.facts.workflow import Job, Workflow
from checks.facts.workflow_step import Step
from checks.model import Severity
from checks.snapshot import Snapshot

# Experiments are meant to fail: an unreleased toolchain says nothing against the change.
_EXPERIMENT = re.compile(
    r"nightly|beta\b|canary|experimental|unstable|allow|informational|optional|non-?blocking|flaky|\bdev\b|preview|pre-?release",
    re.IGNORECASE,
)
_RESULT = re.compile(r"needs(?:\.|\[['\"])([\w-]+)(?:['\"]\])?\.(?:result|outputs)")
_ALL_RESULTS = re.compile(r"needs\.\*|toJSON\(needs\)|contains\(needs", re.IGNORECASE)
# What is wrong by them seldom breaks anything, and types are brought in step by step.
_MILD = (CheckKind.LINT, CheckKind.TYPES)
_FALSE = frozenset({"false", "0", "no"})
_UPLOADS = {"codecov/codecov-action": "fail_ci_if_error", "coverallsapp/github-action": "fail-on-error"}


@dataclass(frozen=True, slots=True)
class NonBlocking:
    """A check that can't fail the build, and why."""

    tool: str
    what: str
    text: str
    reason: str
    path: str
    line: int
    severity: Severity


@dataclass(frozen=True)
class NonBlockingChecks:
    """All of them, each tool once for a file."""

    found: tuple[NonBlocking, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        ci = snapshot.derived(ContinuousIntegration)
        every = [*_commands(snapshot, ci), *_actions(snapshot, ci)]
        blocking = {tool for tool, found in every if found is None}
        kept: dict[tuple[str, str], NonBlocking] = {}
        for tool, found in every:
            if found and tool not in blocking:
                kept.setdefault((tool, found.path), found)
        return cls((*kept.values(), *_uploads(ci), *_gates(snapshot, ci)))


def _commands(snapshot: Snapshot, ci: ContinuousIntegration) -> Iterator[tuple[str, NonBlocking | None]]:
    """Every check that a change starts: None where it can fail."""
    for command in ci.commands:
        what = judged(command.command)
        if (
            what is None
            or not command.origin.on_changes
            or command.command.part in ("substitution", "function")
            or _measures(command)
        ):
            continue
        option = toothless(command.command)
        reason = option or command.swallowed or _allowed(snapshot, command.origin)
        line = command.line
        if reason is None:
            yield what.tool, None
            continue
        if _is_meant(command, reason):
            continue
        if reason.startswith("continue-on-error"):
            line = _line_of_allowance(snapshot, command.origin) or line
        path = command.origin.path if reason.startswith("continue-on-error") else command.path
        severity = Severity.MEDIUM if what.kind in _MILD else Severity.HIGH
        yield (
            what.tool,
            NonBlocking(what.tool, what.kind.value, command.text[:100], reason, path, line, severity),
        )


def _measures(command: CiCommand) -> bool:
    """Whether it runs benchmarks: what they print is what they are for."""
    return any(word.startswith(("-bench", "--benchmark-only")) for word in command.command.words)


def _actions(snapshot: Snapshot, ci: ContinuousIntegration) -> Iterator[tuple[str, NonBlocking | None]]:
    for action in ci.actions:
        kind = next(
            (
                kind
                for name, kind in ACTIONS.items()
                if action.name == name or action.name.startswith(f"{name}/")
            ),
            None,
        )
        if kind is None or not action.origin.on_changes:
            continue
        tool = action.name.rpartition("/")[2].removesuffix("-action")
        found = _toothless_input(action)
        allowed = _allowed(snapshot, action.origin)
        if found is None and allowed:
            found = allowed, _line_of_allowance(snapshot, action.origin) or action.origin.line
        if found is None:
            yield tool, None
        elif not _EXPERIMENT.search(f"{action.origin.job} {action.origin.step}"):
            is_mild = kind in _MILD or _is_uploaded(ci, action)
            severity = Severity.MEDIUM if is_mild else Severity.HIGH
            yield (
                tool,
                NonBlocking(
                    tool, kind.value, action.reference.name, found[0], action.path, found[1], severity
                ),
            )


def _toothless_input(action: CiAction) -> tuple[str, int] | None:
    """The input, or the default, with which the action never fails."""
    step = action.step
    arguments = step.input("args") or ""
    if re.search(r"(?:^|\s)(?:-no-fail|--exit-zero|--soft-fail|--issues-exit-code[= ]0)(?:\s|$)", arguments):
        return arguments[:60], step.input_line("args")
    for name in ("soft_fail", "soft-fail", "warn-only"):
        if (step.input(name) or "").lower() == "true":
            return f"{name}: true", step.input_line(name)
    if (step.input("fail-build") or "").lower() in _FALSE and step.input("fail-build"):
        return "fail-build: false", step.input_line("fail-build")
    if (
        action.name == "aquasecurity/trivy-action"
        and (step.input("exit-code") or "0") == "0"
        and not _in_environment(action)
    ):
        written = step.input("exit-code") is not None
        line = step.input_line("exit-code") if written else action.reference.line
        return ("exit-code: 0" if written else "no exit-code: the default is 0"), line
    return None


def _is_uploaded(ci: ContinuousIntegration, action: CiAction) -> bool:
    """Whether the job hands its findings to GitHub's code scanning, which shows them and may be set to stop the merge."""
    uploads = ci.using("github/codeql-action/upload-sarif")
    return any((u.path, u.origin.job) == (action.path, action.origin.job) for u in uploads)


def _in_environment(action: CiAction) -> bool:
    return any(name in ("TRIVY_EXIT_CODE", "TRIVY_CONFIG") for name, _ in action.step.env) or bool(
        action.step.input("trivy-config")
    )


def _allowed(snapshot: Snapshot, origin: Origin) -> str | None:
    """`continue-on-error: true` of the step or job, unless a later step asks for the step's outcome."""
    if origin.allowed_to_fail is None or not origin.allowed_to_fail.startswith("continue-on-error: true"):
        return None
    job = _job(snapshot, origin)
    step = _step(job, origin)
    if job and step and step.id:
        asked = f"steps.{step.id}."
        if any(asked in text for other in job.steps for text in _texts(other)):
            return None
    return "continue-on-error: true"


def _line_of_allowance(snapshot: Snapshot, origin: Origin) -> int | None:
    job = _job(snapshot, origin)
    step = _step(job, origin)
    return (step.allowance_line if step else 0) or (job.allowance_line if job else 0) or None


def _job(snapshot: Snapshot, origin: Origin) -> Job | None:
    workflow = snapshot.get(origin.path, Workflow)
    return workflow.job(origin.job) if workflow else None


def _step(job: Job | None, origin: Origin) -> Step | None:
    return next((step for step in job.steps if step.line == origin.line), None) if job else None


def _is_meant(command: CiCommand, reason: str) -> bool:
    """An experiment; a tool that mends what it finds; output that is only listed (`pytest --collect-only | grep`)."""
    origin = command.origin
    if {"--write", "--fix", "--fix-only"} & set(command.command.words):
        return True
    if reason.startswith("|") and not reason.startswith(("||", "| tee")):
        return True  # what reads the output judges it
    return _EXPERIMENT.search(f"{origin.job} {origin.step}") is not None


def _uploads(ci: ContinuousIntegration) -> Iterator[NonBlocking]:
    """Uploads of coverage that are told not to fail, written out: the report is then missing without a word."""
    seen = set()
    for name, option in _UPLOADS.items():
        for action in ci.using(name):
            if (action.step.input(option) or "").lower() == "false" and action.path not in seen:
                seen.add(action.path)
                line = action.step.input_line(option)
                yield NonBlocking(
                    name, "coverage upload", name, f"{option}: false", action.path, line, Severity.LOW
                )


def _gates(snapshot: Snapshot, ci: ContinuousIntegration) -> Iterator[NonBlocking]:
    """A last job that judges the jobs before it and forgets one that checks something: `if: always()` undoes `needs`."""
    checking = {(c.origin.path, c.origin.job) for c in ci.commands if judged(c.command)}
    for path, workflow in snapshot.files(Workflow):
        for job in workflow.jobs if workflow.runs_on_changes else ():
            if not job.condition or "always()" not in job.condition:
                continue
            texts = [job.condition, *(text for step in job.steps for text in _texts(step))]
            asked = {name for text in texts for name in _RESULT.findall(text)}
            if not asked or any(_ALL_RESULTS.search(text) for text in texts):
                continue
            before = {name for one in asked if (found := workflow.job(one)) for name in found.needs}
            for forgotten in (name for name in job.needs if name not in asked | before):
                if (path, forgotten) in checking:
                    reason = (
                        f"{job.id} looks at the results of {', '.join(sorted(asked))}, not of {forgotten}"
                    )
                    yield NonBlocking(forgotten, "job", forgotten, reason, path, job.line, Severity.HIGH)


def _texts(step: Step) -> Iterator[str]:
    values = (value for pairs in (step.env, step.inputs) for _, value in pairs)
    yield from (text for text in (step.condition, step.run, *values) if text)
