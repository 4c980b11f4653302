"""What the app asks about itself."""

from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from pytest_aiohttp.plugin import AiohttpServer

from bot.github.authentication import AppKey
from bot.github.errors import NotFound, RateLimited, Rejected
from bot.github.github import GitHub
from bot.github.manifest import registered
from bot.github.models import HookConfig
from bot.github.options import Options
from sandbox import model
from sandbox.actions import installations
from sandbox.sandbox import Sandbox


async def test_the_app_as_github_has_it(sandbox: Sandbox, github: GitHub) -> None:
    before = github.app.skew
    assert before is None
    app = await github.app.app()
    assert (app.id, app.slug, app.name) == (sandbox.app_id, "gonogo", "gonogo")
    assert app.permissions["checks"] == "write"
    assert "pull_request" in app.events
    skew = github.app.skew
    assert skew is not None
    assert abs(skew) < timedelta(seconds=10)


async def test_where_webhooks_are_sent(sandbox: Sandbox, aiohttp_server: AiohttpServer) -> None:
    """From a server of this test's own: the sandbox does not have this call."""

    async def config(request: web.Request) -> web.Response:
        assert request.headers["Authorization"].startswith("Bearer ey")
        url = "https://example.com/webhook"
        return web.json_response(
            {"url": url, "content_type": "json", "insecure_ssl": "0", "secret": "********"}
        )

    application = web.Application()
    application.router.add_get("/app/hook/config", config)
    server = await aiohttp_server(application)
    key = AppKey(sandbox.app_id, sandbox.private_key)
    async with GitHub.connect(key, Options(api_url=str(server.make_url("")))) as github:
        assert await github.app.hook_config() == HookConfig("https://example.com/webhook", "json", "0")


async def test_installations_and_their_repositories(
    sandbox: Sandbox, github: GitHub, stored: model.Repository
) -> None:
    other = sandbox.add_repository("acme/other", stored.git)
    far = sandbox.add_repository("elsewhere/thing", stored.git)
    listed = {one.id: one for one in await github.app.installations()}
    acme, elsewhere = sandbox.installation(stored), sandbox.installation(far)
    assert set(listed) == {acme.id, elsewhere.id}
    account = listed[acme.id].account
    assert account is not None
    assert account.login == "acme"
    assert not listed[acme.id].suspended
    assert listed[acme.id].permissions["contents"] == "read"
    repositories = await github.installation(acme.id).repositories()
    assert {(one.id, one.full_name) for one in repositories} == {
        (stored.id, "acme/shop"),
        (other.id, "acme/other"),
    }
    assert (await github.app.installation_of("elsewhere/thing")).id == elsewhere.id
    installations.suspend(sandbox.hub, elsewhere, far.owner)
    assert {one.id for one in await github.app.installations() if one.suspended} == {elsewhere.id}
    sandbox.add_repository("third/thing", stored.git, install=False)
    with pytest.raises(NotFound):
        await github.app.installation_of("third/thing")


async def test_what_never_arrived_is_asked_for_again(
    sandbox: Sandbox, github: GitHub, stored: model.Repository, aiohttp_server: AiohttpServer
) -> None:
    """A hook that answers 500 until it is told better."""
    statuses = {"now": 500}

    async def hook(_: web.Request) -> web.Response:
        return web.Response(status=statuses["now"])

    application = web.Application()
    application.router.add_post("/webhook", hook)
    server = await aiohttp_server(application)
    sandbox.webhook_url = str(server.make_url("/webhook"))
    began = datetime.now(UTC) - timedelta(minutes=1)
    pull = sandbox.open_pull_request(stored, head="change")
    await sandbox.delivered()
    failed = await github.app.deliveries.failed_since(began)
    assert "pull_request" in {one.event for one in failed}
    assert {one.guid for one in failed} == {one.guid for one in sandbox.deliveries if one.status_code == 500}
    assert await github.app.deliveries.failed_since(datetime.now(UTC) + timedelta(hours=1)) == ()

    statuses["now"] = 202
    for one in failed:
        await github.app.deliveries.redeliver(one.id)
    await sandbox.delivered()
    assert await github.app.deliveries.failed_since(began) == ()

    for number in range(110):
        sandbox.edit_title(pull, f"title {number}")
    await sandbox.delivered()
    assert await github.app.deliveries.failed_since(began) == ()
    assert len(sandbox.requests.select("GET", "/app/hook/deliveries")) == 5


async def test_a_delivery_too_old_to_be_repeated(github: GitHub) -> None:
    with pytest.raises(NotFound):
        await github.app.deliveries.redeliver(1)


async def test_the_code_of_a_manifest_becomes_credentials_once(sandbox: Sandbox, options: Options) -> None:
    code = sandbox.manifest_code()
    made = await registered(code, options)
    assert (made.id, made.slug) == (sandbox.app_id, "gonogo")
    assert made.pem == sandbox.private_key
    assert made.webhook_secret == sandbox.webhook_secret
    assert made.pem not in repr(made)
    assert sandbox.webhook_secret not in repr(made)
    with pytest.raises(NotFound) as caught:
        await registered(code, options)
    assert code not in str(caught.value)
    [first, _] = sandbox.requests.select("POST", "/app-manifests/*")
    assert "Authorization" not in first.headers


async def test_a_manifest_that_github_does_not_take(sandbox: Sandbox, options: Options) -> None:
    sandbox.fault(path="/app-manifests/*", status=422)
    with pytest.raises(Rejected):
        await registered("x", options)
    sandbox.fault(path="/app-manifests/*", status=403, headers={"Retry-After": "60"})
    with pytest.raises(RateLimited):
        await registered("x", options)
