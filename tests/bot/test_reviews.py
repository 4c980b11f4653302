"""What the app leaves on pull requests, from the webhook to the Check Runs and the comment."""

import pytest

from bot.rendering.check_runs import VERDICT_NAME
from sandbox.model import PullRequest, Repository
from sandbox.sandbox import Sandbox
from tests.bot.service import (
    HEAD,
    Commits,
    Service,
    assert_settled,
    latest_runs,
    own_comments,
    until,
)


async def opened(service: Service, shop: Repository, head: str = "change", **about: bool) -> PullRequest:
    pull = service.sandbox.open_pull_request(shop, head=head, author="writer", **about)  # type: ignore[arg-type]
    await service.idle()
    return pull


async def test_a_pull_request_that_opens_gaps_gets_runs_annotations_and_one_comment(
    service: Service, shop: Repository
) -> None:
    pull = await opened(service, shop)
    assert_settled(service.sandbox, pull)
    runs = latest_runs(service.sandbox, pull)
    assert runs[VERDICT_NAME].conclusion == "failure"
    areas = {name: run for name, run in runs.items() if name != VERDICT_NAME}
    assert areas
    marks = [mark for run in areas.values() for mark in run.annotations]
    assert {"README.md", "shop/main.py"} <= {mark["path"] for mark in marks}
    (comment,) = own_comments(service.sandbox, pull)
    assert "docs/deploy.md" in comment.body


async def test_a_fast_review_makes_each_run_with_one_write(service: Service, shop: Repository) -> None:
    pull = await opened(service, shop)
    writes = service.sandbox.requests.select("POST", "/repos/acme/shop/check-runs")
    assert len(writes) == len(service.sandbox.check_runs(pull))
    assert not service.sandbox.requests.select("PATCH", "/repos/acme/shop/check-runs/*")
    assert all(entry.request_json["status"] == "completed" for entry in writes)


async def test_a_slow_review_shows_a_run_in_progress_and_completes_that_one(
    service: Service, shop: Repository
) -> None:
    fault = service.sandbox.fault(method="GET", path="/repos/acme/shop/git/trees/*", hold=True)
    pull = service.sandbox.open_pull_request(shop, head="change")
    await until(lambda: bool(service.sandbox.check_runs(pull, VERDICT_NAME)))
    (run,) = service.sandbox.check_runs(pull)
    assert run.status == "in_progress"
    fault.release()
    await service.idle()
    assert_settled(service.sandbox, pull)
    assert [one.id for one in service.sandbox.check_runs(pull, VERDICT_NAME)] == [run.id]


async def test_nothing_to_say_is_one_green_run_and_no_comment(service: Service, shop: Repository) -> None:
    pull = await opened(service, shop, "harmless")
    assert_settled(service.sandbox, pull, comments=0)
    (run,) = service.sandbox.check_runs(pull)
    assert (run.name, run.conclusion) == (VERDICT_NAME, "success")


async def test_a_push_that_closes_the_gaps_edits_the_comment_to_all_clear(
    service: Service, shop: Repository, commits: Commits
) -> None:
    pull = await opened(service, shop)
    (before,) = own_comments(service.sandbox, pull)
    text = before.body
    service.sandbox.push(pull, commits.fixed)
    await service.idle()
    assert_settled(service.sandbox, pull)
    (after,) = own_comments(service.sandbox, pull)
    assert after.id == before.id
    assert after.body != text
    assert "docs/deploy.md" not in after.body
    assert latest_runs(service.sandbox, pull)[VERDICT_NAME].conclusion == "success"


async def test_the_same_head_again_writes_nothing(service: Service, shop: Repository) -> None:
    pull = await opened(service, shop)
    service.sandbox.requests.clear()
    service.sandbox.close(pull)
    service.sandbox.reopen(pull)
    await service.idle()
    assert service.sandbox.requests.select("GET", f"/repos/acme/shop/pulls/{pull.number}")
    written = [entry for entry in service.sandbox.requests.entries if entry.method in {"POST", "PATCH"}]
    assert [entry.path for entry in written if "access_tokens" not in entry.path] == []


