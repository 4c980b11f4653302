"""The set-up page: while there are no credentials, one page has GitHub make the App from our manifest.

The secrets come back once, go into DATA_DIR with mode 0600, and are used from there on.
"""

import asyncio
import html
import json
import os
import re
import secrets
import time
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

from aiohttp import web

from bot.github.errors import GitHubError
from bot.github.manifest import registered
from bot.github.options import Options
from bot.health import page
from bot.log import get_logger
from bot.manifest import read_manifest
from bot.settings import CREDENTIALS_FILE, Credentials, Settings, read_private_key

_VALID_SECONDS: Final = 3600.0  # GitHub's own limit for all three steps
_COOKIE: Final = "gonogo_setup"
_ORGANISATION = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})")


def write_credentials(data_dir: Path, credentials: Credentials) -> None:
    """All of it or nothing, readable by us alone from the first byte on."""
    data_dir.mkdir(parents=True, exist_ok=True)
    fresh = data_dir / f"{CREDENTIALS_FILE}.{secrets.token_hex(4)}"
    content = {
        "app_id": credentials.app_id,
        "private_key": credentials.private_key,
        "webhook_secret": credentials.webhook_secret,
    }
    file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with open(file, "w", encoding="utf-8") as output:  # noqa: PTH123 - the descriptor carries the mode
        json.dump(content, output)
        output.flush()
        os.fsync(output.fileno())
    fresh.replace(data_dir / CREDENTIALS_FILE)


class Setup:
    """Offers the page until an App is made."""

    def __init__(self, settings: Settings, options: Options) -> None:
        self._settings = settings
        self._options = options
        self._states: dict[str, float] = {}
        # On an address that others reach, only who reads the log may set up.
        self.key = "" if _is_loopback(settings.host) else secrets.token_urlsafe(24)
        self.done = asyncio.Event()

    def application(self) -> web.Application:
        """The server while there is nothing else to serve."""
        application = web.Application(client_max_size=64 * 1024)
        application.add_routes(
            [
                web.get("/", self.front),
                web.get("/setup", self.form),
                web.get("/setup/done", self.finish),
                web.get("/healthz", self._alive),
                web.get("/readyz", self._not_ready),
            ]
        )
        return application

    async def front(self, _request: web.Request) -> web.Response:
        """Where to begin."""
        if self.key:
            return page(
                "gonogo", "<h1>gonogo</h1><p>Not set up yet: open the address in the server's log.</p>"
            )
        raise web.HTTPFound("/setup")

    async def form(self, request: web.Request) -> web.Response:
        """First the address that GitHub will call, then the button that takes the manifest there."""
        self._check_key(request)
        url = self._settings.public_url or request.query.get("url", "").strip().rstrip("/")
        organisation = request.query.get("organisation", "").strip()
        if not _is_web_address(url) or (organisation and not _ORGANISATION.fullmatch(organisation)):
            return page("Set up gonogo", self._ask_address(request, url))
        state = self._new_state()
        where = (
            f"organizations/{quote(organisation)}/settings/apps/new" if organisation else "settings/apps/new"
        )
        action = f"{self._settings.web_url}/{where}?state={state}"
        manifest = read_manifest().at(url, f"{request.url.origin()}/setup/done")
        response = page(
            "Set up gonogo",
            f"<h1>Set up gonogo</h1><p>GitHub makes the App and hands its secrets to this server. Deliveries will "
            f"go to <code>{html.escape(url)}/webhook</code>.</p>"
            f'<form method="post" action="{html.escape(action)}">'
            f'<input type="hidden" name="manifest" value="{html.escape(json.dumps(manifest))}">'
            f"<button>Make the App on GitHub</button></form>",
            policy="default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        )
        response.set_cookie(
            _COOKIE, state, max_age=int(_VALID_SECONDS), httponly=True, samesite="Lax", path="/setup"
        )
        return response

    async def finish(self, request: web.Request) -> web.Response:
        """GitHub sends the browser back with a code; the code is changed into secrets, once."""
        state, code = request.query.get("state", ""), request.query.get("code", "")
        if not self._take_state(state, request.cookies.get(_COOKIE, "")):
            return self._again(400, "This answer belongs to no set-up that was begun here in the last hour.")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,200}", code):
            return self._again(400, "GitHub sent no code.")
        try:
            app = await registered(code, self._options)
            key = read_private_key(app.pem)
        except (GitHubError, ValueError) as error:
            get_logger().warning("set-up failed", error=type(error).__name__)
            return self._again(502, "GitHub did not hand over the App's secrets.")
        if not app.webhook_secret:
            return self._again(502, "GitHub made the App without a webhook secret.")
        write_credentials(self._settings.data_dir, Credentials(app.id, key, app.webhook_secret))
        get_logger().info("set up", app_id=app.id, app=app.slug)
        self.done.set()
        link = html.escape(f"{app.html_url}/installations/new")
        return page(
            "gonogo is set up",
            f'<h1>gonogo is set up</h1><p>Now <a href="{link}">choose its repositories</a>.</p>',
        )

    def _ask_address(self, request: web.Request, url: str) -> str:
        hint = html.escape(url or str(request.url.origin()))
        key = html.escape(request.query.get("key", ""))
        return (
            "<h1>Set up gonogo</h1><form>"
            f'<input type="hidden" name="key" value="{key}">'
            "<p><label>Address under which GitHub reaches this server<br>"
            f'<input name="url" type="url" required size="50" value="{hint}"></label></p>'
            "<p><label>Organisation that is to own the App (empty: yourself)<br>"
            '<input name="organisation" pattern="[A-Za-z0-9\\-]{1,39}"></label></p>'
            "<button>Continue</button></form>"
        )

    def _check_key(self, request: web.Request) -> None:
        if self.key and not secrets.compare_digest(request.query.get("key", "").encode(), self.key.encode()):
            raise web.HTTPForbidden(text="open the address in the server's log")

    def _new_state(self) -> str:
        now = time.monotonic()
        self._states = {state: at for state, at in self._states.items() if now - at < _VALID_SECONDS}
        state = secrets.token_urlsafe(24)
        self._states[state] = now
        return state

    def _take_state(self, state: str, cookie: str) -> bool:
        """Made by us, in this browser, not long ago, and used once."""
        made = self._states.pop(state, None)
        same = secrets.compare_digest(state.encode(), cookie.encode())
        return made is not None and same and time.monotonic() - made < _VALID_SECONDS

    def _again(self, status: int, reason: str) -> web.Response:
        body = f'<h1>Not set up</h1><p>{html.escape(reason)}</p><p><a href="/">Begin again</a></p>'
        return page("Not set up", body, status=status)

    async def _alive(self, _request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def _not_ready(self, _request: web.Request) -> web.Response:
        return web.json_response({"setup": "not done"}, status=503)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.query and not parts.fragment
    )
