"""Artifacts of workflow runs: the list, the redirect, the link that lives for a minute."""

import pytest

from sandbox.model import PullRequest, Repository
from sandbox.sandbox import Sandbox
from sandbox.settings import Settings
from tests.sandbox import artifacts
from tests.sandbox.caller import Caller

LISTED = "/actions/artifacts"


async def test_the_newest_comes_first_with_the_run_that_left_it(
    sandbox: Sandbox, caller: Caller, repository: Repository, pull: PullRequest
) -> None:
    old = artifacts.add(sandbox.hub, pull, "wheels", b"zip")
    new = artifacts.add(sandbox.hub, pull, "coverage", b"zipped", size=9)
    listed = (await caller.call(repository, "GET", f"{LISTED}?per_page=1")).json
    assert (listed["total_count"], [one["id"] for one in listed["artifacts"]]) == (2, [new.id])
    (one,) = listed["artifacts"]
    assert (one["size_in_bytes"], one["workflow_run"]["head_sha"]) == (9, pull.head_sha)
    named = (await caller.call(repository, "GET", f"{LISTED}?name=wheels")).json
    assert [one["id"] for one in named["artifacts"]] == [old.id]


async def test_the_archive_is_behind_a_link(
    sandbox: Sandbox, caller: Caller, repository: Repository, pull: PullRequest
) -> None:
    made = artifacts.add(sandbox.hub, pull, "coverage", b"zipped")
    answer = await caller.call(repository, "GET", f"{LISTED}/{made.id}/zip")
    assert answer.status == 302
    assert (await caller.send("GET", answer.headers["Location"])).data == b"zipped"
    assert (await caller.send("GET", answer.headers["Location"] + "x")).status == 403


@pytest.mark.parametrize("path", ["1/zip", "{made}/tar", "{expired}/zip", "x/zip"])
async def test_what_is_not_there(
    sandbox: Sandbox, caller: Caller, repository: Repository, pull: PullRequest, path: str
) -> None:
    made = artifacts.add(sandbox.hub, pull, "coverage", b"zipped")
    expired = artifacts.add(sandbox.hub, pull, "coverage", b"zipped", expired=True)
    answer = await caller.call(repository, "GET", f"{LISTED}/{path.format(made=made.id, expired=expired.id)}")
    assert answer.status == (410 if "expired" in path else 404)


async def test_without_the_permission_there_is_nothing_to_see(
    sandbox: Sandbox, caller: Caller, repository: Repository
) -> None:
    token = await caller.token(repository, permissions={"contents": "read"})
    answer = await caller.send("GET", f"/repos/{repository.full_name}{LISTED}", token=token)
    assert (answer.status, answer.headers["X-Accepted-GitHub-Permissions"]) == (403, "actions=read")


def test_a_link_lives_for_a_minute() -> None:
    assert Settings().artifact_link_seconds == 60
