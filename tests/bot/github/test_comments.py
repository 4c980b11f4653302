"""The one comment of ours."""

import pytest

from bot.github.errors import NotFound, Unreachable
from bot.github.models import Reaction
from bot.github.repository import RepositoryCalls
from sandbox import model
from sandbox.sandbox import Sandbox

MARKER = "<!-- gonogo:v1 -->"


def body(text: str) -> str:
    return f"{MARKER}\n{text}"


def written(sandbox: Sandbox) -> list[str]:
    return [one.method for one in sandbox.requests.select("*", "*comments*") if one.method != "GET"]


def texts(sandbox: Sandbox, pull: model.PullRequest) -> list[str]:
    return [comment.body for comment in sandbox.comments(pull, own=True)]


async def test_one_comment_edited_in_place_and_left_alone_when_it_says_it_already(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    first = await calls.comments.put(pull.number, body("one"), None, MARKER)
    again = await calls.comments.put(pull.number, body("one"), first.id, MARKER)
    other = await calls.comments.put(pull.number, body("two"), first.id, MARKER)
    assert first.id == again.id == other.id
    assert written(sandbox) == ["POST", "PATCH"]
    assert texts(sandbox, pull) == [body("two")]
    assert first.app_id == sandbox.app_id
    assert first.user is not None
    assert first.user.is_bot


async def test_a_comment_we_forgot_is_found_among_many(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    for number in range(120):
        sandbox.comment(pull, f"chatter {number}", user="reader")
    mine = await calls.comments.create(pull.number, body("one"))
    assert (await calls.comments.put(pull.number, body("two"), None, MARKER)).id == mine.id
    assert texts(sandbox, pull) == [body("two")]


async def test_a_pasted_marker_deceives_nobody(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    pasted = sandbox.comment(pull, body("I am the bot"), user="reader")
    await calls.comments.create(pull.number, "ours, but another one")
    assert await calls.comments.find_own(pull.number, MARKER) is None
    made = await calls.comments.put(pull.number, body("verdict"), None, MARKER)
    assert made.id != pasted.id
    assert pasted.body == body("I am the bot")


async def test_a_deleted_comment_is_made_again_once(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    first = await calls.comments.put(pull.number, body("one"), None, MARKER)
    [stored] = sandbox.comments(pull, own=True)
    sandbox.delete_comment(stored)
    second = await calls.comments.put(pull.number, body("two"), first.id, MARKER)
    assert second.id != first.id
    assert texts(sandbox, pull) == [body("two")]


@pytest.mark.parametrize("status", [404, 410])
async def test_a_comment_deleted_at_the_last_moment_is_made_again(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest, status: int
) -> None:
    first = await calls.comments.put(pull.number, body("one"), None, MARKER)
    sandbox.fault(method="PATCH", path="*/issues/comments/*", status=status)
    second = await calls.comments.put(pull.number, body("two"), first.id, MARKER)
    assert second.id != first.id


async def test_a_conversation_that_is_gone_is_an_error(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    sandbox.fault(method="POST", path="*/comments", status=410)
    with pytest.raises(NotFound):
        await calls.comments.put(pull.number, body("one"), None, MARKER)


async def test_a_lost_answer_makes_no_second_comment(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    """The next attempt does not know the id, and finds the comment."""
    sandbox.fault(method="POST", path="*/comments", drop="after")
    with pytest.raises(Unreachable):
        await calls.comments.put(pull.number, body("one"), None, MARKER)
    await calls.comments.put(pull.number, body("one"), None, MARKER)
    assert texts(sandbox, pull) == [body("one")]
    assert written(sandbox) == ["POST"]


async def test_line_ends_are_no_change(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    first = await calls.comments.put(pull.number, body("one\ntwo"), None, MARKER)
    [stored] = sandbox.comments(pull, own=True)
    stored.body = f"{stored.body}\n".replace("\n", "\r\n")
    await calls.comments.put(pull.number, body("one\ntwo"), first.id, MARKER)
    assert written(sandbox) == ["POST"]


async def test_any_text_arrives_as_it_is(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    text = body('ä 名 😀 "quoted" \\ </details> & \u2028 ` \t end')
    await calls.comments.create(pull.number, text)
    assert texts(sandbox, pull) == [text]
    await calls.comments.create(pull.number, "half a pair: \ud800")
    assert texts(sandbox, pull)[1] == "half a pair: ?"


async def test_a_command_is_acknowledged_once(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    command = sandbox.comment(pull, "/gonogo recheck", user="writer")
    for _ in range(2):
        await calls.comments.react(command.id, Reaction.EYES)
    await calls.comments.react(command.id, Reaction.THUMBS_UP)
    assert [reaction.content for reaction in command.reactions] == ["eyes", "+1"]
