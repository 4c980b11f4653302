"""The two names in which we call GitHub."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.github.authentication import AppKey, Grant, Tokens


@dataclass(frozen=True, slots=True)
class AsApp:
    """The app itself, by a JWT that is signed for each call."""

    key: AppKey

    @property
    def installation(self) -> int:
        return 0

    async def authorization(self) -> str:
        return f"Bearer {self.key.sign(datetime.now(UTC))}"

    def refused(self, authorization: str) -> bool:
        """Another signature of the same key would be refused too."""
        del authorization
        return False


@dataclass(frozen=True, slots=True)
class AsInstallation:
    """An installation, by a token that reaches what the grant says."""

    tokens: Tokens
    grant: Grant

    @property
    def installation(self) -> int:
        return self.grant.installation

    async def authorization(self) -> str:
        return f"Bearer {(await self.tokens.token(self.grant)).value}"

    def refused(self, authorization: str) -> bool:
        self.tokens.drop(self.grant, authorization.removeprefix("Bearer "))
        return True
