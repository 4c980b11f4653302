"""Whether projects are made from this repository: what runs is theirs, under operators of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.facts.workflow import Workflow
from checks.snapshot import Snapshot

_FILES = ("cookiecutter.json", "copier.yml", "copier.yaml", "hooks/post_gen_project.py")
_DEPLOYS = re.compile(r"deploy", re.IGNORECASE)
_ELSEWHERE = re.compile(r"github\.repository\s*!=")


@dataclass(frozen=True)
class Template:
    """A generator's file says so, or a deployment that runs only in copies of the repository."""

    is_one: bool

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        in_copies = any(
            _DEPLOYS.search(f"{path} {job.id}") and _ELSEWHERE.search(job.condition or "")
            for path, workflow in snapshot.files(Workflow)
            for job in workflow.jobs
        )
        return cls(in_copies or any(path in snapshot.paths for path in _FILES))
