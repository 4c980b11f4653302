"""The four doors to another review, and who may use them."""

import pytest

from bot.rendering.check_runs import VERDICT_NAME
from sandbox.model import CheckRun, Comment, PullRequest, Repository
from sandbox.sandbox import Sandbox
from tests.bot.service import Commits, Service, assert_settled, latest_runs
from tests.bot.test_reviews import opened


def verdict(sandbox: Sandbox, pull: PullRequest) -> CheckRun:
    return latest_runs(sandbox, pull)[VERDICT_NAME]


def reactions(comment: Comment) -> list[str]:
    return [reaction.content for reaction in comment.reactions]


async def test_the_rerun_button_makes_new_runs(service: Service, shop: Repository) -> None:
    pull = await opened(service, shop)
    before = verdict(service.sandbox, pull)
    service.sandbox.rerequest(before)
    await service.idle()
    assert verdict(service.sandbox, pull).id > before.id
    assert verdict(service.sandbox, pull).conclusion == before.conclusion
    assert_settled(service.sandbox, pull)


async def test_rerun_all_makes_new_runs(service: Service, shop: Repository) -> None:
    pull = await opened(service, shop)
    before = verdict(service.sandbox, pull)
    service.sandbox.rerequest_suite(service.sandbox.suite(pull))
    await service.idle()
    assert verdict(service.sandbox, pull).id > before.id
    assert_settled(service.sandbox, pull)


async def test_a_push_makes_runs_on_the_new_head(
    service: Service, shop: Repository, commits: Commits
) -> None:
    pull = await opened(service, shop)
    service.sandbox.push(pull, commits.fixed)
    await service.idle()
    assert verdict(service.sandbox, pull).head_sha == commits.fixed


@pytest.mark.parametrize("user", ["owner", "writer"])
async def test_recheck_is_for_people_who_may_write(service: Service, shop: Repository, user: str) -> None:
    pull = service.sandbox.open_pull_request(shop, head="change", author="stranger", fork=True)
    await service.idle()
    before = verdict(service.sandbox, pull)
    comment = service.sandbox.comment(pull, "Please look again.\n\n/gonogo recheck", user=user)
    await service.idle()
    assert reactions(comment) == ["eyes"]
    assert verdict(service.sandbox, pull).id > before.id
    assert_settled(service.sandbox, pull)


async def test_recheck_is_for_the_author_too(service: Service, shop: Repository) -> None:
    pull = service.sandbox.open_pull_request(shop, head="change", author="stranger", fork=True)
    await service.idle()
    before = verdict(service.sandbox, pull)
    comment = service.sandbox.comment(pull, "/gonogo recheck", user="stranger")
    await service.idle()
    assert reactions(comment) == ["eyes"]
    assert verdict(service.sandbox, pull).id > before.id


@pytest.mark.parametrize("user", ["reader", "somebody"])
async def test_recheck_by_others_is_refused(service: Service, shop: Repository, user: str) -> None:
    pull = await opened(service, shop)
    before = verdict(service.sandbox, pull)
    comment = service.sandbox.comment(pull, "/gonogo recheck", user=user)
    await service.idle()
    assert reactions(comment) == ["-1"]
    assert verdict(service.sandbox, pull).id == before.id


async def test_recheck_of_a_closed_pull_request_is_not_done(service: Service, shop: Repository) -> None:
    pull = await opened(service, shop)
    before = verdict(service.sandbox, pull)
    service.sandbox.close(pull)
    comment = service.sandbox.comment(pull, "/gonogo recheck", user="owner")
    await service.idle()
    assert reactions(comment) == ["confused"]
    assert verdict(service.sandbox, pull).id == before.id


async def test_help_is_answered_once(service: Service, shop: Repository) -> None:
    pull = await opened(service, shop, "harmless")
    comment = service.sandbox.comment(pull, "/gonogo help", user="owner")
    await service.idle()
    for delivery in [one for one in service.sandbox.deliveries if one.event == "issue_comment"]:
        service.sandbox.redeliver(delivery)
    await service.idle()
    assert reactions(comment) == ["eyes"]
    (reply,) = service.sandbox.comments(pull, own=True)
    assert "/gonogo recheck" in reply.body


async def test_an_unknown_command_is_answered_with_help(service: Service, shop: Repository) -> None:
    pull = await opened(service, shop, "harmless")
    comment = service.sandbox.comment(pull, "/gonogo rm -rf @everyone", user="owner")
    await service.idle()
    assert reactions(comment) == ["confused"]
    (reply,) = service.sandbox.comments(pull, own=True)
    assert "@everyone" not in reply.body


async def test_what_only_mentions_a_command_is_none(service: Service, shop: Repository) -> None:
    pull = await opened(service, shop, "harmless")
    bodies = (
        "> /gonogo recheck",
        "```\n/gonogo recheck\n```",
        "try /gonogo recheck",
        "/gonogone recheck",
        "",
    )
    comments = [service.sandbox.comment(pull, body, user="owner") for body in bodies]
    await service.idle()
    assert [reactions(comment) for comment in comments] == [[]] * len(bodies)


async def test_apps_give_no_commands(service: Service, shop: Repository) -> None:
    pull = await opened(service, shop, "harmless")
    comment = service.sandbox.comment(pull, "/gonogo recheck", user="owner", app=service.sandbox.state.app)
    await service.idle()
    assert reactions(comment) == []


async def test_a_recheck_delivered_twice_is_done_once(service: Service, shop: Repository) -> None:
    pull = await opened(service, shop)
    service.sandbox.comment(pull, "/gonogo recheck", user="owner")
    await service.idle()
    runs = len(service.sandbox.check_runs(pull))
    for delivery in [one for one in service.sandbox.deliveries if one.event == "issue_comment"]:
        service.sandbox.redeliver(delivery)
    await service.idle()
    assert len(service.sandbox.check_runs(pull)) == runs


async def test_a_deleted_comment_comes_back_with_a_recheck(service: Service, shop: Repository) -> None:
    pull = await opened(service, shop)
    (comment,) = service.sandbox.comments(pull, own=True)
    service.sandbox.delete_comment(comment)
    service.sandbox.comment(pull, "/gonogo recheck", user="owner")
    await service.idle()
    assert_settled(service.sandbox, pull)


async def test_a_merge_group_is_rerun_too(service: Service, shop: Repository) -> None:
    pull = await opened(service, shop)
    group = service.sandbox.merge_group(pull)
    await service.idle()
    before = list(service.sandbox.state.runs_of(shop, group.head_sha))
    service.sandbox.rerequest(before[-1])
    await service.idle()
    after = list(service.sandbox.state.runs_of(shop, group.head_sha))
    assert len(after) == 2 * len(before)
