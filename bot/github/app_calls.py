"""What the app asks in its own name: itself, its installations, their tokens, its deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from bot.github.authentication import Grant, Token
from bot.github.calls import Effect
from bot.github.deliveries import Deliveries
from bot.github.models import App, HookConfig, Installation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from bot.github.client import Client

APP = TypeAdapter(App)
HOOK_CONFIG = TypeAdapter(HookConfig)
INSTALLATION = TypeAdapter(Installation)
INSTALLATIONS = TypeAdapter(list[Installation])
TOKEN = TypeAdapter(Token)


class AppCalls:
    """GitHub as the app itself sees it."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.deliveries = Deliveries(client)

    async def app(self) -> App:
        """The app as GitHub has it registered: what `doctor` compares with app.yml."""
        return await self._client.get(APP, "/app")

    async def hook_config(self) -> HookConfig:
        """Where GitHub sends our webhooks, and in which form."""
        return await self._client.get(HOOK_CONFIG, "/app/hook/config")

    @property
    def skew(self) -> timedelta | None:
        """How far our clock was ahead of GitHub's at the last answer; None before the first."""
        return self._client.skew

    async def installations(self) -> tuple[Installation, ...]:
        """Every account that has installed the app."""
        pages = self._client.pages(INSTALLATIONS, "/app/installations?per_page=100")
        return tuple([one async for page in pages for one in page])

    async def installation_of(self, full_name: str) -> Installation:
        """The installation that a repository belongs to; NotFound when the app is not installed there."""
        owner, _, name = full_name.partition("/")
        return await self._client.get(
            INSTALLATION, "/repos/{owner}/{name}/installation", owner=owner, name=name
        )

    async def mint(self, grant: Grant) -> Token:
        """A token for an installation. Made once more when the answer is lost: nobody has the lost one."""
        return await self._client.write(
            "POST",
            "/app/installations/{installation}/access_tokens",
            TOKEN,
            grant.body,
            effect=Effect.REPEATABLE,
            installation=grant.installation,
        )

    async def granted(self, installation: int) -> Mapping[str, str]:
        """The permissions that the owner of an installation has agreed to."""
        path = "/app/installations/{installation}"
        return (await self._client.get(INSTALLATION, path, installation=installation)).permissions
