"""Who we are to GitHub: the app by a signed JWT, an installation by a token that reaches as little as it can."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Protocol
from weakref import WeakValueDictionary

import jwt
from cachetools import LRUCache
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pydantic import Field

from bot.github.errors import NotFound, Rejected, Uninstalled

if TYPE_CHECKING:
    from collections.abc import Mapping

BACKDATED = timedelta(seconds=60)
LIFETIME = timedelta(minutes=9)
RENEWED_BEFORE = timedelta(minutes=5)
MOST_TOKENS = 4096

LEVELS = ("read", "write", "admin")


@dataclass(frozen=True, slots=True)
class AppKey:
    """The app's id and its private key (PEM). Raises ValueError when it is no RSA key."""

    app_id: int
    private_key: str = field(repr=False)
    _rsa: RSAPrivateKey = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        try:
            key = load_pem_private_key(self.private_key.encode(), password=None)
        except (ValueError, TypeError):
            raise ValueError("the private key is not an unencrypted PEM key") from None
        if not isinstance(key, RSAPrivateKey):
            raise ValueError("the private key is not an RSA key")  # noqa: TRY004 (a wrong value, not a wrong type)
        object.__setattr__(self, "_rsa", key)

    def sign(self, now: datetime) -> str:
        """A JWT for the app; backdated, since GitHub refuses one from its future."""
        claims = {"iat": now - BACKDATED, "exp": now + LIFETIME, "iss": str(self.app_id)}
        return jwt.encode(claims, self._rsa, algorithm="RS256")


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token is asked to reach. No repositories: all of the installation's; no permissions: all granted."""

    installation: int
    repositories: tuple[int, ...] = ()
    permissions: tuple[tuple[str, str], ...] = ()

    @property
    def body(self) -> dict[str, object]:
        """The grant as GitHub wants it."""
        body: dict[str, object] = {}
        if self.repositories:
            body["repository_ids"] = list(self.repositories)
        if self.permissions:
            body["permissions"] = dict(self.permissions)
        return body

    def within(self, granted: Mapping[str, str]) -> Grant:
        """As much of the grant as the owner of the installation has agreed to."""
        kept = ((name, _lower(level, granted[name])) for name, level in self.permissions if name in granted)
        return Grant(self.installation, self.repositories, tuple(kept))


@dataclass(frozen=True, slots=True)
class Token:
    """An installation token: opaque, any length, for about an hour. `permissions` is what it really has."""

    value: Annotated[str, Field(validation_alias="token")] = field(repr=False)
    expires_at: datetime
    permissions: dict[str, str] = field(default_factory=dict)

    def usable(self, now: datetime) -> bool:
        return now < self.expires_at - RENEWED_BEFORE


class Mint(Protocol):
    """The two calls of the app that the making of tokens needs."""

    async def mint(self, grant: Grant) -> Token:
        """Ask for a token with just this grant."""

    async def granted(self, installation: int) -> Mapping[str, str]:
        """The permissions that the owner has agreed to."""


class Tokens:
    """Installation tokens, made when needed, one at a time for each grant, and kept until they get old."""

    def __init__(self, mint: Mint) -> None:
        self._mint = mint
        self._tokens: LRUCache[Grant, Token] = LRUCache(MOST_TOKENS)
        self._locks: WeakValueDictionary[Grant, asyncio.Lock] = WeakValueDictionary()

    async def token(self, grant: Grant) -> Token:
        """A token that is good for five minutes at least."""
        lock = self._locks.setdefault(grant, asyncio.Lock())
        async with lock:
            token = self._tokens.get(grant)
            if token is None or not token.usable(datetime.now(UTC)):
                token = self._tokens[grant] = await self._made(grant)
            return token

    def drop(self, grant: Grant, value: str) -> None:
        """GitHub refused this token: make a new one next time, unless somebody already has."""
        token = self._tokens.get(grant)
        if token is not None and token.value == value:
            del self._tokens[grant]

    def forget(self, installation: int) -> None:
        """The installation changed (deleted, suspended, other permissions): none of its tokens holds any more."""
        for grant in [grant for grant in self._tokens if grant.installation == installation]:
            del self._tokens[grant]

    async def _made(self, grant: Grant) -> Token:
        try:
            return await self._mint.mint(grant)
        except NotFound as error:
            raise Uninstalled(str(error)) from error
        except Rejected as refused:
            return await self._made_smaller(grant, refused)

    async def _made_smaller(self, grant: Grant, refused: Rejected) -> Token:
        """An owner who has not yet agreed to a new permission keeps what works with the old ones."""
        smaller = grant.within(await self._granted(grant.installation))
        if refused.status != 422 or smaller == grant or not smaller.permissions:
            # Nothing too much was asked: it is the repository that the installation does not have (any more).
            raise NotFound(str(refused), refused.status) from refused
        return await self._mint.mint(smaller)

    async def _granted(self, installation: int) -> Mapping[str, str]:
        try:
            return await self._mint.granted(installation)
        except NotFound as error:
            raise Uninstalled(str(error)) from error


def _lower(one: str, other: str) -> str:
    return min(one, other, key=lambda level: LEVELS.index(level) if level in LEVELS else -1)
