"""Repositories are renamed, removed and forgotten; heads are found again; a shutdown leaves nothing behind."""

from typing import Any

from bot.rendering.check_runs import VERDICT_NAME
from bot.settings import Settings
from sandbox.actions import installations
from sandbox.model import Repository
from sandbox.sandbox import Sandbox
from tests.bot.service import (
    Service,
    assert_settled,
    latest_runs,
    own_comments,
    running,
    settings_for,
    until,
)
from tests.bot.test_reviews import opened


def about(service: Service, shop: Repository, **more: Any) -> dict[str, Any]:
    """What every delivery of this repository holds."""
    return {
        "installation": {"id": service.sandbox.installation(shop).id},
        "repository": {"id": shop.id, "full_name": shop.full_name},
        **more,
    }


async def test_what_waits_for_a_renamed_repository_is_done_under_its_new_name(
    service: Service, shop: Repository
) -> None:
    pull = await opened(service, shop)
    service.sandbox.rename(shop, "store")
    await service.post("repository", about(service, shop, action="renamed"))
    service.sandbox.comment(pull, "/gonogo recheck", user="owner")
    await service.idle()
    assert service.count("requests WHERE job->'repository'->>'full_name' = 'acme/shop'") == 0
    assert_settled(service.sandbox, pull)


async def test_a_repository_taken_away_is_forgotten(service: Service, shop: Repository) -> None:
    await opened(service, shop)
    installation, owner = service.sandbox.installation(shop), service.sandbox.state.user("owner")
    installations.remove_repository(service.sandbox.hub, installation, shop, owner)
    await service.idle()
    assert (service.count("facts"), service.count("published")) == (0, 0)


async def test_a_merge_group_that_is_gone_is_not_reviewed_any_more(
    service: Service, shop: Repository
) -> None:
    pull = await opened(service, shop)
    fault = service.sandbox.fault(method="GET", path="/repos/acme/shop/compare/*", hold=True)
    group = service.sandbox.merge_group(pull)
    await until(fault.reached.is_set)
    service.sandbox.destroy_merge_group(group, "dequeued")
    await until(lambda: service.count("requests WHERE lock LIKE 'drop:%' AND handled = requested") == 1)
    assert service.waiting() == 0
    fault.release()


async def test_a_rerun_finds_the_pull_request_of_a_fork_even_with_an_empty_memory(
    sandbox: Sandbox, shop: Repository, settings: Settings, empty_database_url: str
) -> None:
    async with running(sandbox, settings) as service:
        pull = await opened(service, shop)
        before = latest_runs(sandbox, pull)[VERDICT_NAME]
    fresh = settings_for(sandbox, settings.data_dir, database_url=empty_database_url)
    async with running(sandbox, fresh) as service:
        run = {"head_sha": pull.head_sha, "app": {"id": sandbox.app_id}, "pull_requests": []}
        await service.post("check_run", about(service, shop, action="rerequested", check_run=run))
        await service.idle()
    assert latest_runs(sandbox, pull)[VERDICT_NAME].id > before.id
    assert len(own_comments(sandbox, pull)) == 1


async def test_a_rerun_of_a_head_with_two_pull_requests_reviews_both(
    service: Service, shop: Repository
) -> None:
    one, two = await opened(service, shop), await opened(service, shop)
    runs = len(service.sandbox.check_runs(one))
    service.sandbox.rerequest_suite(service.sandbox.suite(one))
    await service.idle()
    assert len(service.sandbox.check_runs(one)) == 2 * runs
    assert len(own_comments(service.sandbox, two)) == 1


async def test_a_rerun_of_a_head_that_belongs_to_nothing_is_done_with(
    service: Service, shop: Repository
) -> None:
    run = {"head_sha": "c" * 40, "app": {"id": service.sandbox.app_id}, "pull_requests": []}
    await service.post("check_run", about(service, shop, action="rerequested", check_run=run))
    await service.idle()
    assert not service.sandbox.requests.select("POST", "/repos/acme/shop/check-runs")


async def test_shut_down_in_the_middle_of_a_review_the_next_start_finishes_it(
    sandbox: Sandbox, shop: Repository, settings: Settings
) -> None:
    fault = sandbox.fault(method="GET", path="/repos/acme/shop/compare/*", hold=True)
    async with running(sandbox, settings):
        pull = sandbox.open_pull_request(shop, head="change")
        await until(lambda: bool(sandbox.check_runs(pull)))  # in progress
    fault.release()
    async with running(sandbox, settings) as service:
        await service.idle()
        assert_settled(sandbox, pull)
