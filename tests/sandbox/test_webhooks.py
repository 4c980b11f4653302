"""Webhooks: signed, logged, sent again, and in the form that GitHub describes (the fixture `sandbox` checks that)."""

import hashlib
import hmac
from collections.abc import AsyncIterator

import pytest

from sandbox.model import PullRequest, Repository
from sandbox.sandbox import Sandbox
from tests.sandbox.caller import Caller
from tests.sandbox.conftest import Shas
from tests.sandbox.receiver import Receiver
from tests.sandbox.trees import Trees


@pytest.fixture
async def receiver(sandbox: Sandbox) -> AsyncIterator[Receiver]:
    async with Receiver.running() as running:
        sandbox.webhook_url = running.url
        yield running
        await sandbox.delivered()


async def sent(sandbox: Sandbox, event: str = "") -> list[str]:
    await sandbox.delivered()
    names = [f"{one.event}.{one.action}" for one in sandbox.deliveries]
    return [name for name in names if name.startswith(event)]


async def test_a_delivery_is_signed_over_the_raw_body(
    sandbox: Sandbox, receiver: Receiver, repository: Repository, pull: PullRequest
) -> None:
    await sandbox.delivered()
    secret = sandbox.webhook_secret.encode()
    for one in receiver.received:
        expected = "sha256=" + hmac.new(secret, one.body, hashlib.sha256).hexdigest()
        assert one.headers["X-Hub-Signature-256"] == expected
        assert one.headers["User-Agent"].startswith("GitHub-Hookshot/")
        assert one.headers["X-GitHub-Hook-Installation-Target-ID"] == str(sandbox.app_id)
        assert one.headers["X-GitHub-Hook-Installation-Target-Type"] == "integration"
    events = {one.headers["X-GitHub-Event"] for one in receiver.received}
    assert events == {"installation", "check_suite", "pull_request"}
    guids = [one.headers["X-GitHub-Delivery"] for one in receiver.received]
    assert sorted(guids) == sorted(one.guid for one in sandbox.deliveries)
    assert [one.payload["installation"]["id"] for one in sandbox.deliveries] == [  # type: ignore[index]
        sandbox.installation(repository).id
    ] * len(guids)


async def test_the_life_of_a_pull_request(
    sandbox: Sandbox, receiver: Receiver, repository: Repository, pull: PullRequest, shas: Shas
) -> None:
    sandbox.push(pull)
    sandbox.set_draft(pull, draft=True)
    sandbox.set_draft(pull, draft=False)
    sandbox.edit_title(pull, "Another")
    repository.git.set_reference("refs/heads/stable", shas.base)
    sandbox.retarget(pull, "stable")
    sandbox.close(pull)
    sandbox.reopen(pull)
    sandbox.close(pull, merged=True)
    actions = [name.split(".")[1] for name in await sent(sandbox, "pull_request")]
    assert actions == [
        "opened",
        "synchronize",
        "converted_to_draft",
        "ready_for_review",
        "edited",
        "edited",
        "closed",
        "reopened",
        "closed",
    ]
    payloads = [one.payload for one in sandbox.deliveries if one.event == "pull_request"]
    assert (payloads[1]["before"], payloads[1]["after"]) == (shas.head, shas.next)
    assert payloads[5]["changes"] == {"base": {"ref": {"from": "main"}, "sha": {"from": shas.tip}}}
    assert repository.git.resolve(f"refs/pull/{pull.number}/head") == shas.next


