"""Everything that a review calls on one repository, with one token that reaches only that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.github.artifacts import Artifacts
from bot.github.check_runs import CheckRuns
from bot.github.collaborators import Collaborators
from bot.github.comments import Comments
from bot.github.contents import Contents
from bot.github.dependencies import DependencyReviews
from bot.github.pulls import Pulls

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.github.client import Client
    from bot.github.collaborators import Known
    from bot.github.identities import AsInstallation
    from bot.github.models import Repository
    from bot.github.usage import Usage

REVIEW_PERMISSIONS = (("checks", "write"), ("contents", "read"), ("pull_requests", "write"))
"""What a review needs; metadata:read comes with every token."""
OPTIONAL_PERMISSIONS = (("actions", "read"),)
"""What makes a review better: coverage reports among the artifacts of workflow runs."""


class RepositoryCalls:
    """One repository, in the name of its installation. Make one for each review: it counts its own calls."""

    def __init__(
        self, client: Client, identity: AsInstallation, repository: Repository, app_id: int, known: Known
    ) -> None:
        self._client = client
        self._identity = identity
        self.repository = repository
        self.pulls = Pulls(client, repository)
        self.contents = Contents(client, repository)
        self.dependencies = DependencyReviews(client, repository)
        self.artifacts = Artifacts(client, repository)
        self.check_runs = CheckRuns(client, repository, app_id)
        self.comments = Comments(client, repository, app_id)
        self.collaborators = Collaborators(client, repository, known)

    @property
    def usage(self) -> Usage:
        """The calls made through this object."""
        return self._client.counter.usage

    async def granted(self) -> Mapping[str, str]:
        """What our token may do: less than was asked for where the owner has not agreed to all of it."""
        return (await self._identity.tokens.token(self._identity.grant)).permissions
