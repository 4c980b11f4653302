"""The way an app goes, from the token to the comment."""

import base64
import io
import tarfile

from sandbox.model import PullRequest, Repository
from sandbox.sandbox import Sandbox
from tests.sandbox.caller import Caller
from tests.sandbox.conftest import Shas


async def test_pull_request_names_the_head_and_the_tip_of_the_base(
    caller: Caller, repository: Repository, pull: PullRequest, shas: Shas
) -> None:
    got = await caller.call(repository, "GET", f"/pulls/{pull.number}")
    assert got.status == 200
    assert got.json["head"]["sha"] == shas.head
    assert got.json["base"]["sha"] == shas.tip
    assert got.json["title"] == "Change the app"
    assert got.json["mergeable"] is True


async def test_compare_gives_the_merge_base_not_the_tip(
    caller: Caller, repository: Repository, pull: PullRequest, shas: Shas
) -> None:
    got = await caller.call(repository, "GET", f"/compare/{shas.tip}...{shas.head}?per_page=1")
    assert got.json["merge_base_commit"]["sha"] == shas.base
    assert (got.json["status"], got.json["ahead_by"], got.json["behind_by"]) == ("diverged", 1, 1)
    assert {one["filename"]: one["status"] for one in got.json["files"]} == {
        "src/app.py": "modified",
        "src/new.py": "added",
    }


async def test_tree_lists_every_blob_with_its_size(
    caller: Caller, repository: Repository, shas: Shas
) -> None:
    got = await caller.call(repository, "GET", f"/git/trees/{shas.head}?recursive=1")
    found = {one["path"]: (one["mode"], one["type"], one.get("size")) for one in got.json["tree"]}
    assert found == {
        "README.md": ("100644", "blob", 7),
        "data.bin": ("100644", "blob", 3),
        "src": ("040000", "tree", None),
        "src/app.py": ("100644", "blob", 14),
        "src/new.py": ("100644", "blob", 8),
    }
    assert got.json["truncated"] is False


async def test_blob_comes_as_base64_and_raw(caller: Caller, repository: Repository, shas: Shas) -> None:
    tree = await caller.call(repository, "GET", f"/git/trees/{shas.head}?recursive=1")
    sha = next(one["sha"] for one in tree.json["tree"] if one["path"] == "data.bin")
    encoded = await caller.call(repository, "GET", f"/git/blobs/{sha}")
    raw = await caller.call(
        repository, "GET", f"/git/blobs/{sha}", headers={"Accept": "application/vnd.github.raw+json"}
    )
    assert base64.b64decode(encoded.json["content"]) == raw.data == b"\0\1\2"


async def test_tarball_is_a_redirect_to_another_host(
    caller: Caller, repository: Repository, shas: Shas
) -> None:
    got = await caller.call(repository, "GET", f"/tarball/{shas.head}")
    assert got.status == 302
    archive = await caller.send("GET", got.headers["Location"])
    with tarfile.open(fileobj=io.BytesIO(archive.data)) as members:
        names = {one.name for one in members if one.isfile()}
    prefix = f"acme-shop-{shas.head[:7]}"
    assert names == {f"{prefix}/{path}" for path in ("README.md", "data.bin", "src/app.py", "src/new.py")}


async def test_graphql_reads_many_blobs_at_once(caller: Caller, repository: Repository, shas: Shas) -> None:
    tree = await caller.call(repository, "GET", f"/git/trees/{shas.head}?recursive=1")
    blobs = {one["path"]: one["sha"] for one in tree.json["tree"] if one["type"] == "blob"}
    fields = "... on Blob { oid text isBinary isTruncated byteSize }"
    parts = " ".join(f'b{at}: object(oid: "{sha}") {{ {fields} }}' for at, sha in enumerate(blobs.values()))
    query = f"query($o: String!, $n: String!) {{ repository(owner: $o, name: $n) {{ {parts} }} rateLimit {{ cost }} }}"
    got = await caller.graphql(repository, query, o="acme", n="shop")
    found = dict(zip(blobs, got.json["data"]["repository"].values(), strict=True))
    assert found["src/new.py"] == {
        "oid": blobs["src/new.py"],
        "text": "NEW = 1\n",
        "isBinary": False,
        "isTruncated": False,
        "byteSize": 8,
    }
    assert found["data.bin"]["text"] is None
    assert got.json["data"]["rateLimit"] == {"cost": 1}


async def test_check_run_and_comment_are_the_app_s(
    sandbox: Sandbox, caller: Caller, repository: Repository, pull: PullRequest, shas: Shas
) -> None:
    output = {"title": "1 new gap", "summary": "Look."}
    body = {
        "name": "gonogo",
        "head_sha": shas.head,
        "status": "completed",
        "conclusion": "failure",
        "output": output,
    }
    made = await caller.call(repository, "POST", "/check-runs", json=body)
    assert (made.status, made.json["conclusion"], made.json["app"]["id"]) == (201, "failure", sandbox.app_id)
    assert sandbox.suite(pull).conclusion == "failure"
    comment = await caller.call(repository, "POST", f"/issues/{pull.number}/comments", json={"body": "Hello"})
    assert comment.json["performed_via_github_app"]["id"] == sandbox.app_id
    assert comment.json["user"]["type"] == "Bot"
    assert [one.body for one in sandbox.comments(pull, own=True)] == ["Hello"]


async def test_permission_of_a_person(caller: Caller, repository: Repository) -> None:
    got = {
        login: (await caller.call(repository, "GET", f"/collaborators/{login}/permission")).json["permission"]
        for login in ("owner", "writer", "reader")
    }
    assert got == {"owner": "admin", "writer": "write", "reader": "read"}
