"""The one comment of ours on a pull request, and reactions to the comments of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from bot.github.errors import NotFound
from bot.github.models import Comment

if TYPE_CHECKING:
    from bot.github.client import Client
    from bot.github.models import Reaction, Repository

ONE = TypeAdapter(Comment)
MANY = TypeAdapter(list[Comment])
ANYTHING = TypeAdapter(dict[str, object])
OF_ISSUE = "/repos/{owner}/{name}/issues/{issue}/comments{?per_page}"
COMMENT = "/repos/{owner}/{name}/issues/comments/{comment}"


class Comments:
    """The comments on the issues and pull requests of a repository."""

    def __init__(self, client: Client, repository: Repository, app_id: int) -> None:
        self._client = client
        self._owner = repository.owner
        self._name = repository.name
        self._app_id = app_id

    async def find_own(self, issue: int, marker: str) -> Comment | None:
        """Our comment: written by this app and marked. The marker alone proves nothing, anyone can paste it."""
        pages = self._client.pages(
            MANY, OF_ISSUE, conditional=True, owner=self._owner, name=self._name, issue=issue, per_page=100
        )
        async for page in pages:
            for comment in page:
                if comment.app_id == self._app_id and marker in comment.body:
                    return comment
        return None

    async def put(self, issue: int, body: str, existing: int | None, marker: str) -> Comment:
        """Make our comment say `body`: the one we remember, else the one we find, else a new one.

        A comment that says it already is left alone: reading is cheap, writing is not.
        """
        assert marker in body
        found = await self._remembered(existing) or await self.find_own(issue, marker)
        if found is None:
            return await self.create(issue, body)
        if same_text(found.body, body):
            return found
        try:
            return await self.update(found.id, body)
        except NotFound:  # deleted since we read it
            return await self.create(issue, body)

    async def _remembered(self, existing: int | None) -> Comment | None:
        """The comment we wrote last time; None when somebody deleted it."""
        if existing is None:
            return None
        try:
            return await self.get(existing)
        except NotFound:
            return None

    async def get(self, comment: int) -> Comment:
        """A comment as it is now; unchanged since the last time, it costs nothing."""
        return await self._client.get(
            ONE, COMMENT, conditional=True, owner=self._owner, name=self._name, comment=comment
        )

    async def create(self, issue: int, body: str) -> Comment:
        """A new comment; it notifies."""
        return await self._client.write(
            "POST", OF_ISSUE, ONE, {"body": body}, owner=self._owner, name=self._name, issue=issue
        )

    async def update(self, comment: int, body: str) -> Comment:
        """Replace a comment's text; it notifies nobody but those newly mentioned."""
        return await self._client.write(
            "PATCH", COMMENT, ONE, {"body": body}, owner=self._owner, name=self._name, comment=comment
        )

    async def react(self, comment: int, content: Reaction) -> None:
        """Acknowledge a comment without words. The same reaction twice stays one."""
        await self._client.write(
            "POST",
            COMMENT + "/reactions",
            ANYTHING,
            {"content": content.value},
            owner=self._owner,
            name=self._name,
            comment=comment,
        )


def same_text(one: str, other: str) -> bool:
    """Equal but for line ends and outer blank, which GitHub may store its own way."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
