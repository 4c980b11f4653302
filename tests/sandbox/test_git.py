"""Real git behind the API: borrowed repositories, truncated trees, contents, archives that are not quite the tree."""

import hashlib
import io
import tarfile
from dataclasses import replace
from pathlib import Path

import aiohttp
import pygit2
import pytest

from sandbox.model import PullRequest, Repository
from sandbox.sandbox import Sandbox
from sandbox.settings import Limits, Settings
from tests.sandbox.caller import Caller
from tests.sandbox.conftest import Shas
from tests.sandbox.trees import Trees

ATTRIBUTES = """\
hidden/ export-ignore
*.secret export-ignore
version.txt export-subst
*.bat eol=crlf
"""
TRICKY = {
    ".gitattributes": ATTRIBUTES,
    "hidden/deep/file.py": "print('not in the archive')\n",
    "a.secret": "nor this\n",
    "version.txt": "$Format:%H %h %an %ct %% %x$ plain\n",
    "run.bat": "echo 1\necho 2\n",
    "tool.sh": "#!/bin/sh\n",
    "kept/name with space.txt": "x\n",
}


def snapshot(directory: Path) -> dict[str, tuple[int, str]]:
    """Every file with its time and content."""
    found = {}
    for path in sorted(directory.rglob("*")):
        if path.is_file():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            found[str(path.relative_to(directory))] = (path.stat().st_mtime_ns, digest)
    return found


async def archive(caller: Caller, repository: Repository, ref: str) -> dict[str, bytes]:
    link = await caller.call(repository, "GET", f"/tarball/{ref}")
    got = await caller.send("GET", link.headers["Location"])
    assert got.status == 200
    with tarfile.open(fileobj=io.BytesIO(got.data)) as members:
        return {
            one.name.split("/", 1)[1]: (members.extractfile(one) or io.BytesIO()).read()
            for one in members
            if one.isfile()
        }


async def test_a_borrowed_repository_is_never_written_to(
    sandbox: Sandbox, caller: Caller, trees: Trees, shas: Shas
) -> None:
    before = snapshot(trees.path)
    pull = sandbox.from_repository(trees.path, "main", "change")
    assert (await caller.call(pull.repository, "GET", f"/pulls/{pull.number}")).json["mergeable"] is True
    sandbox.push(pull, shas.next)
    sandbox.merge_group(pull)
    assert pull.repository.git.resolve("change") == shas.next
    assert snapshot(trees.path) == before


async def test_any_commit_of_any_local_repository(sandbox: Sandbox, tmp_path: Path) -> None:
    plain = pygit2.init_repository(str(tmp_path / "plain"), initial_head="trunk")
    person = pygit2.Signature("Ada", "ada@example.com", 1_750_000_000, 0)
    tree = plain.TreeBuilder().write()
    first = plain.create_commit("HEAD", person, person, "one", tree, [])
    second = plain.create_commit("HEAD", person, person, "two", tree, [first])
    linked = plain.add_worktree("linked", str(tmp_path / "linked"))
    for path in (tmp_path / "plain", tmp_path / "plain" / ".git", Path(linked.path)):
        pull = sandbox.from_repository(
            path, str(first), "HEAD", full_name=f"local/{len(sandbox.state.pull_requests)}"
        )
        assert (pull.base_sha, pull.head_sha) == (str(first), str(second))
        assert (pull.base_ref, pull.head_ref) == (
            f"base-{str(first)[:7]}",
            "linked" if "linked" in str(path) else "trunk",
        )
    with pytest.raises(LookupError, match="no such branch or commit: nowhere"):
        sandbox.from_repository(tmp_path / "plain", "nowhere", "HEAD")
    with pytest.raises(LookupError, match="no such branch or commit: nowhere"):
        sandbox.from_repository(tmp_path / "plain", "trunk", "nowhere")
    plain.free()