async def test_a_second_review_reads_only_what_changed(
    service: Service, shop: Repository, commits: Commits
) -> None:
    pull = await opened(service, shop)
    service.sandbox.requests.clear()
    service.sandbox.push(pull, commits.fixed)
    await service.idle()
    reads = [entry.path for entry in service.sandbox.requests.entries if "check-runs" not in entry.path]
    assert sum("/git/trees/" in path for path in reads) == 1  # the base's is known
    assert sum("/tarball/" in path for path in reads) == 0
    assert len(reads) <= 8


async def test_drafts_are_reviewed(service: Service, shop: Repository) -> None:
    pull = await opened(service, shop, draft=True)
    assert_settled(service.sandbox, pull)
    service.sandbox.set_draft(pull, draft=False)
    await service.idle()
    assert_settled(service.sandbox, pull)


async def test_forks_are_reviewed_and_rerun_though_the_payload_names_no_pull_request(
    service: Service, shop: Repository
) -> None:
    pull = await opened(service, shop, fork=True)
    assert_settled(service.sandbox, pull)
    before = latest_runs(service.sandbox, pull)[VERDICT_NAME]
    service.sandbox.rerequest(before)
    await service.idle()
    assert latest_runs(service.sandbox, pull)[VERDICT_NAME].id != before.id
    assert_settled(service.sandbox, pull)


async def test_a_pull_request_whose_fork_is_gone_is_reviewed(service: Service, shop: Repository) -> None:
    pull = await opened(service, shop, fork=True)
    service.sandbox.delete_fork(pull)
    before = latest_runs(service.sandbox, pull)[VERDICT_NAME]
    service.sandbox.comment(pull, "/gonogo recheck", user="owner")
    await service.idle()
    assert latest_runs(service.sandbox, pull)[VERDICT_NAME].id != before.id
    assert_settled(service.sandbox, pull)


async def test_a_closed_pull_request_is_left_alone(
    service: Service, shop: Repository, commits: Commits
) -> None:
    service.sandbox.webhook_url, url = None, service.sandbox.webhook_url
    pull = service.sandbox.open_pull_request(shop, head="change")
    service.sandbox.webhook_url = url
    service.sandbox.close(pull)
    await service.idle()
    assert service.sandbox.check_runs(pull) == []
    assert own_comments(service.sandbox, pull) == []


async def test_another_base_branch_is_another_review(
    service: Service, shop: Repository, commits: Commits
) -> None:
    service.sandbox.push_branch(shop, "next", commits.head)
    pull = await opened(service, shop)
    assert latest_runs(service.sandbox, pull)[VERDICT_NAME].conclusion == "failure"
    service.sandbox.retarget(pull, "next")
    await service.idle()
    assert_settled(service.sandbox, pull)
    runs = latest_runs(service.sandbox, pull)
    assert {run.conclusion for run in runs.values()} == {"success"}  # areas too: nothing stale stays red


async def test_another_title_is_no_reason_to_look_again(service: Service, shop: Repository) -> None:
    pull = await opened(service, shop)
    service.sandbox.requests.clear()
    service.sandbox.edit_title(pull, "Better words")
    await service.idle()
    assert not service.sandbox.requests.select("GET", "/repos/*")


async def test_a_merge_group_gets_check_runs_on_its_own_head_and_no_comment(
    service: Service, shop: Repository
) -> None:
    pull = await opened(service, shop)
    comments = len(service.sandbox.comments(pull))
    group = service.sandbox.merge_group(pull)
    await service.idle()
    runs = list(service.sandbox.state.runs_of(shop, group.head_sha))
    assert {run.status for run in runs} == {"completed"}
    assert [run.conclusion for run in runs if run.name == VERDICT_NAME] == ["failure"]
    assert len(service.sandbox.comments(pull)) == comments


async def test_annotations_come_in_batches_of_fifty_each_once(service: Service, shop: Repository) -> None:
    pull = await opened(service, shop, "many")
    assert_settled(service.sandbox, pull)
    marks = [mark for run in service.sandbox.check_runs(pull) for mark in run.annotations]
    assert len([mark for mark in marks if mark["path"] == "README.md"]) == 120
    for entry in service.sandbox.requests.select("*", "/repos/acme/shop/check-runs*"):
        if entry.method != "GET":
            assert len((entry.request_json.get("output") or {}).get("annotations") or []) <= 50


