"""The client when GitHub fails, limits, redirects, or has nothing new."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.github.authentication import AppKey
from bot.github.calls import CallRecord
from bot.github.errors import (
    Forbidden,
    NotFound,
    Oversized,
    RateLimited,
    Rejected,
    ServerError,
    Unreachable,
)
from bot.github.github import GitHub
from bot.github.models import Repository
from bot.github.options import Options
from bot.github.repository import RepositoryCalls
from sandbox import model
from sandbox.sandbox import Sandbox
from sandbox.settings import Limits, Settings

PULLS = "/repos/acme/shop/pulls"
COMMENTS = "/repos/acme/shop/issues/*/comments"


def asked(sandbox: Sandbox, path: str = PULLS, method: str = "GET") -> int:
    return len(sandbox.requests.select(method, path))


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_a_read_is_tried_again(sandbox: Sandbox, calls: RepositoryCalls, status: int) -> None:
    sandbox.fault(path=PULLS, status=status, times=3)
    assert await calls.pulls.list_open() == ()
    assert asked(sandbox) == 4
    assert calls.usage.retries == 3


async def test_and_given_up_after_four_times(sandbox: Sandbox, calls: RepositoryCalls) -> None:
    sandbox.fault(path=PULLS, status=503, times=9)
    with pytest.raises(ServerError) as caught:
        await calls.pulls.list_open()
    assert caught.value.status == 503
    assert asked(sandbox) == 4


@pytest.mark.parametrize("drop", ["before", "after"])
async def test_a_read_cut_off_is_tried_again(sandbox: Sandbox, calls: RepositoryCalls, drop: str) -> None:
    """Aiohttp tries once more by itself when a kept connection turns out to be dead; the others are ours."""
    sandbox.fault(path=PULLS, drop="before" if drop == "before" else "after", times=4)
    assert await calls.pulls.list_open() == ()
    assert asked(sandbox) == 5
    assert calls.usage.retries >= 2


async def test_half_an_answer_is_none(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    sandbox.fault(path=PULLS, truncate=40)
    assert [one.number for one in await calls.pulls.list_open()] == [pull.number]


@pytest.mark.parametrize("body", ["", "<html>", "[1", '[{"number": "x"}]', "null"])
async def test_an_answer_that_is_none_is_github_s_failure(
    sandbox: Sandbox, calls: RepositoryCalls, body: str
) -> None:
    sandbox.fault(path=PULLS, status=200, body=body)
    with pytest.raises(ServerError, match="unreadable answer"):
        await calls.pulls.list_open()


@pytest.mark.parametrize("status", [400, 403, 404, 410, 422, 451, 500, 501])
async def test_what_would_fail_again_is_asked_once(
    sandbox: Sandbox, calls: RepositoryCalls, status: int
) -> None:
    sandbox.fault(path=PULLS, status=status, times=9)
    with pytest.raises((Forbidden, NotFound, Rejected, ServerError)):
        await calls.pulls.list_open()
    assert asked(sandbox) == 1


@pytest.mark.parametrize("drop", ["before", "after"])
async def test_a_write_is_never_repeated(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest, drop: str
) -> None:
    """After a lost answer nobody knows whether the comment stands; the job looks for it when it is tried again."""
    sandbox.fault(method="POST", path=COMMENTS, drop="before" if drop == "before" else "after")
    with pytest.raises(Unreachable):
        await calls.comments.create(pull.number, "hello")
    assert len(sandbox.comments(pull)) == (drop == "after")
    assert asked(sandbox, COMMENTS, "POST") == 1


async def test_a_write_on_a_broken_server_is_not_repeated(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    sandbox.fault(method="POST", path=COMMENTS, status=502)
    with pytest.raises(ServerError):
        await calls.comments.create(pull.number, "hello")
    assert asked(sandbox, COMMENTS, "POST") == 1


async def test_nobody_there_is_unreachable(options: Options, sandbox: Sandbox) -> None:
    key = AppKey(sandbox.app_id, sandbox.private_key)
    nowhere = Options(api_url="http://127.0.0.1:9", retry_wait=0.01)
    async with GitHub.connect(key, nowhere) as github:
        with pytest.raises(Unreachable):
            await github.app.app()


async def test_an_answer_that_does_not_come_is_unreachable(sandbox: Sandbox) -> None:
    key = AppKey(sandbox.app_id, sandbox.private_key)
    hasty = Options(api_url=sandbox.api_url, total_timeout=0.2, retry_wait=0.01)
    fault = sandbox.fault(path="/app", hold=True, times=9)
    async with GitHub.connect(key, hasty) as github:
        with pytest.raises(Unreachable, match="TimeoutError"):
            await github.app.app()
    fault.release()


async def test_the_hour_s_limit_stops_reads_at_once(
    sandbox: Sandbox, calls: RepositoryCalls, stored: model.Repository
) -> None:
    sandbox.exhaust(stored, seconds=1800)
    with pytest.raises(RateLimited) as caught:
        await calls.pulls.list_open()
    wait = caught.value.until - datetime.now(UTC)
    assert timedelta(minutes=29) < wait <= timedelta(minutes=31)
    with pytest.raises(RateLimited):
        await calls.pulls.list_open()
    assert asked(sandbox) == 1  # the second one was not even sent


async def test_graphql_has_its_own_hour(
    sandbox: Sandbox, calls: RepositoryCalls, stored: model.Repository
) -> None:
    sandbox.exhaust(stored, "graphql", seconds=1800)
    with pytest.raises(RateLimited):
        await calls.contents.blob_texts(["0" * 40])
    assert await calls.pulls.list_open() == ()


@pytest.mark.parametrize("kind", ["RATE_LIMITED", None])
async def test_a_limit_told_with_200_is_a_limit(
    sandbox: Sandbox, calls: RepositoryCalls, kind: str | None
) -> None:
    error = {"type": kind, "message": "API rate limit exceeded for installation"}
    reset = str(int(datetime.now(UTC).timestamp()) + 900)
    headers = {"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}
    sandbox.fault(method="POST", path="/graphql", status=200, headers=headers, body={"errors": [error]})
    with pytest.raises(RateLimited) as caught:
        await calls.contents.blob_texts(["0" * 40])
    assert caught.value.until > datetime.now(UTC) + timedelta(minutes=14)
    with pytest.raises(RateLimited):
        await calls.contents.blob_texts(["0" * 40])
    assert asked(sandbox, "/graphql", "POST") == 1


@pytest.mark.parametrize("status", [403, 429])
async def test_a_secondary_limit_stops_everything_of_that_installation(
    sandbox: Sandbox, calls: RepositoryCalls, github: GitHub, status: int
) -> None:
    body = {"message": "You have exceeded a secondary rate limit."}
    sandbox.fault(path=PULLS, status=status, headers={"Retry-After": "45"}, body=body)
    with pytest.raises(RateLimited) as caught:
        await calls.pulls.list_open()
    assert caught.value.until > datetime.now(UTC) + timedelta(seconds=43)
    with pytest.raises(RateLimited):
        await calls.contents.blob_texts(["0" * 40])
    assert asked(sandbox, "/graphql", "POST") == 0
    assert (await github.app.app()).id == github.app_id


@pytest.mark.parametrize("settings", [Settings(limits=Limits(content_per_minute=3, minute=0.8))])
async def test_writing_too_much_is_told_and_later_works_again(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    for number in range(3):
        await calls.comments.create(pull.number, f"comment {number}")
    with pytest.raises(RateLimited) as caught:
        await calls.comments.create(pull.number, "one too many")
    wait = (caught.value.until - datetime.now(UTC)).total_seconds()
    assert 0 < wait <= 1.1
    await asyncio.sleep(wait)
    await calls.comments.create(pull.number, "in time")
    assert len(sandbox.comments(pull)) == 4


async def test_the_last_call_of_the_hour_is_the_last(sandbox: Sandbox, calls: RepositoryCalls) -> None:
    """An answer with nothing left is believed, so the refusal is never provoked."""
    reset = str(int(datetime.now(UTC).timestamp()) + 900)
    headers = {"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}
    sandbox.fault(path=PULLS, status=200, headers=headers, body=[])
    assert await calls.pulls.list_open() == ()
    with pytest.raises(RateLimited):
        await calls.pulls.list_open()
    assert asked(sandbox) == 1


async def test_writes_come_one_by_one_and_spaced(
    sandbox: Sandbox, stored: model.Repository, pull: model.PullRequest
) -> None:
    spaced = Options(api_url=sandbox.api_url, write_spacing=0.15)
    async with GitHub.connect(AppKey(sandbox.app_id, sandbox.private_key), spaced) as github:
        installation = sandbox.installation(stored).id
        loop = asyncio.get_running_loop()
        began = loop.time()
        await asyncio.gather(
            *(
                github.repository(installation, Repository(stored.id, stored.full_name)).comments.create(
                    pull.number, f"{number}"
                )
                for number in range(4)
            )
        )
        assert loop.time() - began >= 0.45


async def test_reads_are_a_few_at_a_time(sandbox: Sandbox, calls: RepositoryCalls) -> None:
    await calls.granted()
    fault = sandbox.fault(path=PULLS, hold=True, times=99)
    tasks = [asyncio.create_task(calls.pulls.list_open()) for _ in range(20)]
    async with asyncio.timeout(5):
        while fault.used < 6:  # noqa: ASYNC110 (nobody tells of a request that is held)
            await asyncio.sleep(0.01)
    assert fault.used == 6
    fault.release()
    await asyncio.gather(*tasks)
    assert asked(sandbox) == 20


async def test_nothing_new_costs_nothing(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    first = await calls.pulls.get(pull.number)
    assert await calls.pulls.get(pull.number) == first
    one, two = sandbox.requests.select("GET", f"{PULLS}/{pull.number}")
    assert (one.status, two.status) == (200, 304)
    assert two.points == 0
    assert calls.usage.not_modified == 1
    sandbox.edit_title(pull, "Another title")
    assert (await calls.pulls.get(pull.number)).title == "Another title"


async def test_nothing_is_remembered_across_installations(
    sandbox: Sandbox, github: GitHub, calls: RepositoryCalls, pull: model.PullRequest, installation: int
) -> None:
    await calls.pulls.get(pull.number)
    github.forget(installation)
    await calls.pulls.get(pull.number)
    assert [one.status for one in sandbox.requests.select("GET", f"{PULLS}/{pull.number}")] == [200, 200]


async def test_a_renamed_repository_is_found_for_reading_and_for_writing(
    sandbox: Sandbox, calls: RepositoryCalls, stored: model.Repository, pull: model.PullRequest
) -> None:
    sandbox.rename(stored, "store")
    assert (await calls.pulls.get(pull.number)).number == pull.number
    comment = await calls.comments.create(pull.number, "still here")
    assert [one.id for one in sandbox.comments(pull)] == [comment.id]
    assert [one.method for one in sandbox.requests.select("*", "/repositories/*")] == ["GET", "POST"]


async def test_going_round_in_circles_ends(sandbox: Sandbox, calls: RepositoryCalls) -> None:
    headers = {"Location": f"{sandbox.api_url}{PULLS}"}
    sandbox.fault(path=PULLS, status=302, headers=headers, times=99)
    with pytest.raises(ServerError, match="redirected more than 5 times"):
        await calls.pulls.list_open()
    assert asked(sandbox) == 6


async def test_credentials_are_not_taken_to_another_host(sandbox: Sandbox, calls: RepositoryCalls) -> None:
    elsewhere = sandbox.api_url.replace("127.0.0.1", "localhost")
    sandbox.fault(path=PULLS, status=302, headers={"Location": f"{elsewhere}/elsewhere"})
    with pytest.raises(NotFound):
        await calls.pulls.list_open()
    [there] = sandbox.requests.select("GET", "/elsewhere")
    assert "Authorization" not in there.headers


async def test_a_write_is_not_taken_to_another_host(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    elsewhere = sandbox.api_url.replace("127.0.0.1", "localhost")
    sandbox.fault(method="POST", path=COMMENTS, status=307, headers={"Location": f"{elsewhere}/elsewhere"})
    with pytest.raises(ServerError, match="another host"):
        await calls.comments.create(pull.number, "hello")
    assert sandbox.requests.select("*", "/elsewhere") == []


async def test_the_next_page_is_not_looked_for_on_another_host(
    sandbox: Sandbox, calls: RepositoryCalls
) -> None:
    link = '<https://api.github.com.example/repos?page=2>; rel="next"'
    sandbox.fault(path=PULLS, status=200, headers={"Link": link}, body=[])
    with pytest.raises(ServerError, match="another host"):
        await calls.pulls.list_open()


async def test_an_endless_answer_is_not_read_to_its_end(sandbox: Sandbox, calls: RepositoryCalls) -> None:
    sandbox.fault(path="/repos/acme/shop/git/blobs/*", status=200, body="x" * 5000)
    with pytest.raises(Oversized):
        await calls.contents.blob("a" * 40, limit=4999)


async def test_every_call_says_who_and_which_version(sandbox: Sandbox, calls: RepositoryCalls) -> None:
    await calls.pulls.list_open()
    for entry in sandbox.requests.select():
        assert entry.headers["User-Agent"] == "gonogo"
        assert entry.headers["X-GitHub-Api-Version"] == "2022-11-28"
        assert entry.headers["Accept"] == "application/vnd.github+json"
        assert entry.headers["Authorization"].startswith("Bearer ")


@pytest.mark.parametrize("settings", [Settings(enterprise=True)])
async def test_an_enterprise_server_is_spoken_to_the_same_way(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    assert sandbox.api_url.endswith("/api/v3")
    tree = await calls.contents.tree(pull.head_sha)
    texts = await calls.contents.blob_texts([entry.blob for entry in tree.entries])
    assert {text.text for text in texts.values()} == {"# Shop\n", "print('head')\n", "NEW = 1\n"}


async def test_calls_are_counted_where_they_belong(
    sandbox: Sandbox,
    github: GitHub,
    calls: RepositoryCalls,
    pull: model.PullRequest,
    records: list[CallRecord],
    installation: int,
) -> None:
    await calls.pulls.get(pull.number)
    await calls.comments.create(pull.number, "x")
    assert (calls.usage.calls, calls.usage.points, calls.usage.writes) == (2, 6, 1)
    assert calls.usage.remaining == 4998
    other = github.repository(installation, calls.repository)
    await other.pulls.list_open()
    assert other.usage.calls == 1
    assert github.usage(installation).calls == 3
    assert github.usage(0).calls == 1
    assert github.usage(12345).calls == 0
    assert [(one.installation, one.method, one.status) for one in records] == [
        (0, "POST", 201),
        (installation, "GET", 200),
        (installation, "POST", 201),
        (installation, "GET", 200),
    ]
    assert all(one.seconds > 0 and one.resource == "core" for one in records)


async def test_a_missing_permission_is_named(
    sandbox: Sandbox, github: GitHub, installation: int, repository: Repository, pull: model.PullRequest
) -> None:
    reader = github.repository(installation, repository, (("contents", "read"),))
    with pytest.raises(Forbidden) as caught:
        await reader.comments.create(pull.number, "x")
    assert "write" in caught.value.needed


@pytest.mark.parametrize("settings", [Settings(graphql_forbidden_status=one) for one in (200, 401)])
async def test_a_missing_permission_of_graphql_is_told_apart(
    github: GitHub, installation: int, repository: Repository
) -> None:
    writer = github.repository(installation, repository, (("pull_requests", "write"),))
    with pytest.raises(Forbidden):
        await writer.contents.blob_texts(["0" * 40])


@pytest.mark.parametrize("status", [404, 410, 451])
async def test_a_repository_that_is_gone_is_not_found(
    sandbox: Sandbox, calls: RepositoryCalls, stored: model.Repository, status: int
) -> None:
    stored.unavailable = status
    with pytest.raises(NotFound) as caught:
        await calls.pulls.list_open()
    assert caught.value.status == status
