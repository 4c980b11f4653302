"""Processors for which programs are released beside pushed images, and the images that are for one of them only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.derived.ci_image_builds import CiImageBuilds, ImageBuild
from checks.derived.deployments import By
from checks.derived.publications import Publications, Published
from checks.facts.workflow import Job, Workflow
from checks.snapshot import Snapshot

_ARM = re.compile(r"\b(?:linux[-_/])?(?:aarch64|arm64)\b|aarch64-(?:unknown|alpine)-linux", re.IGNORECASE)
_ON_LINUX = re.compile(r"linux|^(?:aarch64|arm64)$", re.IGNORECASE)


@dataclass(frozen=True)
class ReleasedProcessors:
    """`place` is the job that releases for ARM on Linux; `pushes` counts the images that are pushed beside it."""

    pushes: int
    place: By
    single: ImageBuild | None  # the first image that is for one processor, where none is for several

    def __len__(self) -> int:
        return self.pushes

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        pushes = [b for b in snapshot.derived(CiImageBuilds).all if b.pushes and b.dockerfiles is not None]
        place = _released_for_arm(snapshot)
        if place is None or not pushes:
            return cls(0, ("", None), None)
        several = any(len(build.platforms) > 1 or _is_split(snapshot, build) for build in pushes)
        return cls(len(pushes), place, None if several else pushes[0])


def _released_for_arm(snapshot: Snapshot) -> By | None:
    """The job with an ARM build for Linux, in a workflow that releases files."""
    for publication in snapshot.derived(Publications).of(Published.FILES):
        workflow = snapshot.get(publication.origin.path, Workflow)
        for job in workflow.jobs if workflow else ():
            if any(_ARM.search(v) and _ON_LINUX.search(v) for _, values in job.matrix for v in values):
                return publication.origin.path, job.line
    return None


def _is_split(snapshot: Snapshot, build: ImageBuild) -> bool:
    """Whether one job for each processor pushes, and manifests join them."""
    workflow = snapshot.get(build.origin.path, Workflow)
    job: Job | None = workflow.job(build.origin.job) if workflow else None
    runners = " ".join(
        (*(job.runs_on if job else ()), *(v for _, vs in (job.matrix if job else ()) for v in vs))
    )
    return "manifest" in _texts(workflow) or _ARM.search(runners) is not None


def _texts(workflow: Workflow | None) -> str:
    return " ".join(step.run or "" for _, step in workflow.steps) if workflow else ""