async def test_checks_and_comments_come_back_as_events(
    sandbox: Sandbox, receiver: Receiver, caller: Caller, repository: Repository, pull: PullRequest
) -> None:
    body = {"name": "gonogo", "head_sha": pull.head_sha, "status": "in_progress"}
    run = (await caller.call(repository, "POST", "/check-runs", json=body)).json["id"]
    await caller.call(repository, "PATCH", f"/check-runs/{run}", json={"conclusion": "neutral"})
    await caller.call(repository, "POST", f"/check-runs/{run}/rerequest")
    sandbox.rerequest_suite(sandbox.suite(pull))
    sandbox.request_action(sandbox.check_runs(pull)[0], "fix")
    comment = sandbox.comment(pull, "/gonogo recheck", user="reader")
    sandbox.edit_comment(comment, "never mind", user="reader")
    sandbox.delete_comment(comment, user="reader")
    assert sorted(set(await sent(sandbox, "check_"))) == [
        "check_run.completed",
        "check_run.created",
        "check_run.requested_action",
        "check_run.rerequested",
        "check_suite.completed",
        "check_suite.requested",
        "check_suite.rerequested",
    ]
    assert await sent(sandbox, "issue_comment") == [
        f"issue_comment.{action}" for action in ("created", "edited", "deleted")
    ]
    again = next(one.payload for one in sandbox.deliveries if one.action == "rerequested")
    assert [one["number"] for one in again["check_run"]["pull_requests"]] == [pull.number]  # type: ignore[index]


async def test_a_fork_s_checks_name_no_pull_request(
    sandbox: Sandbox, receiver: Receiver, caller: Caller, repository: Repository, shas: Shas
) -> None:
    pull = sandbox.open_pull_request(repository, head=shas.head, author="stranger", fork=True)
    got = await caller.call(repository, "GET", f"/pulls/{pull.number}")
    assert got.json["head"]["repo"]["full_name"] == "stranger/shop"
    assert await sent(sandbox, "check_suite") == []
    body = {"name": "gonogo", "head_sha": shas.head, "conclusion": "success"}
    made = await caller.call(repository, "POST", "/check-runs", json=body)
    assert made.json["pull_requests"] == []
    sandbox.rerequest_suite(sandbox.suite(pull))
    await sandbox.delivered()
    suite = sandbox.deliveries[-1].payload["check_suite"]
    assert isinstance(suite, dict)
    assert (suite["head_branch"], suite["pull_requests"]) == (None, [])
    of_commit = await caller.call(repository, "GET", f"/commits/{shas.head}/pulls")
    assert [one["number"] for one in of_commit.json] == [pull.number]
    compared = await caller.call(repository, "GET", f"/compare/main...stranger:{pull.head_ref}")
    assert compared.json["merge_base_commit"]["sha"] == shas.base
    sandbox.delete_fork(pull)
    gone = await caller.call(repository, "GET", f"/pulls/{pull.number}")
    assert gone.json["head"]["repo"] is None


async def test_the_merge_queue(
    sandbox: Sandbox, receiver: Receiver, repository: Repository, pull: PullRequest, shas: Shas
) -> None:
    group = sandbox.merge_group(pull)
    assert group.head_ref == f"refs/heads/gh-readonly-queue/main/pr-{pull.number}-{shas.tip}"
    sandbox.destroy_merge_group(group, "invalidated")
    assert await sent(sandbox, "merge_group") == ["merge_group.checks_requested", "merge_group.destroyed"]
    payload = sandbox.deliveries[-1].payload
    assert payload["reason"] == "invalidated"
    assert repository.git.branch(group.head_ref.removeprefix("refs/heads/")) is None


async def test_a_comment_on_a_plain_issue_names_no_pull_request(
    sandbox: Sandbox, receiver: Receiver, repository: Repository
) -> None:
    sandbox.comment_on_issue(repository, "/gonogo recheck")
    assert await sent(sandbox, "issue_comment") == ["issue_comment.created"]
    issue = sandbox.deliveries[-1].payload["issue"]
    assert isinstance(issue, dict)
    assert "pull_request" not in issue


