"""What was missed while nobody listened is found at the start and with every sweep."""

import asyncio
from pathlib import Path

from bot.rendering.check_runs import VERDICT_NAME
from bot.settings import Settings
from sandbox.model import Repository
from sandbox.sandbox import Sandbox
from tests.bot.service import PATIENCE, Service, assert_settled, running, settings_for, until
from tests.bot.test_reviews import opened


async def test_a_pull_request_nobody_told_us_of_is_reviewed_at_the_start(
    sandbox: Sandbox, shop: Repository, settings: Settings
) -> None:
    pull = sandbox.open_pull_request(shop, head="change")
    async with running(sandbox, settings) as service:
        await until(lambda: bool(sandbox.check_runs(pull, VERDICT_NAME)))
        await service.idle()
        assert_settled(sandbox, pull)


async def test_a_delivery_that_failed_is_asked_for_again(
    sandbox: Sandbox, shop: Repository, settings: Settings
) -> None:
    async with running(sandbox, settings) as service:
        pull = await opened(service, shop, "harmless")
    sandbox.webhook_url = "http://127.0.0.1:1/webhook"
    comment = sandbox.comment(pull, "/gonogo recheck", user="owner")
    await sandbox.delivered()
    # The first sweep may be faster than the sandbox learns the new address: the next one asks again.
    often = settings.model_copy(update={"sweep_seconds": 1})
    async with running(sandbox, often) as service:
        await until(lambda: [one.content for one in comment.reactions] == ["eyes"])
        await service.idle()
        again = [one for one in sandbox.deliveries if one.redelivery]
        assert {one.event for one in again} == {"issue_comment"}


async def test_what_is_reviewed_is_not_queued_again(
    sandbox: Sandbox, shop: Repository, settings: Settings
) -> None:
    async with running(sandbox, settings) as service:
        await opened(service, shop)
    sandbox.requests.clear()
    async with running(sandbox, settings) as service:
        await until(lambda: bool(sandbox.requests.select("GET", "/repos/acme/shop/pulls")))
        await service.idle()
    assert not sandbox.requests.select("*", "/repos/acme/shop/check-runs*")
    assert not sandbox.requests.select("GET", "/repos/acme/shop/commits/*")


async def test_after_the_loss_of_the_database_githubs_own_memory_counts(
    sandbox: Sandbox, shop: Repository, settings: Settings, empty_database_url: str, tmp_path: Path
) -> None:
    async with running(sandbox, settings) as service:
        pull = await opened(service, shop)
    runs = len(sandbox.check_runs(pull))
    fresh = settings_for(sandbox, tmp_path / "fresh", database_url=empty_database_url)
    async with running(sandbox, fresh) as service:
        await until(lambda: service.count("published WHERE reviewed IS NOT NULL") == 1)
        await service.idle()
    assert len(sandbox.check_runs(pull)) == runs


async def test_it_sweeps_again_and_again(sandbox: Sandbox, shop: Repository, settings: Settings) -> None:
    often = settings.model_copy(update={"sweep_seconds": 1})
    async with running(sandbox, often) as service:
        sandbox.webhook_url = None  # from now on nothing is delivered
        pull = sandbox.open_pull_request(shop, head="change")
        await until(lambda: bool(sandbox.check_runs(pull, VERDICT_NAME)))
        await service.idle()
        assert_settled(sandbox, pull)


async def test_a_failing_sweep_does_not_stop_the_app(
    sandbox: Sandbox, shop: Repository, settings: Settings
) -> None:
    sandbox.fault(method="GET", path="/app/*", status=401, times=50)
    async with running(sandbox, settings) as service:
        async with asyncio.timeout(PATIENCE):
            await sandbox.requests.wait_for("GET", "/app/*")
        await ready(service)


async def ready(service: Service) -> None:
    async with service.http.get(f"{service.address}/readyz") as answer:
        assert answer.status == 200
