"""What known actions do with the job's token, and the jobs whose permissions don't let them.

Data: to know one more action, add its name and the scopes that it writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.workflow import Job, Permissions, Workflow
from checks.facts.workflow_step import Step
from checks.snapshot import Snapshot

NEEDS: dict[str, tuple[str, ...]] = {
    "rustsec/audit-check": ("checks",),
    "actions-rs/audit-check": ("checks",),
    "actions-rs/clippy-check": ("checks",),
    "github/codeql-action/upload-sarif": ("security-events",),
    "github/codeql-action/analyze": ("security-events",),
    "actions/attest": ("id-token", "attestations"),
    "actions/attest-build-provenance": ("id-token", "attestations"),
    "actions/attest-sbom": ("id-token", "attestations"),
    "actions/deploy-pages": ("pages", "id-token"),
    "actions/labeler": ("pull-requests",),
    "marocchino/sticky-pull-request-comment": ("pull-requests",),
    "peter-evans/create-pull-request": ("contents", "pull-requests"),
    "peaceiris/actions-gh-pages": ("contents",),
    "jamesives/github-pages-deploy-action": ("contents",),
    "softprops/action-gh-release": ("contents",),
    "ncipollo/release-action": ("contents",),
    "svenstaro/upload-release-action": ("contents",),
    "release-drafter/release-drafter": ("contents",),
    "googleapis/release-please-action": ("contents", "pull-requests"),
    "google-github-actions/release-please-action": ("contents", "pull-requests"),
}
# What they do where only pull requests start them: there is nothing to release, only labels to set.
_ON_PULL_REQUESTS: dict[str, tuple[str, ...]] = {"release-drafter/release-drafter": ("pull-requests",)}
_TOKENS = re.compile(r"token|_pat$|^pat$|deploy_?key|ssh-?key", re.IGNORECASE)
_OWN = re.compile(r"^\s*\$\{\{\s*(?:secrets\.GITHUB_TOKEN|github\.token)\s*\}\}\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Refused:
    """A step whose action will be refused: `missing` are the scopes, `granted` is where the permissions are written."""

    path: str
    job: str
    line: int
    action: str
    missing: tuple[str, ...]
    granted: int


@dataclass(frozen=True)
class ActionPermissions:
    """Those, and how many steps use a known action."""

    known: int
    refused: tuple[Refused, ...]

    def __len__(self) -> int:
        return self.known

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        known = 0
        refused: list[Refused] = []
        for path, workflow in snapshot.files(Workflow):
            only_labels = all(trigger.name.startswith("pull_request") for trigger in workflow.triggers)
            for job in workflow.jobs:
                steps = [
                    (step, _ON_PULL_REQUESTS.get(name, NEEDS[name]) if only_labels else NEEDS[name])
                    for step in job.steps
                    if (name := _name(step)) in NEEDS
                ]
                known += len(steps)
                granted = job.permissions or workflow.permissions
                if granted is not None and not job.is_off:
                    refused += _refused(path, job, granted, steps)
        return cls(known, tuple(refused))


def _name(step: Step) -> str:
    return step.uses.name.lower() if step.uses else ""


def _refused(
    path: str, job: Job, granted: Permissions, steps: list[tuple[Step, tuple[str, ...]]]
) -> Iterator[Refused]:
    for step, scopes in steps:
        missing = tuple(scope for scope in scopes if not granted.writes(scope))
        uploads = step.input("upload") not in ("never", "false", "failure-only")
        if missing and uploads and step.uses and not _has_own_token(step):
            yield Refused(path, job.id, step.uses.line, step.uses.name, missing, granted.line)


def _has_own_token(step: Step) -> bool:
    """Whether another token than the job's is handed over."""
    return any(_TOKENS.search(name) and not _OWN.match(value) for name, value in (*step.inputs, *step.env))