async def test_installing_and_leaving(
    sandbox: Sandbox, receiver: Receiver, repository: Repository, trees: Trees
) -> None:
    installation = sandbox.installation(repository)
    other = sandbox.add_repository("acme/other", trees.path)
    sandbox.remove_repository(other)
    sandbox.suspend(installation)
    sandbox.comment(sandbox.open_pull_request(repository, head="change"), "nobody hears this")
    sandbox.unsuspend(installation)
    sandbox.accept_permissions(installation)
    sandbox.uninstall(installation)
    assert await sent(sandbox) == [
        "installation.created",
        "installation_repositories.added",
        "installation_repositories.removed",
        "installation.suspend",
        "installation.unsuspend",
        "installation.new_permissions_accepted",
        "installation.deleted",
    ]


async def test_what_is_not_subscribed_to_is_not_sent(
    sandbox: Sandbox, receiver: Receiver, repository: Repository, shas: Shas
) -> None:
    sandbox.push_branch(repository, "main", shas.head)
    assert await sent(sandbox, "push") == []
    sandbox.installation(repository).events = ("push",)
    sandbox.push_branch(repository, "main", shas.next)
    assert await sent(sandbox, "push") == ["push.None"]


async def test_failed_deliveries_are_listed_and_sent_again(
    sandbox: Sandbox, receiver: Receiver, caller: Caller, pull: PullRequest
) -> None:
    await sandbox.delivered()
    receiver.status = 500
    sandbox.comment(pull, "lost")
    await sandbox.delivered()
    sandbox.webhook_url = "http://127.0.0.1:1/webhook"
    sandbox.comment(pull, "lost too")
    await sandbox.delivered()
    failed = await caller.as_app("GET", "/app/hook/deliveries?status=failure")
    assert [(one["status_code"], one["status"]) for one in failed.json] == [
        (502, "failed to connect to host"),
        (500, "Invalid HTTP Response: 500"),
    ]
    sandbox.webhook_url, receiver.status = receiver.url, 202
    for one in failed.json:
        assert (await caller.as_app("POST", f"/app/hook/deliveries/{one['id']}/attempts")).status == 202
    await sandbox.delivered()
    newest = (await caller.as_app("GET", "/app/hook/deliveries?per_page=2")).json
    assert [(one["redelivery"], one["status"]) for one in newest] == [(True, "OK")] * 2
    assert {one["guid"] for one in newest} == {one["guid"] for one in failed.json}
    detail = await caller.as_app("GET", f"/app/hook/deliveries/{newest[0]['id']}")
    assert detail.json["request"]["payload"]["comment"]["body"] in ("lost", "lost too")
    assert (await caller.as_app("GET", "/app/hook/deliveries/1")).status == 404


async def test_deliveries_are_paged_by_cursor(
    sandbox: Sandbox, receiver: Receiver, caller: Caller, pull: PullRequest
) -> None:
    for number in range(5):
        sandbox.comment(pull, f"number {number}")
    await sandbox.delivered()
    seen: list[int] = []
    path: str | None = "/app/hook/deliveries?per_page=3"
    while path is not None:
        page = await caller.as_app("GET", path)
        seen += [one["id"] for one in page.json]
        link = page.headers.get("Link", "")
        path = link[1 : link.index(">")] if 'rel="next"' in link else None
    assert seen == sorted((one.id for one in sandbox.deliveries), reverse=True)
    assert len(seen) == 8
    assert (await caller.as_app("GET", "/app/hook/deliveries?cursor=v1_x")).status == 422


async def test_only_so_many_deliveries_run_at_once(
    sandbox: Sandbox, receiver: Receiver, pull: PullRequest
) -> None:
    await sandbox.delivered()
    receiver.open.clear()
    for number in range(15):
        sandbox.comment(pull, f"number {number}")
    most = sandbox.state.settings.webhooks_at_once
    await sandbox.wait_until(lambda: sandbox.deliveries[-1].throttled_at is not None)
    receiver.open.set()
    await sandbox.delivered()
    assert receiver.most_at_once <= most
    assert sum(one.throttled_at is not None for one in sandbox.deliveries) == 15 - most