async def test_two_pull_requests_at_once_do_not_disturb_each_other(
    service: Service, shop: Repository
) -> None:
    one = service.sandbox.open_pull_request(shop, head="change")
    other = service.sandbox.open_pull_request(shop, head="harmless")
    await service.idle()
    assert_settled(service.sandbox, one)
    assert_settled(service.sandbox, other, comments=0)


async def test_a_push_during_a_review_is_reviewed_and_nothing_stays_in_progress(
    service: Service, shop: Repository, commits: Commits
) -> None:
    fault = service.sandbox.fault(method="GET", path="/repos/acme/shop/compare/*", hold=True)
    pull = service.sandbox.open_pull_request(shop, head="change")
    await until(lambda: bool(service.sandbox.check_runs(pull, VERDICT_NAME)))  # in progress by now
    service.sandbox.push(pull, commits.fixed)
    await service.sandbox.delivered()
    fault.release()
    await service.idle()
    assert_settled(service.sandbox, pull, comments=0)
    old = list(service.sandbox.state.runs_of(shop, commits.head))
    assert {run.status for run in old} == {"completed"}


POLICIES = {
    "broken": ("fail_on: [", "failure"),
    "lenient": ("fail_on: critical\n", "neutral"),
}


@pytest.mark.parametrize(("text", "conclusion"), POLICIES.values(), ids=POLICIES)
async def test_the_policy_is_the_base_branchs(
    service: Service, commits: Commits, sandbox: Sandbox, text: str, conclusion: str
) -> None:
    from tests.bot.service import BASE, HEAD  # noqa: PLC0415

    policy = {".github/gonogo.yml": text}
    base = commits.trees.commit({**BASE, **policy})
    # The head's own file would let everything pass; it has no say.
    own = {".github/gonogo.yml": "checks: {subprocess-shell-true: {enabled: false}}\n"}
    head = commits.trees.commit({**HEAD, **own}, parents=[base])
    pull = sandbox.from_repository(commits.path, base, head)
    await service.idle()
    run = latest_runs(sandbox, pull)[VERDICT_NAME]
    assert run.conclusion == conclusion
    assert ("gonogo.yml" in (run.summary or "")) == (text == POLICIES["broken"][0])


@pytest.mark.parametrize(("policy", "conclusion"), [("", "neutral"), ("on_undecided: failure\n", "failure")])
async def test_a_file_that_a_change_makes_unreadable_is_named_and_the_policy_decides(
    service: Service, sandbox: Sandbox, commits: Commits, policy: str, conclusion: str
) -> None:
    files = {".github/gonogo.yml": policy, "README.md": "# Shop\n", "app.py": "import os\n\nprint(os.name)\n"}
    base = commits.trees.commit(files)
    head = commits.trees.commit({**files, "app.py": "print(1)\n\0"}, parents=[base])
    pull = sandbox.from_repository(commits.path, base, head)
    await service.idle()
    verdict = latest_runs(sandbox, pull)[VERDICT_NAME]
    assert verdict.conclusion == conclusion
    assert "can't be judged any more" in str(verdict.summary)
    assert "> - `app.py`: holds NUL bytes" in str(verdict.summary)


async def test_a_document_that_announces_completion_while_blockers_stand_gets_a_line(
    service: Service, sandbox: Sandbox, commits: Commits
) -> None:
    files = {**HEAD, "docs/deploy.md": "# Deploy\n"}
    base = commits.trees.commit(files)
    head = commits.trees.commit(
        {**files, "docs/STATUS.md": "# Status\n\nAll phases complete.\n"}, parents=[base]
    )
    pull = sandbox.from_repository(commits.path, base, head)
    await service.idle()
    summary = str(latest_runs(sandbox, pull)[VERDICT_NAME].summary)
    assert "This change says “All phases complete.” in `docs/STATUS.md:3`" in summary


async def test_a_tree_nested_deeper_than_pythons_stack_is_reviewed(
    service: Service, sandbox: Sandbox, commits: Commits
) -> None:
    base = commits.trees.commit({"README.md": "# Shop\n"})
    head = commits.trees.commit(
        {"README.md": "# Shop\n", f"{'d/' * 1_500}app.py": "print(1)\n"}, parents=[base]
    )
    pull = sandbox.from_repository(commits.path, base, head)
    await service.idle()
    assert latest_runs(sandbox, pull)[VERDICT_NAME].status == "completed"
