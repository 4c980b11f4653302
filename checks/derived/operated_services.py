"""Services that those who own the repository run themselves: what only an operator owes is asked of no one else.

A product that is published for others to run (its image or package is pushed to a registry, and nothing in the tree
deploys it) is operated by them; their alerts, dashboards and incidents are not in its repository.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.deploys import DEPLOY, gitops
from checks.derived.project_kind import Component, Services
from checks.derived.publications import Publications
from checks.derived.workloads import Manifests
from checks.model import Evidence
from checks.snapshot import Snapshot

_CLOUD = re.compile(
    r"(?:^|/)(?:fly(?:\.\w+)?\.toml|apprunner\.ya?ml|cloudbuild\.ya?ml|serverless\.ya?ml)$|\.tf$|\.bicep$"
)


@dataclass(frozen=True)
class OperatedServices:
    """The services; none where the repository only publishes them for others."""

    components: tuple[Component, ...]
    name: str
    evidence: tuple[Evidence, ...]

    def __len__(self) -> int:
        return len(self.components)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        services = snapshot.derived(Services)
        if not len(services) or (len(snapshot.derived(Publications)) and not _deployed(snapshot)):
            return cls((), "", ())
        return cls(services.components, services.name, services.evidence)


def _deployed(snapshot: Snapshot) -> bool:
    """Whether something in the tree runs the services somewhere."""
    if (
        len(snapshot.derived(Manifests))
        or gitops(snapshot)
        or any(_CLOUD.search(path) for path in snapshot.paths)
    ):
        return True
    return DEPLOY.is_performed(snapshot.derived(ContinuousIntegration))
