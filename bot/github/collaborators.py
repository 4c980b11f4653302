"""What a person may do in a repository, asked of GitHub each minute at most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cachetools import TTLCache
from pydantic import TypeAdapter

from bot.github.errors import NotFound
from bot.github.models import Permission

if TYPE_CHECKING:
    from bot.github.client import Client
    from bot.github.models import Repository

KEPT_FOR = 60.0
MOST_KEPT = 4096
PATH = "/repos/{owner}/{name}/collaborators/{login}/permission"

Known = TTLCache[tuple[int, int, str], Permission]


@dataclass(frozen=True, slots=True)
class Access:
    """GitHub's answer; role_name may be a custom role, permission never is."""

    permission: Permission


ACCESS = TypeAdapter(Access)


def known_permissions() -> Known:
    """An empty cache, to be shared by all repositories: by installation, repository and login."""
    return TTLCache(MOST_KEPT, KEPT_FOR)


class Collaborators:
    """The people of a repository. author_association in payloads is no permission, so it is never used."""

    def __init__(self, client: Client, repository: Repository, known: Known) -> None:
        self._client = client
        self._repository = repository
        self._known = known

    async def permission(self, login: str) -> Permission:
        """What the person may do; none for someone GitHub doesn't know."""
        key = (self._client.identity.installation, self._repository.id, login.lower())
        permission = self._known.get(key)
        if permission is None:
            permission = self._known[key] = await self._asked(login)
        return permission

    async def _asked(self, login: str) -> Permission:
        repository = self._repository
        try:
            access = await self._client.get(
                ACCESS, PATH, owner=repository.owner, name=repository.name, login=login
            )
        except NotFound:
            return Permission.NONE
        return access.permission