async def test_a_conflict_is_not_mergeable(sandbox: Sandbox, caller: Caller, trees: Trees) -> None:
    base = trees.commit({"a": "1\n"})
    trees.commit({"a": "2\n"}, branch="main", parents=[base])
    trees.commit({"a": "3\n"}, branch="change", parents=[base])
    pull = sandbox.from_repository(trees.path, "main", "change")
    got = await caller.call(pull.repository, "GET", f"/pulls/{pull.number}")
    assert (got.json["mergeable"], got.json["mergeable_state"], got.json["merge_commit_sha"]) == (
        False,
        "dirty",
        None,
    )
    with pytest.raises(ValueError, match="conflicts with main"):
        sandbox.merge_group(pull)


async def test_unrelated_histories_have_no_merge_base(sandbox: Sandbox, caller: Caller, trees: Trees) -> None:
    main = trees.commit({"a": "1\n"}, branch="main")
    other = trees.commit({"b": "2\n"}, branch="other")
    repository = sandbox.add_repository("acme/shop", trees.path)
    got = await caller.call(repository, "GET", f"/compare/{main}...{other}")
    assert (got.status, got.json["message"]) == (404, f"No common ancestor between {main} and {other}.")
    assert (await caller.call(repository, "GET", f"/compare/{main}...{'0' * 40}")).status == 404


async def test_a_tree_is_cut_where_it_is_told(trees: Trees, shas: Shas) -> None:
    settings = Settings(limits=replace(Limits(), tree_entries=2))
    async with Sandbox.running(settings) as sandbox, aiohttp.ClientSession() as session:
        caller = Caller(sandbox, session)
        repository = sandbox.add_repository("acme/shop", trees.path)
        whole = await caller.call(repository, "GET", f"/git/trees/{shas.head}?recursive=1")
        assert (whole.json["truncated"], len(whole.json["tree"])) == (True, 2)
        flat = await caller.call(repository, "GET", f"/git/trees/{shas.head}")
        assert (flat.json["truncated"], [one["path"] for one in flat.json["tree"]]) == (
            False,
            ["README.md", "data.bin", "src"],
        )
        inner = await caller.call(repository, "GET", f"/git/trees/{flat.json['tree'][2]['sha']}")
        assert [one["path"] for one in inner.json["tree"]] == ["app.py", "new.py"]


async def test_links_and_submodules_are_shown_as_git_has_them(
    sandbox: Sandbox, caller: Caller, trees: Trees
) -> None:
    links = {"link": "file.txt", "outside": "../../etc/passwd"}
    submodules = {"vendor/lib": "1" * 40}
    sha = trees.commit({"file.txt": "x", "run.sh": "x"}, branch="main", links=links, submodules=submodules)
    repository = sandbox.add_repository("acme/shop", trees.path)
    tree = (await caller.call(repository, "GET", f"/git/trees/{sha}?recursive=1")).json["tree"]
    assert {one["path"]: (one["mode"], one["type"], "size" in one) for one in tree} == {
        "file.txt": ("100644", "blob", True),
        "link": ("120000", "blob", True),
        "outside": ("120000", "blob", True),
        "run.sh": ("100755", "blob", True),
        "vendor": ("040000", "tree", False),
        "vendor/lib": ("160000", "commit", False),
    }
    assert (await caller.call(repository, "GET", "/contents/link")).json["type"] == "file"
    assert (await caller.call(repository, "GET", "/contents/outside")).json["type"] == "symlink"
    assert set(await archive(caller, repository, "main")) == {"file.txt", "run.sh"}


async def test_contents_of_a_file_and_of_a_directory(
    caller: Caller, repository: Repository, shas: Shas
) -> None:
    file = await caller.call(repository, "GET", f"/contents/src/app.py?ref={shas.head}")
    assert (file.json["type"], file.json["encoding"], file.json["content"]) == (
        "file",
        "base64",
        "cHJpbnQoJ2hlYWQnKQo=\n",
    )
    raw = {"Accept": "application/vnd.github.raw+json"}
    assert (
        await caller.call(repository, "GET", "/contents/src/app.py", headers=raw)
    ).data == b"print('base')\n"
    directory = await caller.call(repository, "GET", "/contents/src?ref=change")
    assert [one["name"] for one in directory.json] == ["app.py", "new.py"]
    for path in ("/contents/.github/gonogo.yml", "/contents/README.md?ref=nothing"):
        assert (await caller.call(repository, "GET", path)).status == 404


