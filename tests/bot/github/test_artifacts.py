"""What workflow runs left."""

import pytest

from bot.github.errors import NotFound, Oversized
from bot.github.repository import RepositoryCalls
from sandbox import model
from sandbox.sandbox import Sandbox
from tests.sandbox import artifacts


async def test_only_those_of_the_head_are_listed(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    artifacts.add(sandbox.hub, pull, "coverage", b"other", head_sha=pull.base_sha)
    made = artifacts.add(sandbox.hub, pull, "coverage", b"zip", size=7)
    (found,) = await calls.artifacts.of_head(pull.head_sha)
    assert (found.id, found.name, found.size_in_bytes, found.expired) == (made.id, "coverage", 7, False)
    assert len(sandbox.requests.select("GET", "/repos/acme/shop/actions/artifacts")) == 1


async def test_one_without_a_run_or_of_another_repository_is_left_out(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    one = {"id": 1, "name": "coverage", "size_in_bytes": 1, "expired": False}
    runs = [None, {"id": 1}, {"repository_id": 2, "head_sha": pull.head_sha}]
    body = {"total_count": 3, "artifacts": [{**one, "workflow_run": run} for run in runs]}
    sandbox.fault(path="*/actions/artifacts", status=200, body=body)
    assert await calls.artifacts.of_head(pull.head_sha) == ()


async def test_an_archive_is_fetched_without_our_credentials_and_up_to_a_limit(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    artifacts.add(sandbox.hub, pull, "coverage", b"0123456789")
    (found,) = await calls.artifacts.of_head(pull.head_sha)
    assert await calls.artifacts.archive(found, 10) == b"0123456789"
    (download,) = sandbox.requests.select("GET", "/_codeload/*")
    assert "Authorization" not in download.headers
    with pytest.raises(Oversized):
        await calls.artifacts.archive(found, 9)


async def test_an_expired_one_is_gone(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    artifacts.add(sandbox.hub, pull, "coverage", b"zip", expired=True)
    (found,) = await calls.artifacts.of_head(pull.head_sha)
    with pytest.raises(NotFound):
        await calls.artifacts.archive(found, 1_000)
