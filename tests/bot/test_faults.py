"""GitHub fails in every way it is known to, and the review is there in the end, once."""

import pytest

from bot import outcome
from bot.rendering.check_runs import VERDICT_NAME
from sandbox.faults import FaultOptions
from sandbox.model import Repository
from sandbox.sandbox import Sandbox
from tests.bot.service import Commits, Service, assert_settled, latest_runs, own_comments, until
from tests.bot.test_reviews import opened

LIMITED = {"message": "You have exceeded a secondary rate limit."}
FAULTS: dict[str, FaultOptions] = {
    "502 on the pull request": {"method": "GET", "path": "/repos/acme/shop/pulls/*", "status": 502},
    "500 on the token": {"method": "POST", "path": "/app/installations/*/access_tokens", "status": 500},
    "a cut tree": {"method": "GET", "path": "/repos/acme/shop/git/trees/*", "truncate": 40},
    "a dropped compare": {"method": "GET", "path": "/repos/acme/shop/compare/*", "drop": "before"},
    "a failed query of blobs": {"method": "POST", "path": "/graphql", "status": 502},
    "a Check Run not made": {"method": "POST", "path": "/repos/acme/shop/check-runs", "drop": "before"},
    "a Check Run made, the answer lost": {
        "method": "POST",
        "path": "/repos/acme/shop/check-runs",
        "drop": "after",
    },
    "a verdict refused": {"method": "POST", "path": "/repos/acme/shop/check-runs", "skip": 1, "status": 502},
    "a comment made, the answer lost": {
        "method": "POST",
        "path": "/repos/acme/shop/issues/*/comments",
        "drop": "after",
    },
    "a secondary limit": {
        "method": "POST",
        "path": "/repos/acme/shop/check-runs",
        "status": 403,
        "headers": {"retry-after": "1"},
        "body": LIMITED,
    },
    "an edge that refuses to answer": {
        "method": "GET",
        "path": "/repos/acme/shop/compare/*",
        "status": 503,
        "headers": {"retry-after": "1"},
    },
    "a token refused": {"method": "GET", "path": "/repos/acme/shop/compare/*", "status": 401},
    "too many requests": {
        "method": "GET",
        "path": "/repos/acme/shop/compare/*",
        "status": 429,
        "headers": {"retry-after": "1"},
        "body": LIMITED,
    },
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
async def test_one_fault_costs_time_and_nothing_else(
    service: Service, shop: Repository, fault: FaultOptions
) -> None:
    wanted = service.sandbox.fault(**fault)
    pull = await opened(service, shop)
    assert wanted.used == 1
    assert_settled(service.sandbox, pull)
    names = [run.name for run in service.sandbox.check_runs(pull)]
    assert len(names) == len(set(names)), names


async def test_an_outage_longer_than_the_clients_patience_is_sat_out(
    service: Service, shop: Repository
) -> None:
    service.sandbox.fault(method="GET", path="/repos/acme/shop/pulls/*", status=502, times=5)
    pull = await opened(service, shop)
    assert_settled(service.sandbox, pull)
    assert {run.conclusion for run in service.sandbox.check_runs(pull, VERDICT_NAME)} == {"failure"}


async def test_a_used_up_rate_limit_is_waited_out_in_the_queue(service: Service, shop: Repository) -> None:
    await service.idle()
    service.sandbox.exhaust(shop, seconds=5)
    pull = service.sandbox.open_pull_request(shop, head="change")
    await service.sandbox.delivered()
    await until(lambda: service.count("procrastinate_jobs WHERE scheduled_at > now()") == 1)
    await until(
        lambda: service.count("procrastinate_jobs WHERE status = 'doing'") == 0
    )  # nobody sleeps on it
    await service.idle()
    assert_settled(service.sandbox, pull)


async def test_an_expired_token_is_replaced(service: Service, shop: Repository, commits: Commits) -> None:
    pull = await opened(service, shop)
    service.sandbox.expire_tokens()
    service.sandbox.push(pull, commits.fixed)
    await service.idle()
    assert_settled(service.sandbox, pull)


async def test_a_comment_that_somebody_deleted_is_made_again(
    service: Service, shop: Repository, commits: Commits
) -> None:
    pull = await opened(service, shop)
    (comment,) = own_comments(service.sandbox, pull)
    service.sandbox.delete_comment(comment)
    service.sandbox.push(pull, commits.fixed)
    await service.idle()
    assert_settled(service.sandbox, pull)


async def test_a_comment_that_is_gone_for_good_is_made_again(
    service: Service, shop: Repository, commits: Commits
) -> None:
    pull = await opened(service, shop)
    (comment,) = own_comments(service.sandbox, pull)
    gone = service.sandbox.fault(method="PATCH", path="/repos/acme/shop/issues/comments/*", status=410)
    service.sandbox.push(pull, commits.fixed)
    await service.idle()
    assert gone.used == 1
    assert comment.id in {one.id for one in own_comments(service.sandbox, pull)}  # the sandbox still has it
    assert latest_runs(service.sandbox, pull)[VERDICT_NAME].conclusion == "success"


async def test_an_outage_that_does_not_end_is_told_once_and_given_up(
    service: Service, shop: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcome, "TRANSIENT_PAUSES", (0.1,))
    service.sandbox.fault(method="GET", path="/repos/acme/shop/compare/*", status=502, times=8)
    pull = service.sandbox.open_pull_request(shop, head="change")
    await service.idle()
    told = latest_runs(service.sandbox, pull)[VERDICT_NAME]
    assert (told.status, told.conclusion) == ("completed", "neutral")
    assert "GitHub could not be reached, or answered with errors" in str(told.summary)
    assert "Press Re-run" in str(told.summary)
    assert service.count("requests WHERE failed = requested AND given_up = 0") == 1


async def test_a_permission_that_is_lacking_is_named_on_the_pull_request(
    service: Service, shop: Repository
) -> None:
    refused = {"message": "Resource not accessible by integration"}
    service.sandbox.fault(
        method="GET",
        path="/repos/acme/shop/compare/*",
        status=403,
        headers={"X-Accepted-GitHub-Permissions": "contents=read"},
        body=refused,
    )
    pull = service.sandbox.open_pull_request(shop, head="change")
    await service.idle()
    told = latest_runs(service.sandbox, pull)[VERDICT_NAME]
    assert (told.status, told.conclusion) == ("completed", "neutral")
    assert "lacks a permission here (contents=read)" in str(told.summary).replace("\\", "")


async def test_somebody_elses_copy_of_our_marker_is_not_our_comment(
    service: Service, shop: Repository, commits: Commits
) -> None:
    pull = service.sandbox.open_pull_request(shop, head="harmless")
    copied = service.sandbox.comment(pull, "<!-- gonogo:v1 -->\nmine", user="reader")
    await service.idle()
    service.sandbox.push(pull, commits.head)
    await service.idle()
    assert copied.body == "<!-- gonogo:v1 -->\nmine"
    assert len(own_comments(service.sandbox, pull)) == 1


async def test_our_own_failure_is_a_neutral_run_that_the_next_attempt_replaces(
    service: Service, shop: Repository
) -> None:
    # What GitHub never answers: a request that it understands and refuses is a fault of ours.
    service.sandbox.fault(method="GET", path="/repos/acme/shop/compare/*", status=422)
    pull = service.sandbox.open_pull_request(shop, head="change")
    await service.sandbox.wait_until(lambda: bool(service.sandbox.check_runs(pull, VERDICT_NAME)))
    (failed,) = service.sandbox.check_runs(pull, VERDICT_NAME)
    assert (failed.status, failed.conclusion) == ("completed", "neutral")
    assert "pull:" in f"{failed.summary} {failed.text}"
    await service.idle()
    assert_settled(service.sandbox, pull)
    assert latest_runs(service.sandbox, pull)[VERDICT_NAME].conclusion == "failure"


async def test_the_policy_can_have_our_own_failure_block(
    service: Service, sandbox: Sandbox, commits: Commits
) -> None:
    base = commits.trees.commit({".github/gonogo.yml": "on_failure: failure\n"})
    head = commits.trees.commit({".github/gonogo.yml": "on_failure: failure\n", "a": "a"}, parents=[base])
    sandbox.fault(method="GET", path="*/compare/*", status=422)
    pull = sandbox.from_repository(commits.path, base, head)
    await sandbox.wait_until(lambda: bool(sandbox.check_runs(pull, VERDICT_NAME)))
    (failed,) = sandbox.check_runs(pull, VERDICT_NAME)
    assert failed.conclusion == "failure"
    await service.idle()
    assert latest_runs(sandbox, pull)[VERDICT_NAME].conclusion == "success"


async def test_a_suspended_installation_waits_and_goes_on(service: Service, shop: Repository) -> None:
    from sandbox.actions import installations  # noqa: PLC0415

    await service.idle()
    installation, owner = service.sandbox.installation(shop), service.sandbox.state.user("owner")
    pull = service.sandbox.open_pull_request(shop, head="change")
    installations.suspend(service.sandbox.hub, installation, owner)
    await service.sandbox.delivered()
    await until(lambda: service.count("suspended") == 1)
    assert service.sandbox.check_runs(pull) == []
    installations.unsuspend(service.sandbox.hub, installation, owner)
    await until(lambda: service.count("suspended") == 0)
    await service.idle()
    assert_settled(service.sandbox, pull)


async def test_an_uninstalled_app_forgets_what_it_knew(service: Service, shop: Repository) -> None:
    from sandbox.actions import installations  # noqa: PLC0415

    await opened(service, shop)
    assert service.count("facts") > 0
    owner = service.sandbox.state.user("owner")
    installations.uninstall(service.sandbox.hub, service.sandbox.installation(shop), owner)
    await service.idle()
    assert (service.count("facts"), service.count("published")) == (0, 0)
    assert service.count("requests WHERE repository <> 0") == 0