async def test_a_large_file_has_no_content_in_json(sandbox: Sandbox, caller: Caller, trees: Trees) -> None:
    trees.commit({"large": "x" * 1_000_001}, branch="main")
    repository = sandbox.add_repository("acme/shop", trees.path)
    got = await caller.call(repository, "GET", "/contents/large")
    assert (got.json["encoding"], got.json["content"], got.json["size"]) == ("none", "", 1_000_001)


async def test_a_blob_over_the_limit_and_a_bad_sha(trees: Trees, shas: Shas) -> None:
    settings = Settings(limits=replace(Limits(), blob_bytes=10))
    async with Sandbox.running(settings) as sandbox, aiohttp.ClientSession() as session:
        caller = Caller(sandbox, session)
        repository = sandbox.add_repository("acme/shop", trees.path)
        tree = await caller.call(repository, "GET", f"/git/trees/{shas.head}?recursive=1")
        large = next(one["sha"] for one in tree.json["tree"] if one["path"] == "src/app.py")
        refused = await caller.call(repository, "GET", f"/git/blobs/{large}")
        assert (refused.status, refused.json["errors"][0]["code"]) == (403, "too_large")
        assert (await caller.call(repository, "GET", "/git/blobs/xyz")).status == 422
        assert (await caller.call(repository, "GET", f"/git/blobs/{'0' * 40}")).status == 404
        assert (await caller.call(repository, "GET", f"/git/blobs/{shas.head}")).status == 404


async def test_an_archive_differs_from_its_tree_as_git_archive_s_does(
    sandbox: Sandbox, caller: Caller, trees: Trees
) -> None:
    sha = trees.commit(TRICKY, branch="main")
    repository = sandbox.add_repository("acme/shop", trees.path)
    found = await archive(caller, repository, "main")
    assert set(found) == {".gitattributes", "version.txt", "run.bat", "tool.sh", "kept/name with space.txt"}
    assert found["version.txt"] == f"{sha} {sha[:7]} Ada 1750000000 % %x plain\n".encode()
    assert found["run.bat"] == b"echo 1\r\necho 2\r\n"
    tree = (await caller.call(repository, "GET", f"/git/trees/{sha}?recursive=1")).json["tree"]
    assert len([one for one in tree if one["type"] == "blob"]) == len(TRICKY)


async def test_an_archive_s_link_is_for_one_commit_and_for_minutes(
    sandbox: Sandbox, caller: Caller, repository: Repository, shas: Shas
) -> None:
    link = (await caller.call(repository, "GET", f"/tarball/{shas.head}")).headers["Location"]
    assert link.startswith("http://localhost:")
    assert (await caller.send("GET", link.replace(shas.head, shas.base))).status == 404
    assert (await caller.send("GET", link.split("?")[0])).status == 404
    assert (await caller.send("GET", link)).status == 200
    assert (await caller.call(repository, "GET", "/tarball/nothing")).status == 404
    assert sandbox.requests.select("GET", "/_codeload/*")[-1].points == 0


async def test_commits_and_pull_requests_of_a_commit(
    caller: Caller, repository: Repository, pull: PullRequest, shas: Shas
) -> None:
    commit = await caller.call(repository, "GET", f"/git/commits/{shas.head}")
    assert (commit.json["parents"][0]["sha"], commit.json["message"]) == (
        shas.base,
        "Change the app\n\nIn detail.\n",
    )
    assert (await caller.call(repository, "GET", f"/git/commits/{'0' * 40}")).status == 404
    found = {
        sha: [one["number"] for one in (await caller.call(repository, "GET", f"/commits/{sha}/pulls")).json]
        for sha in (shas.head, shas.base)
    }
    assert found == {shas.head: [pull.number], shas.base: []}
    assert (await caller.call(repository, "GET", f"/commits/{'0' * 40}/pulls")).status == 404
