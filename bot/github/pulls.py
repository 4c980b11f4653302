"""Pull requests: read fresh before work, listed for the sweep, found by their head commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from bot.github.models import PullRequest

if TYPE_CHECKING:
    from bot.github.client import Client
    from bot.github.models import Repository

ONE = TypeAdapter(PullRequest)
MANY = TypeAdapter(list[PullRequest])


class Pulls:
    """The pull requests of a repository, those from forks included."""

    def __init__(self, client: Client, repository: Repository) -> None:
        self._client = client
        self._repository = repository

    async def get(self, number: int) -> PullRequest:
        """The pull request as it is now; unchanged since the last time, it costs nothing."""
        owner, name = self._repository.owner, self._repository.name
        path = "/repos/{owner}/{name}/pulls/{number}"
        return await self._client.get(ONE, path, conditional=True, owner=owner, name=name, number=number)

    async def list_open(self) -> tuple[PullRequest, ...]:
        """All open pull requests."""
        return await self._listed("/repos/{owner}/{name}/pulls?state=open&per_page=100", sha=None)

    async def of_commit(self, sha: str) -> tuple[PullRequest, ...]:
        """The pull requests, of any state, that contain a commit; the caller looks for it as the head."""
        return await self._listed("/repos/{owner}/{name}/commits/{sha}/pulls?per_page=100", sha=sha)

    async def _listed(self, path: str, sha: str | None) -> tuple[PullRequest, ...]:
        owner, name = self._repository.owner, self._repository.name
        pages = self._client.pages(MANY, path, owner=owner, name=name, sha=sha)
        return tuple([pull async for page in pages for pull in page])
