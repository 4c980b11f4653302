"""Who may call GitHub when: per installation a few reads at a time, writes one by one, none while limited."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.github import limits
from bot.github.answers import rate_limited
from bot.github.calls import Effect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.github.answers import Answer
    from bot.github.calls import Call
    from bot.github.options import Options

EVERYTHING = "*"


class Limiter:
    """The limits of one installation, as far as this process has learned them."""

    def __init__(self, options: Options) -> None:
        self._reads = asyncio.Semaphore(options.read_concurrency)
        self._writes = asyncio.Lock()
        self._spacing = options.write_spacing
        self._next_write = 0.0
        self._not_before: dict[str, limits.Limit] = {}
        self._strikes = 0

    @asynccontextmanager
    async def slot(self, call: Call, resource: str) -> AsyncIterator[None]:
        """A turn to make the call; RateLimited at once, rather than a long wait, while a limit stands."""
        self.check(call, resource)
        async with self._writes if call.effect is Effect.WRITE else self._reads:
            if call.effect is Effect.WRITE:
                await self._pace()
            self.check(call, resource)  # others may have met the limit while we waited
            yield

    def check(self, call: Call, resource: str) -> None:
        """Raise RateLimited while a limit on the resource, or on everything, stands."""
        now = datetime.now(UTC)
        for name in (resource, EVERYTHING):
            limit = self._not_before.get(name)
            if limit and limit.until > now:
                raise rate_limited(call.what, limit)

    def learn(self, call: Call, resource: str, answer: Answer, message: str) -> None:
        """Remember what the answer says about limits, and raise RateLimited if it is one."""
        now = datetime.now(UTC)
        resource = answer.headers.get("x-ratelimit-resource", resource)
        limit = limits.limit_of(answer.status, answer.headers, message, now, self._strikes)
        if limit is not None:
            self._strikes += 1 if limit.secondary else 0
            self._not_before[EVERYTHING if limit.secondary else resource] = limit
            raise rate_limited(call.what, limit)
        if answer.status < 400:
            self._strikes = 0
            self._learn_exhausted(resource, answer, now)

    def _learn_exhausted(self, resource: str, answer: Answer, now: datetime) -> None:
        """The last call of the hour succeeded: the next one would not."""
        until = limits.exhausted_until(answer.headers, now)
        if until is not None:
            self._not_before[resource] = limits.Limit(until, secondary=False)

    async def _pace(self) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(max(0.0, self._next_write - loop.time()))
        self._next_write = loop.time() + self._spacing
