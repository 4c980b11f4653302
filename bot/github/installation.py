"""What an installation can be asked about as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from bot.github.models import Repository

if TYPE_CHECKING:
    from bot.github.client import Client


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of repositories."""

    repositories: list[Repository]


PAGE = TypeAdapter(Listed)


class InstallationCalls:
    """One installation, with all the repositories it was given."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def repositories(self) -> tuple[Repository, ...]:
        """The repositories that the owner lets the app see."""
        pages = self._client.pages(PAGE, "/installation/repositories?per_page=100")
        return tuple([one async for page in pages for one in page.repositories])
