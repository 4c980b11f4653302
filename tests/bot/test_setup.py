"""Without credentials there is a page that has GitHub make the App; then the same server is the app."""

import asyncio
import json
import re
import stat
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from bot.app import serve
from bot.settings import Settings, read_credentials
from sandbox.model import Repository
from sandbox.sandbox import Sandbox
from tests.bot.service import assert_settled, eventually, until

PUBLIC = "https://gonogo.example.com"


class Browser:
    """Somebody in front of the page."""

    def __init__(self, http: aiohttp.ClientSession, address: str) -> None:
        self.http = http
        self.address = address

    async def open(self, path: str) -> tuple[int, str]:
        async with self.http.get(f"{self.address}{path}") as answer:
            return answer.status, await answer.text()

    async def begin(self) -> tuple[str, dict[str, object]]:
        """Where the button leads, and the manifest it takes there."""
        status, text = await self.open(f"/setup?url={PUBLIC}")
        assert status == 200
        action = re.search(r'action="([^"]+)"', text)
        manifest = re.search(r'name="manifest" value="([^"]+)"', text)
        assert action
        assert manifest
        return unescape(action[1]), json.loads(unescape(manifest[1]))


@pytest.fixture
async def browser(sandbox: Sandbox, database_url: str, tmp_path: Path) -> AsyncIterator[Browser]:
    settings = Settings.model_validate(
        {
            "github_api_url": sandbox.api_url,
            "database_url": database_url,
            "data_dir": tmp_path / "data",
            "port": 0,
            "write_spacing": 0,
        }
    )
    addresses: list[str] = []
    serving = asyncio.create_task(serve(settings, listening=addresses.append))
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as http:
        await until(lambda: bool(addresses))
        yield Browser(http, addresses[0])
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)


async def test_the_page_asks_for_the_address_first(browser: Browser) -> None:
    status, text = await browser.open("/")
    assert status == 200
    assert 'name="url"' in text
    assert (await browser.open("/setup?url=javascript:alert(1)"))[1].count('name="manifest"') == 0
    assert (await browser.open("/healthz"))[0] == 200
    assert (await browser.open("/readyz"))[0] == 503


async def test_the_button_takes_the_manifest_to_github(browser: Browser, sandbox: Sandbox) -> None:
    action, manifest = await browser.begin()
    assert action.startswith(f"{sandbox.html_url}/settings/apps/new?state=")
    assert manifest["hook_attributes"] == {"url": f"{PUBLIC}/webhook", "active": True}
    assert manifest["redirect_url"] == f"{browser.address}/setup/done"


async def test_an_organisation_can_own_the_app(browser: Browser, sandbox: Sandbox) -> None:
    _, text = await browser.open(f"/setup?url={PUBLIC}&organisation=acme")
    assert f"{sandbox.html_url}/organizations/acme/settings/apps/new?state=" in text
    _, text = await browser.open(f"/setup?url={PUBLIC}&organisation=../admin")
    assert "settings/apps/new" not in text


async def test_a_code_becomes_secrets_and_the_server_becomes_the_app(
    browser: Browser, sandbox: Sandbox, shop: Repository, tmp_path: Path
) -> None:
    action, _ = await browser.begin()
    (state,) = parse_qs(urlsplit(action).query)["state"]
    status, text = await browser.open(f"/setup/done?state={state}&code={sandbox.manifest_code()}")
    assert status == 200
    assert "installations/new" in text
    path = tmp_path / "data" / "credentials.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    credentials = read_credentials(tmp_path / "data")
    assert credentials is not None
    assert credentials.app_id == sandbox.app_id
    assert credentials.webhook_secret == sandbox.webhook_secret
    await eventually(lambda: _ready(browser))
    sandbox.webhook_url = f"{browser.address}/webhook"
    pull = sandbox.open_pull_request(shop, head="harmless")
    await sandbox.check_run(pull, "gonogo")
    assert_settled(sandbox, pull, comments=0)
    sandbox.webhook_url = None


async def _ready(browser: Browser) -> bool:
    try:
        return (await browser.open("/readyz"))[0] == 200
    except aiohttp.ClientError:
        return False


async def test_an_answer_without_our_state_is_refused(
    browser: Browser, sandbox: Sandbox, tmp_path: Path
) -> None:
    code = sandbox.manifest_code()
    assert (await browser.open(f"/setup/done?state=guess&code={code}"))[0] == 400
    action, _ = await browser.begin()
    (state,) = parse_qs(urlsplit(action).query)["state"]
    async with (
        aiohttp.ClientSession() as stranger,  # another browser, without our cookie
        stranger.get(f"{browser.address}/setup/done?state={state}&code={code}") as answer,
    ):
        assert answer.status == 400
    assert read_credentials(tmp_path / "data") is None


async def test_a_wrong_code_can_be_tried_again(browser: Browser, tmp_path: Path) -> None:
    for code in ("nonsense", "%3Cscript%3E", ""):
        action, _ = await browser.begin()
        (state,) = parse_qs(urlsplit(action).query)["state"]
        status, text = await browser.open(f"/setup/done?state={state}&code={code}")
        assert status in {400, 502}
        assert "<script>" not in text
    assert read_credentials(tmp_path / "data") is None


async def test_on_an_address_that_others_reach_the_page_is_behind_a_key(tmp_path: Path) -> None:
    settings = Settings.model_validate({"data_dir": tmp_path, "host": "0.0.0.0", "port": 0})  # noqa: S104
    addresses: list[str] = []
    serving = asyncio.create_task(serve(settings, listening=addresses.append))
    await until(lambda: bool(addresses))
    here = addresses[0].replace("0.0.0.0", "127.0.0.1")  # noqa: S104
    async with aiohttp.ClientSession() as http:
        for path in ("/setup", f"/setup?url={PUBLIC}", "/setup?key=guess"):
            async with http.get(f"{here}{path}") as answer:
                assert answer.status == 403
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
