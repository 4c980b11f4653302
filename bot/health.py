"""Is it alive, is it ready, what does it count, and the pages that Check Runs link to."""

import html

from aiohttp import web

from bot.metrics import CONTENT_TYPE, Metrics
from bot.queue import Queue
from bot.rendering.pages import check_page
from bot.store.database import Database
from checks import find_check

_PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_FRONT = "gonogo says what a pull request does to production readiness. GitHub talks to it at /webhook."


class Health:
    """Answers what is asked of a running app."""

    def __init__(self, database: Database, queue: Queue, metrics: Metrics) -> None:
        self._database = database
        self._queue = queue
        self._metrics = metrics

    def routes(self) -> list[web.RouteDef]:
        """The paths it answers."""
        return [
            web.get("/", self.front),
            web.get("/healthz", self.alive),
            web.get("/readyz", self.ready),
            web.get("/metrics", self.metrics),
            web.get("/checks/{id}", self.check),
        ]

    async def front(self, _request: web.Request) -> web.Response:
        """Who is here."""
        return page("gonogo", f"<h1>gonogo</h1><p>{html.escape(_FRONT)}</p>")

    async def alive(self, _request: web.Request) -> web.Response:
        """The process answers; nothing more is asked, so that an outage elsewhere restarts nobody."""
        return web.json_response({"status": "ok"})

    async def ready(self, _request: web.Request) -> web.Response:
        """Deliveries can be stored and worked on."""
        parts = {"database": await self._database.answers(), "queue": await self._queue.answers()}
        status = 200 if all(parts.values()) else 503
        return web.json_response(
            {name: "ok" if well else "no answer" for name, well in parts.items()}, status=status
        )

    async def metrics(self, _request: web.Request) -> web.Response:
        """For Prometheus."""
        return web.Response(body=self._metrics.text(), headers={"Content-Type": CONTENT_TYPE})

    async def check(self, request: web.Request) -> web.Response:
        """The page of a check, of the version that runs here."""
        found = find_check(request.match_info["id"])
        if found is None:
            return page("No such check", "<h1>No such check</h1>", status=404)
        return web.Response(text=check_page(found), content_type="text/html", headers=_PAGE_HEADERS)


def page(title: str, body: str, *, status: int = 200, policy: str | None = None) -> web.Response:
    """A short page; `body` is markup of ours, with everything else escaped already."""
    headers = {**_PAGE_HEADERS, "Content-Security-Policy": policy} if policy else _PAGE_HEADERS
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}</style>"
        f"</head><body>{body}</body></html>"
    )
    return web.Response(text=text, content_type="text/html", status=status, headers=headers)
