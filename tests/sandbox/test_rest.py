"""Lists with their pages and filters; suites; reactions; what private repositories don't have."""

from sandbox.model import PullRequest, Repository
from sandbox.sandbox import Sandbox
from sandbox.settings import Settings
from tests.sandbox.caller import Caller
from tests.sandbox.conftest import Shas
from tests.sandbox.trees import Trees


async def make_run(caller: Caller, pull: PullRequest, name: str, **more: object) -> int:
    body = {"name": name, "head_sha": pull.head_sha, **more}
    made = await caller.call(pull.repository, "POST", "/check-runs", json=body)
    assert made.status == 201, made.json
    return int(made.json["id"])


async def names(caller: Caller, repository: Repository, path: str) -> list[str]:
    got = await caller.call(repository, "GET", path)
    assert got.json["total_count"] >= len(got.json["check_runs"])
    return [one["name"] for one in got.json["check_runs"]]


async def test_check_runs_of_a_commit_are_filtered(
    sandbox: Sandbox, caller: Caller, repository: Repository, pull: PullRequest
) -> None:
    await make_run(caller, pull, "gonogo", status="in_progress", external_id="job-1")
    await make_run(caller, pull, "gonogo", conclusion="success", completed_at="2026-01-01T01:00:00+02:00")
    await make_run(caller, pull, "other", conclusion="neutral")
    sandbox.add_foreign_run(pull, "gonogo", app="somebody-else")
    path = f"/commits/{pull.head_sha}/check-runs"
    assert await names(caller, repository, path) == ["gonogo", "other", "gonogo"]
    own = f"{path}?app_id={sandbox.app_id}"
    assert await names(caller, repository, own) == ["other", "gonogo"]
    assert await names(caller, repository, f"{own}&filter=all&check_name=gonogo") == ["gonogo", "gonogo"]
    assert await names(caller, repository, f"{own}&filter=all&status=in_progress") == ["gonogo"]
    assert await names(caller, repository, f"{own}&per_page=1&page=2") == ["gonogo"]
    assert (await caller.call(repository, "GET", "/commits/none/check-runs")).status == 422


async def test_only_the_app_that_made_a_run_changes_it(
    sandbox: Sandbox, caller: Caller, repository: Repository, pull: PullRequest
) -> None:
    foreign = sandbox.add_foreign_run(pull, "ci", app="somebody-else")
    got = await caller.call(repository, "PATCH", f"/check-runs/{foreign.id}", json={"conclusion": "success"})
    assert (got.status, "can only be modified by the GitHub App" in got.json["message"]) == (403, True)
    assert (await caller.call(repository, "GET", f"/check-runs/{foreign.id}")).json["app"][
        "slug"
    ] == "somebody-else"
    assert (await caller.call(repository, "GET", "/check-runs/1")).status == 404
    assert (await caller.call(repository, "GET", "/check-runs/x")).status == 404


async def test_a_suite_follows_its_runs(
    sandbox: Sandbox, caller: Caller, repository: Repository, pull: PullRequest
) -> None:
    first = await make_run(caller, pull, "a", status="in_progress")
    await make_run(caller, pull, "b", conclusion="success")
    listed = await caller.call(
        repository, "GET", f"/commits/{pull.head_sha}/check-suites?app_id={sandbox.app_id}"
    )
    (suite,) = listed.json["check_suites"]
    assert (suite["status"], suite["conclusion"], suite["head_branch"]) == ("in_progress", None, "change")
    await caller.call(
        repository, "PATCH", f"/check-runs/{first}", json={"conclusion": "failure", "name": "a"}
    )
    path = f"/check-suites/{suite['id']}"
    settled = await caller.call(repository, "GET", path)
    assert (settled.json["status"], settled.json["conclusion"]) == ("completed", "failure")
    assert await names(caller, repository, f"{path}/check-runs") == ["b", "a"]
    assert (await caller.call(repository, "POST", f"{path}/rerequest")).status == 201
    assert (await caller.call(repository, "GET", path)).json["status"] == "queued"
    assert (await caller.call(repository, "GET", "/check-suites/1")).status == 404
    assert (await caller.call(repository, "GET", "/commits/none/check-suites")).status == 404
    await caller.call(repository, "PATCH", f"/check-runs/{first}", json={"status": "in_progress"})
    assert sandbox.check_runs(pull, "a")[0].conclusion is None


async def test_comments_are_listed_in_pages(
    sandbox: Sandbox, caller: Caller, repository: Repository, pull: PullRequest
) -> None:
    for number in range(5):
        sandbox.comment(pull, f"number {number}", user="stranger")
    path: str | None = f"/issues/{pull.number}/comments?per_page=2"
    seen, links = [], []
    while path is not None:
        got = await caller.call(repository, "GET", path)
        seen += [one["body"] for one in got.json]
        links.append(sorted(part.split('"')[1] for part in got.headers["Link"].split(",")))
        following = [part for part in got.headers["Link"].split(",") if 'rel="next"' in part]
        path = following[0].split(f"/repos/{repository.full_name}")[1].split(">")[0] if following else None
    assert seen == [f"number {number}" for number in range(5)]
    assert links == [["last", "next"], ["first", "last", "next", "prev"], ["first", "prev"]]


