"""What workflow runs left: the list of artifacts, and their archives as they are. Needs `actions: read`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from bot.github.calls import JSON

if TYPE_CHECKING:
    from bot.github.client import Client
    from bot.github.models import Repository

PATH = "/repos/{owner}/{name}/actions/artifacts"


@dataclass(frozen=True, slots=True)
class WorkflowRun:
    """The run that left an artifact, as far as GitHub says; for a fork's pull request it ran here, on the fork's commit."""

    repository_id: int = 0
    head_sha: str = ""


@dataclass(frozen=True, slots=True)
class Artifact:
    """One archive. Its name and all that is in it are whatever the workflow made."""

    id: int
    name: str
    size_in_bytes: int
    expired: bool
    workflow_run: WorkflowRun | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of artifacts."""

    artifacts: list[Artifact]


PAGE = TypeAdapter(Listed)


class Artifacts:
    """The artifacts of a repository."""

    def __init__(self, client: Client, repository: Repository) -> None:
        self._client = client
        self._repository = repository

    async def of_head(self, head: str) -> tuple[Artifact, ...]:
        """Those that runs on this commit left, among the repository's hundred newest: one call."""
        repository = self._repository
        page = await self._client.get(
            PAGE,
            f"{PATH}?per_page=100",
            conditional=True,
            owner=repository.owner,
            name=repository.name,
        )
        return tuple(
            one
            for one in page.artifacts
            if one.workflow_run is not None
            and (one.workflow_run.repository_id, one.workflow_run.head_sha) == (repository.id, head)
        )

    async def archive(self, artifact: Artifact, limit: int) -> bytes:
        """The zip file's bytes; more than `limit` of them is an Oversized error."""
        repository = self._repository
        return await self._client.raw(
            f"{PATH}/{{artifact}}/zip",
            JSON,
            limit,
            owner=repository.owner,
            name=repository.name,
            artifact=artifact.id,
        )
