"""GitHub's limits: sizes of what is written, points, requests at once, conditional reads."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest

from sandbox.model import PullRequest, Repository
from sandbox.sandbox import Sandbox
from sandbox.settings import Limits, Settings
from tests.sandbox.caller import Answer, Caller
from tests.sandbox.conftest import Shas
from tests.sandbox.contract import accepted_violations
from tests.sandbox.trees import Trees

TIGHT = Limits(
    requests_per_hour=12,
    graphql_points_per_hour=2,
    points_per_minute=40,
    content_per_minute=3,
    content_per_hour=4,
    concurrent=2,
    minute=0.5,
    secondary_status=429,
)
NOTE = {"path": "src/app.py", "start_line": 1, "end_line": 1, "annotation_level": "failure", "message": "no"}


def _output(**more: object) -> dict[str, object]:
    return {"output": {"title": "t", "summary": "s", **more}}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"name": None}, '"name" wasn\'t supplied.'),
        ({"head_sha": "0" * 40}, "No commit found for SHA"),
        ({"status": "completed"}, '"conclusion" wasn\'t supplied.'),
        ({"conclusion": "stale"}, "is not a member of"),
        ({"status": "done"}, "is not a member of"),
        ({"colour": "red"}, "is not a permitted key"),
        ({"details_url": "ftp://x"}, "http or https"),
        ({"completed_at": "yesterday"}, "is not a valid date-time"),
        ({"name": 7}, "is not a string"),
        ({"output": {"summary": "s"}}, '"title" wasn\'t supplied.'),
        (_output(summary="x" * 65_536), "Only 65535 characters are allowed; 65536 were supplied."),
        (_output(text="x" * 65_536), "Only 65535 characters are allowed"),
        (_output(title="x" * 256), "Only 255 characters are allowed"),
        (_output(annotations=[NOTE] * 51), "No more than 50 items are allowed; 51 were supplied."),
        (_output(annotations=[{**NOTE, "end_line": 0}]), "end_line"),
        (_output(annotations=[{**NOTE, "end_line": 2, "start_column": 1}]), "columns"),
        (_output(annotations=[{**NOTE, "annotation_level": "error"}]), "is not a member of"),
        (_output(annotations=[{**NOTE, "message": "x" * 65_537}]), "maximum bytesize of 65536"),
        (_output(annotations=[{**NOTE, "title": "x" * 256}]), "Only 255 characters"),
        (_output(annotations=[{"path": "a"}]), "weren't supplied"),
        ({"actions": [{"label": "x" * 21, "description": "d", "identifier": "i"}]}, "Only 20 characters"),
        ({"actions": [{"label": "x", "description": "d", "identifier": "i"}] * 4}, "No more than 3 items"),
    ],
)
async def test_a_bad_check_run_is_refused_and_not_made(
    sandbox: Sandbox,
    caller: Caller,
    repository: Repository,
    pull: PullRequest,
    body: dict[str, object],
    words: str,
) -> None:
    whole = {"name": "gonogo", "head_sha": pull.head_sha, **body}
    got = await caller.call(repository, "POST", "/check-runs", json=whole)
    assert (got.status, words in got.json["message"]) == (422, True), got.json
    assert sandbox.check_runs(pull) == []


async def test_annotations_of_later_updates_are_appended(
    sandbox: Sandbox, caller: Caller, repository: Repository, pull: PullRequest
) -> None:
    body = {
        "name": "gonogo",
        "head_sha": pull.head_sha,
        "status": "in_progress",
        **_output(annotations=[NOTE] * 50),
    }
    run = (await caller.call(repository, "POST", "/check-runs", json=body)).json["id"]
    more = {"conclusion": "failure", "output": {"summary": "s", "annotations": [NOTE] * 7}}
    updated = await caller.call(repository, "PATCH", f"/check-runs/{run}", json=more)
    assert (updated.json["output"]["annotations_count"], updated.json["status"]) == (57, "completed")
    assert updated.json["output"]["title"] == "t"
    without = await caller.call(repository, "PATCH", f"/check-runs/{run}", json={"output": {"title": "t"}})
    assert (without.status, without.json["message"]) == (
        422,
        'Invalid request.\n\n"summary" wasn\'t supplied.',
    )
    first = await caller.call(repository, "GET", f"/check-runs/{run}/annotations?per_page=50")
    assert len(first.json) == 50
    assert 'rel="next"' in first.headers["Link"]
    assert len(sandbox.check_runs(pull)[0].annotations) == 57


async def test_comments_have_a_length_and_a_text(
    caller: Caller, repository: Repository, pull: PullRequest
) -> None:
    path = f"/issues/{pull.number}/comments"
    longest = await caller.call(repository, "POST", path, json={"body": "x" * 65_536})
    assert longest.status == 201
    for body in ("x" * 65_537, "  "):
        refused = await caller.call(repository, "POST", path, json={"body": body})
        assert (refused.status, refused.json["message"]) == (422, "Validation Failed")
        assert refused.json["errors"][0]["resource"] == "IssueComment"
    changed = await caller.call(
        repository, "PATCH", f"/issues/comments/{longest.json['id']}", json={"body": "y" * 65_537}
    )
    assert changed.status == 422


@pytest.mark.parametrize(
    ("data", "words"), [(b"{", "Problems parsing JSON"), (b"[]", "Body should be a JSON object")]
)
async def test_a_body_that_is_no_object_is_a_bad_request(
    caller: Caller, repository: Repository, data: bytes, words: str
) -> None:
    got = await caller.call(repository, "POST", "/check-runs", data=data)
    assert (got.status, got.json["message"]) == (400, words)


async def test_what_is_unchanged_costs_nothing(
    sandbox: Sandbox, caller: Caller, repository: Repository, pull: PullRequest
) -> None:
    path = f"/pulls/{pull.number}"
    first = await caller.call(repository, "GET", path)
    again = await caller.call(repository, "GET", path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.data) == (304, b"")
    assert again.headers["X-RateLimit-Remaining"] == first.headers["X-RateLimit-Remaining"]
    assert [entry.points for entry in sandbox.requests.select("GET", f"*{path}")] == [1, 0]
    sandbox.edit_title(pull, "Another title")
    changed = await caller.call(repository, "GET", path, headers={"If-None-Match": first.headers["ETag"]})
    assert (changed.status, changed.json["title"]) == (200, "Another title")


@pytest.fixture
async def tight() -> AsyncIterator[Sandbox]:
    async with Sandbox.running(Settings(limits=TIGHT)) as running:
        yield running
        assert accepted_violations(running) == []


@pytest.fixture
def narrow(tight: Sandbox, trees: Trees, shas: Shas) -> Repository:
    return tight.add_repository("acme/shop", trees.path)


@pytest.fixture
async def limited(tight: Sandbox) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession() as session:
        yield Caller(tight, session)


async def test_the_hour_s_requests_run_out(tight: Sandbox, limited: Caller, narrow: Repository) -> None:
    got = [await limited.call(narrow, "GET", "/pulls") for _ in range(13)]
    assert [one.status for one in got] == [200] * 12 + [403]
    assert [one.headers["X-RateLimit-Remaining"] for one in got[-2:]] == ["0", "0"]
    assert got[-1].json["message"].startswith("API rate limit exceeded for installation")
    assert int(got[-1].headers["X-RateLimit-Reset"]) > tight.state.settings.clock()
    shown = await limited.send("GET", "/rate_limit", token=await limited.token(narrow))
    assert shown.json["resources"]["core"] == {**shown.json["rate"], "remaining": 0, "used": 12}


async def test_graphql_says_so_with_200(limited: Caller, narrow: Repository) -> None:
    query = "{ rateLimit { remaining } }"
    got = [await limited.graphql(narrow, query) for _ in range(3)]
    assert [one.status for one in got] == [200, 200, 200]
    assert got[0].json == {"data": {"rateLimit": {"remaining": 1}}}
    assert got[-1].json["errors"][0]["type"] == "RATE_LIMITED"
    assert got[-1].headers["X-RateLimit-Remaining"] == "0"


async def test_content_is_limited_by_the_minute(
    tight: Sandbox, limited: Caller, narrow: Repository, shas: Shas
) -> None:
    pull = tight.open_pull_request(narrow, head="change")

    async def write() -> Answer:
        return await limited.call(narrow, "POST", f"/issues/{pull.number}/comments", json={"body": "x"})

    got = [await write() for _ in range(4)]
    assert [one.status for one in got] == [201, 201, 201, 429]
    assert "secondary rate limit" in got[-1].json["message"]
    assert got[-1].headers["Retry-After"] == "1"
    await asyncio.sleep(0.6)  # the window of this sandbox, not a wait for something to happen
    assert (await write()).status == 201
    assert (await write()).status == 429


async def test_only_so_many_at_once(tight: Sandbox, limited: Caller, narrow: Repository) -> None:
    await limited.call(narrow, "GET", "/pulls")
    account = tight.hub.limiter.account(f"installation {tight.installation(narrow).id}")
    with account.at_once(), account.at_once():
        refused = await limited.call(narrow, "GET", "/pulls")
    assert (refused.status, refused.headers["Retry-After"]) == (429, "60")
    assert (await limited.call(narrow, "GET", "/pulls")).status == 200


async def test_points_of_a_minute_can_be_answered_with_403(trees: Trees, shas: Shas) -> None:
    limits = replace(TIGHT, points_per_minute=6, secondary_status=403, minute=60.0)
    async with Sandbox.running(Settings(limits=limits)) as sandbox, aiohttp.ClientSession() as session:
        caller = Caller(sandbox, session)
        repository = sandbox.add_repository("acme/shop", trees.path)
        statuses = [(await caller.call(repository, "GET", "/git/trees/main")).status for _ in range(7)]
        assert statuses == [200] * 6 + [403]
        assert sandbox.requests.entries[-1].points == 0


async def test_a_used_up_hour_can_be_ordered(
    sandbox: Sandbox, caller: Caller, repository: Repository
) -> None:
    await caller.call(repository, "GET", "/pulls")
    sandbox.exhaust(repository, seconds=0.2)
    assert (await caller.call(repository, "GET", "/pulls")).status == 403
    await asyncio.sleep(0.3)  # the hour of this bucket
    assert (await caller.call(repository, "GET", "/pulls")).status == 200