async def test_a_comment_is_read_changed_and_removed(
    sandbox: Sandbox, caller: Caller, repository: Repository, pull: PullRequest
) -> None:
    made = await caller.call(repository, "POST", f"/issues/{pull.number}/comments", json={"body": "one"})
    path = f"/issues/comments/{made.json['id']}"
    changed = await caller.call(repository, "PATCH", path, json={"body": "two"})
    assert (changed.status, changed.json["body"]) == (200, "two")
    assert (await caller.call(repository, "GET", path)).json["body"] == "two"
    assert (await caller.call(repository, "DELETE", path)).status == 204
    assert (await caller.call(repository, "PATCH", path, json={"body": "three"})).status == 404
    assert (await caller.call(repository, "POST", "/issues/99/comments", json={"body": "x"})).status == 404
    assert (await caller.call(repository, "POST", f"/issues/{pull.number}/comments", json={})).status == 422


async def test_a_reaction_counts_once(
    sandbox: Sandbox, caller: Caller, repository: Repository, pull: PullRequest
) -> None:
    path = f"/issues/comments/{sandbox.comment(pull, '/gonogo recheck').id}/reactions"
    got = [await caller.call(repository, "POST", path, json={"content": "eyes"}) for _ in range(2)]
    assert [one.status for one in got] == [201, 200]
    assert (await caller.call(repository, "POST", path, json={"content": "sleepy"})).status == 422
    assert [one["content"] for one in (await caller.call(repository, "GET", path)).json] == ["eyes"]


async def test_roles_are_told_coarsely_and_by_name(
    sandbox: Sandbox, caller: Caller, repository: Repository
) -> None:
    sandbox.set_role(repository, "keeper", "maintain")
    sandbox.set_role(repository, "sorter", "triage")
    sandbox.state.user("stranger")
    found = {}
    for login in ("keeper", "sorter", "stranger", "acme"):
        got = await caller.call(repository, "GET", f"/collaborators/{login}/permission")
        found[login] = (got.json["permission"], got.json["role_name"])
    assert found == {
        "keeper": ("write", "maintain"),
        "sorter": ("read", "triage"),
        "stranger": ("none", "none"),
        "acme": ("admin", "admin"),
    }
    assert (await caller.call(repository, "GET", "/collaborators/nobody-at-all/permission")).status == 404
    repository.private = False
    public = await caller.call(repository, "GET", "/collaborators/stranger/permission")
    assert public.json["permission"] == "read"


async def test_private_repositories_have_no_dependency_review(caller: Caller, repository: Repository) -> None:
    path = "/dependency-graph/compare/main...change"
    assert (await caller.call(repository, "GET", path)).status == 403
    repository.private = False
    assert (await caller.call(repository, "GET", path)).json == []


async def test_pull_requests_are_listed_by_state_base_and_head(
    sandbox: Sandbox, caller: Caller, repository: Repository, pull: PullRequest, shas: Shas
) -> None:
    repository.git.set_reference("refs/heads/stable", shas.base)
    other = sandbox.open_pull_request(repository, head=shas.next, base="stable", draft=True)
    sandbox.close(sandbox.open_pull_request(repository, head=shas.base))

    async def listed(query: str) -> list[int]:
        return [one["number"] for one in (await caller.call(repository, "GET", f"/pulls{query}")).json]

    assert await listed("") == [2, 1]
    assert await listed("?direction=asc&per_page=1") == [1]
    assert await listed("?state=all") == [3, 2, 1]
    assert await listed("?state=closed") == [3]
    assert await listed("?base=stable") == [2]
    assert await listed("?head=acme:change") == [1]
    assert (await caller.call(repository, "GET", f"/pulls/{other.number}")).json["draft"] is True
    assert (await caller.call(repository, "GET", "/pulls/3")).json["state"] == "closed"
    assert (await caller.call(repository, "GET", "/pulls/77")).status == 404


async def test_a_comparison_shows_renames_removals_and_direction(
    sandbox: Sandbox, caller: Caller, trees: Trees
) -> None:
    text = "".join(f"line {number}\n" for number in range(30))
    base = trees.commit({"a": text, "b": "x"}, branch="main")
    head = trees.commit({"moved/a": text + "more\n"}, branch="change", parents=[base])
    repository = sandbox.add_repository("acme/shop", trees.path)
    got = (await caller.call(repository, "GET", "/compare/main...change?per_page=1&page=1")).json
    assert {one["filename"]: (one["status"], one.get("previous_filename")) for one in got["files"]} == {
        "b": ("removed", None),
        "moved/a": ("renamed", "a"),
    }
    assert (got["status"], [one["sha"] for one in got["commits"]]) == ("ahead", [head])
    second = (await caller.call(repository, "GET", "/compare/main...change?per_page=1&page=2")).json
    assert (second["files"], second["commits"]) == ([], [])
    assert (await caller.call(repository, "GET", "/compare/change...main")).json["status"] == "behind"
    assert (await caller.call(repository, "GET", "/compare/main...acme:main")).json["status"] == "identical"
    for bad in ("main", "main...nobody:main", "main..change"):
        assert (await caller.call(repository, "GET", f"/compare/{bad}")).status == 404


async def test_an_enterprise_server_says_where_it_is(trees: Trees, shas: Shas) -> None:
    settings = Settings(enterprise=True)
    async with Sandbox.running(settings) as sandbox:
        assert sandbox.api_url == f"{sandbox.html_url}/api/v3"
        sandbox.webhook_url = "http://127.0.0.1:1/"
        sandbox.add_repository("acme/shop", trees.path)
        await sandbox.delivered()
        assert sandbox.deliveries[0].request_headers["X-GitHub-Enterprise-Host"] == "localhost"
