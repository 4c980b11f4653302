"""Pull requests as GitHub shows them."""

from bot.github.repository import RepositoryCalls
from sandbox import model
from sandbox.sandbox import Sandbox
from tests.sandbox.trees import Trees


async def test_a_pull_request_is_read_as_it_is_now(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest, trees: Trees
) -> None:
    read = await calls.pulls.get(pull.number)
    assert (read.number, read.is_open, read.merged, read.draft) == (pull.number, True, False, False)
    assert (read.head.sha, read.head.ref) == (pull.head_sha, "change")
    assert (read.base.sha, read.base.ref) == (pull.base_sha, "main")
    assert read.base.repository is not None
    assert (read.base.repository.owner, read.base.repository.name) == ("acme", "shop")
    assert read.user is not None
    assert (read.user.login, read.user.is_bot) == ("writer", False)
    pushed = sandbox.push(pull, trees.commit({"a": "b"}, parents=[pull.head_sha]))
    sandbox.close(pull, merged=True)
    again = await calls.pulls.get(pull.number)
    assert (again.head.sha, again.merged) == (pull.head_sha, True)
    assert pushed == pull.head_sha
    assert not again.is_open


async def test_a_fork_that_is_gone(
    sandbox: Sandbox, calls: RepositoryCalls, stored: model.Repository
) -> None:
    pull = sandbox.open_pull_request(stored, head="change", fork=True, draft=True, author="stranger")
    read = await calls.pulls.get(pull.number)
    assert read.draft
    assert read.head.repository is not None
    assert read.head.repository.full_name == "stranger/shop"
    sandbox.delete_fork(pull)
    assert (await calls.pulls.get(pull.number)).head.repository is None


async def test_all_open_ones_are_listed_page_by_page(
    sandbox: Sandbox, calls: RepositoryCalls, stored: model.Repository
) -> None:
    opened = [sandbox.open_pull_request(stored, head="change") for _ in range(103)]
    sandbox.close(opened[50])
    listed = {one.number for one in await calls.pulls.list_open()}
    assert listed == {one.number for one in opened} - {opened[50].number}
    assert len(sandbox.requests.select("GET", "/repos/acme/shop/pulls")) == 2


async def test_pull_requests_are_found_by_their_head(
    sandbox: Sandbox, calls: RepositoryCalls, stored: model.Repository, pull: model.PullRequest
) -> None:
    """Payloads about forks name none."""
    fork = sandbox.open_pull_request(stored, head="change", fork=True)
    found = [one for one in await calls.pulls.of_commit(pull.head_sha) if one.head.sha == pull.head_sha]
    assert {one.number for one in found} == {pull.number, fork.number}
