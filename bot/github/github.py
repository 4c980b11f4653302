"""GitHub, for the app: connections, tokens, limits and caches that everything shares."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp

from bot.github.app_calls import AppCalls
from bot.github.authentication import AppKey, Grant, Tokens
from bot.github.client import Client, Identity, Line
from bot.github.collaborators import known_permissions
from bot.github.etags import Etags
from bot.github.identities import AsApp, AsInstallation
from bot.github.installation import InstallationCalls
from bot.github.limiter import Limiter
from bot.github.options import Options
from bot.github.repository import OPTIONAL_PERMISSIONS, REVIEW_PERMISSIONS, RepositoryCalls
from bot.github.transport import Transport
from bot.github.usage import Counter, Usage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.github.calls import CallRecord
    from bot.github.models import Repository

DEFAULTS = Options()


def unobserved(record: CallRecord) -> None:
    """For callers that have no metrics."""


class GitHub:
    """The door to GitHub. Made by `connect`, one for a process."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        key: AppKey,
        options: Options,
        observe: Callable[[CallRecord], None],
    ) -> None:
        self.app_id = key.app_id
        self._options = options
        self._observe = observe
        self._transport = Transport(session, options)
        self._etags = Etags()
        self._known = known_permissions()
        self._limiters: dict[int, Limiter] = {}
        self._counters: dict[int, Counter] = {}
        self.app = AppCalls(self._client(AsApp(key)))
        self._tokens = Tokens(self.app)

    @classmethod
    @asynccontextmanager
    async def connect(
        cls,
        key: AppKey,
        options: Options = DEFAULTS,
        observe: Callable[[CallRecord], None] = unobserved,
    ) -> AsyncIterator[GitHub]:
        """Open the connections, and close them in the end. `observe` is told of each call, for metrics."""
        # No cookies: GitHub sets some, and they would be sent with another installation's calls.
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
            yield cls(session, key, options, observe)

    def installation(self, installation: int) -> InstallationCalls:
        """All that an installation may see; for listing only."""
        return InstallationCalls(self._client(AsInstallation(self._tokens, Grant(installation))))

    def repository(
        self,
        installation: int,
        repository: Repository,
        permissions: tuple[tuple[str, str], ...] = REVIEW_PERMISSIONS + OPTIONAL_PERMISSIONS,
    ) -> RepositoryCalls:
        """One repository, by a token that reaches only it and only so far."""
        grant = Grant(installation, (repository.id,), permissions)
        identity = AsInstallation(self._tokens, grant)
        return RepositoryCalls(self._client(identity), identity, repository, self.app_id, self._known)

    def usage(self, installation: int) -> Usage:
        """The calls made for an installation since the start."""
        counter = self._counters.get(installation)
        return counter.usage if counter else Usage()

    def forget(self, installation: int) -> None:
        """The installation was deleted, suspended, or has other permissions now."""
        self._tokens.forget(installation)
        self._etags.forget(installation)
        for key in [key for key in self._known if key[0] == installation]:
            del self._known[key]

    def _client(self, identity: Identity) -> Client:
        installation = identity.installation
        limiter = self._limiters.setdefault(installation, Limiter(self._options))
        parent = self._counters.setdefault(installation, Counter())
        line = Line(self._transport, self._options, limiter, self._etags, self._observe)
        return Client(line, identity, Counter(parent))
