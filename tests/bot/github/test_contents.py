"""What is in a repository."""

import pytest

from bot.github.errors import NotFound, Rejected
from bot.github.repository import RepositoryCalls
from bot.snapshots.blob_id import blob_id
from sandbox import model
from sandbox.sandbox import Sandbox
from sandbox.settings import Limits, Settings
from tests.sandbox.trees import Trees

SUBMODULE = "1" * 40


async def test_the_merge_base_is_where_they_parted(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest, trees: Trees
) -> None:
    later = trees.commit({"README.md": "later"}, parents=[pull.base_sha])
    assert await calls.contents.merge_base(later, pull.head_sha) == pull.base_sha
    [request] = sandbox.requests.select("GET", "/repos/acme/shop/compare/*")
    assert request.query == {"per_page": "1"}


async def test_commits_without_common_history_have_none(
    calls: RepositoryCalls, pull: model.PullRequest, trees: Trees
) -> None:
    orphan = trees.commit({"other": "history"})
    assert await calls.contents.merge_base(orphan, pull.head_sha) is None
    with pytest.raises(NotFound):
        await calls.contents.merge_base("0" * 40, pull.head_sha)


async def test_a_tree_has_every_kind_of_entry(calls: RepositoryCalls, trees: Trees) -> None:
    commit = trees.commit(
        {"deep/er/file.txt": "text", "run.sh": "#!/bin/sh", "ä \n名.py": b"\xff\0"},
        links={"link": "../../etc/passwd"},
        submodules={"vendor/lib": SUBMODULE},
    )
    tree = await calls.contents.tree(commit)
    assert {(entry.path, entry.mode, entry.blob, entry.size) for entry in tree.entries} == {
        ("deep/er/file.txt", 0o100644, blob_id(b"text"), 4),
        ("run.sh", 0o100755, blob_id(b"#!/bin/sh"), 9),
        ("ä \n名.py", 0o100644, blob_id(b"\xff\0"), 2),
        ("link", 0o120000, blob_id(b"../../etc/passwd"), 16),
        ("vendor/lib", 0o160000, SUBMODULE, None),
    }
    assert (tree.commit, tree.truncated) == (commit, False)


@pytest.mark.parametrize("settings", [Settings(limits=Limits(tree_entries=12))])
async def test_a_tree_that_is_cut_off_is_walked(
    sandbox: Sandbox, calls: RepositoryCalls, trees: Trees
) -> None:
    files = {f"src/part{part}/f{number}.py": f"{part} {number}" for part in range(4) for number in range(5)}
    commit = trees.commit({**files, "top.txt": "top"})
    tree = await calls.contents.tree(commit)
    assert {entry.path for entry in tree.entries} == {*files, "top.txt"}
    assert not tree.truncated
    assert len(sandbox.requests.select("GET", "/repos/acme/shop/git/trees/*")) < 10


@pytest.mark.parametrize("settings", [Settings(limits=Limits(tree_entries=12))])
async def test_a_directory_too_large_for_github_says_so(
    sandbox: Sandbox, calls: RepositoryCalls, trees: Trees
) -> None:
    """Even the listing of that one directory, the fourth call, is cut off."""
    commit = trees.commit({f"flat/f{number}": "x" for number in range(20)} | {"top": "y"})
    item = {"path": "f1", "mode": "100644", "type": "blob", "sha": blob_id(b"x"), "size": 1}
    cut_off = {"sha": "a" * 40, "tree": [item], "truncated": True}
    sandbox.fault(path="*/git/trees/*", skip=3, status=200, body=cut_off)
    tree = await calls.contents.tree(commit)
    assert tree.truncated
    assert {entry.path for entry in tree.entries} == {"flat/f1", "top"}


async def test_an_empty_repository_has_no_tree(sandbox: Sandbox, calls: RepositoryCalls) -> None:
    sandbox.fault(path="*/git/trees/*", status=409, body={"message": "Git Repository is empty."})
    with pytest.raises(Rejected, match="empty"):
        await calls.contents.tree("main")


async def test_a_file_at_a_ref(calls: RepositoryCalls, trees: Trees, sandbox: Sandbox) -> None:
    content = b"\xef\xbb\xbfpolicy: \xff\r\n"
    commit = trees.commit(
        {".github/gonogo.yml": content, "large": b"x" * 1_000_001, "empty": b"", "a b/c#d?.md": b"odd"},
        submodules={"module": SUBMODULE},
    )
    found = await calls.contents.file(".github/gonogo.yml", commit)
    assert found is not None
    assert (found.data, found.blob, found.size) == (content, blob_id(content), len(content))
    large = await calls.contents.file("large", commit)
    assert large is not None
    assert (large.data, large.size) == (None, 1_000_001)
    empty = await calls.contents.file("empty", commit)
    assert empty is not None
    assert empty.data == b""
    odd = await calls.contents.file("a b/c#d?.md", commit)
    assert odd is not None
    assert odd.data == b"odd"
    assert await calls.contents.file(".github", commit) is None
    assert await calls.contents.file("module", commit) is None
    assert await calls.contents.file("nothing", commit) is None
    assert await calls.contents.file(".github/gonogo.yml", "no/such#branch") is None


async def test_a_file_unchanged_costs_nothing(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    del pull
    assert await calls.contents.file("README.md", "main") == await calls.contents.file("README.md", "main")
    assert [one.status for one in sandbox.requests.select("GET", "*/contents/*")] == [200, 304]


async def test_content_that_is_not_what_it_says(sandbox: Sandbox, calls: RepositoryCalls) -> None:
    body = {"type": "file", "sha": "a" * 40, "size": 3, "encoding": "base64", "content": "a"}
    sandbox.fault(path="*/contents/*", status=200, body=body)
    with pytest.raises(Exception, match="base64"):
        await calls.contents.file("README.md", "main")
