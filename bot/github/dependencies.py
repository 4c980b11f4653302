"""The dependency review: what a change does to the packages that its manifests name. Not every repository has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.github.calls import JSON
from bot.github.errors import Forbidden, NotFound, Oversized, Rejected, ServerError
from checks import DependencyChanges

if TYPE_CHECKING:
    from bot.github.client import Client
    from bot.github.models import Repository

LIMIT = 20_000_000  # bytes


class DependencyReviews:
    """The dependency reviews of a repository."""

    def __init__(self, client: Client, repository: Repository) -> None:
        self._client = client
        self._owner = repository.owner
        self._name = repository.name

    async def compare(self, base: str, head: str) -> DependencyChanges:
        """What changed between two commits, or why that can't be had. Only limits and lost connections are raised."""
        path = "/repos/{owner}/{name}/dependency-graph/compare/{base}...{head}"
        try:
            answer = await self._client.raw(
                path, JSON, LIMIT, owner=self._owner, name=self._name, base=base, head=head
            )
        except Forbidden:
            return DependencyChanges.unknown("GitHub has no dependency review for this repository")
        except NotFound:
            return DependencyChanges.unknown("the dependency graph of this repository is switched off")
        except (Oversized, Rejected, ServerError):
            return DependencyChanges.unknown("GitHub's dependency review failed")
        return DependencyChanges.parse(answer)
