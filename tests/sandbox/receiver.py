"""Where webhooks go in these tests: a server that keeps what it gets and answers as told."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Self

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Received:
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Receiver:
    url: str = ""
    status: int = 202
    received: list[Received] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    open: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    @asynccontextmanager
    async def running(cls) -> AsyncIterator[Self]:
        receiver = cls()
        receiver.open.set()
        app = web.Application()
        app.router.add_post("/webhook", receiver.take)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/webhook"
        try:
            yield receiver
        finally:
            receiver.open.set()
            await runner.cleanup()

    async def take(self, request: web.Request) -> web.Response:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        body = await request.read()
        await self.open.wait()
        self.received.append(Received(dict(request.headers), body))
        self.at_once -= 1
        return web.Response(status=self.status)
