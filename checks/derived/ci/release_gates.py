"""Jobs that publish, with whether a test stands in their way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.derived.ci_check_commands import CheckKind, judged
from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.publications import Publication, Publications, Published
from checks.facts.workflow import Job, Workflow
from checks.snapshot import Snapshot

_MAY_TEST = re.compile(
    r"(?<![a-z])(?:tests?|ci|verify|check|validate|qa|gate|smoke|e2e)(?![a-z])", re.IGNORECASE
)
_TEST_ACTIONS = re.compile(
    r"wait-on-check|wait-for-(?:checks|status)|check-success|ensure-sha-success", re.IGNORECASE
)

_RELEASING = ("softprops/action-gh-release", "ncipollo/release-action", "actions/create-release")


@dataclass(frozen=True)
class ReleaseGate:
    """A job that publishes. `is_certain` is false where a person stands in the way (by hand, a draft, an environment's approval),
    and where another workflow tests every change: the commit that is tagged has mostly passed it.
    """

    path: str
    job: str
    publications: tuple[Publication, ...]
    waits_for: tuple[str, ...]
    starts_on: tuple[str, ...]
    is_tested: bool
    is_certain: bool


@dataclass(frozen=True)
class ReleaseGates:
    """One for each job that publishes files or packages."""

    all: tuple[ReleaseGate, ...]

    def __len__(self) -> int:
        return len(self.all)

    @property
    def open(self) -> tuple[ReleaseGate, ...]:
        """Those without a test; of one workflow the first: the cause is the same."""
        first: dict[str, ReleaseGate] = {}
        for gate in self.all:
            if not gate.is_tested:
                first.setdefault(gate.path, gate)
        return tuple(first.values())

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        by_job: dict[tuple[str, str], list[Publication]] = {}
        for publication in snapshot.derived(Publications).of(Published.FILES, Published.PACKAGE):
            by_job.setdefault((publication.origin.path, publication.origin.job), []).append(publication)
        found, testing = [], _testing(snapshot) if by_job else frozenset[str]()
        for (path, job_id), publications in by_job.items():
            workflow = snapshot.get(path, Workflow)
            job = workflow.job(job_id) if workflow else None
            if workflow and job:
                found.append(_gate(snapshot, path, workflow, job, tuple(publications), testing - {path}))
        return cls(tuple(found))


def _gate(
    snapshot: Snapshot,
    path: str,
    workflow: Workflow,
    job: Job,
    publications: tuple[Publication, ...],
    tested_by: frozenset[str],
) -> ReleaseGate:
    jobs = _needed(workflow, job)
    starts = tuple(trigger.name for trigger in workflow.triggers)
    return ReleaseGate(
        path,
        job.id,
        publications,
        tuple(needed.id for needed in jobs if needed.id != job.id),
        starts,
        is_tested="workflow_run" in starts or workflow.is_only_called or _is_tested(snapshot, path, jobs),
        is_certain=workflow.is_automatic
        and job.environment is None
        and not tested_by
        and not _is_draft(snapshot, path, publications),
    )


def _testing(snapshot: Snapshot) -> frozenset[str]:
    """The files of CI that test every change."""
    changes = (c for c in snapshot.derived(ContinuousIntegration).commands if c.origin.on_changes)
    return frozenset(
        c.origin.path
        for c in changes
        if (what := judged(c.command)) is not None and what.kind is CheckKind.TEST
    )


def _is_draft(snapshot: Snapshot, path: str, publications: tuple[Publication, ...]) -> bool:
    """Whether the files go to a release that stays a draft until a person publishes it."""
    ci = snapshot.derived(ContinuousIntegration)
    here = [command for command in ci.running("gh release") if command.origin.path == path]
    drafted = any(
        command.runs("gh release create") and command.command.has("--draft", "-d") for command in here
    )
    drafted = drafted or any(
        (action.step.input("draft") or "").lower() == "true"
        for action in ci.using(*_RELEASING)
        if action.origin.path == path
    )
    released = any(command.runs("gh release edit") and command.command.has("--draft") for command in here)
    return drafted and not released and all(one.kind is Published.FILES for one in publications)


def _needed(workflow: Workflow, job: Job) -> list[Job]:
    """The job and every job before it."""
    found: dict[str, Job] = {}
    waiting = [job]
    while waiting:
        one = waiting.pop()
        if one.id not in found:
            found[one.id] = one
            waiting += [needed for name in one.needs if (needed := workflow.job(name))]
    return list(found.values())


def _is_tested(snapshot: Snapshot, path: str, jobs: list[Job]) -> bool:
    """A test command in one of the jobs, also behind make and scripts; or something that may well be one."""
    ci = snapshot.derived(ContinuousIntegration)
    ids = {job.id for job in jobs}
    for command in ci.commands:
        if command.origin.path == path and command.origin.job in ids:
            what = judged(command.command)
            if (what and what.kind is CheckKind.TEST) or command.runs("prove", "ctest", "make check"):
                return True
            if _is_behind_variable(command.command.words):
                return True
    called = (job.uses.text for job in jobs if job.uses)
    actions = (
        action.reference.text
        for action in ci.actions
        if action.origin.path == path and action.origin.job in ids
    )
    return (
        any(_MAY_TEST.search(text.rpartition("/")[2]) for text in called)
        or any(_TEST_ACTIONS.search(text) for text in actions)
        or any(_MAY_TEST.search(job.id) for job in jobs)
    )


def _is_behind_variable(words: tuple[str, ...]) -> bool:
    """`$CARGO test`: which program it is can't be read, what it does can."""
    return words[0].startswith("$") and words[1:2] in (("test",), ("nextest",))
