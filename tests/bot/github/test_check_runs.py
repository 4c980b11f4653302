"""Check runs on the sandbox: as few writes as can be, and none lost or doubled."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.github.check_run_models import (
    Action,
    Annotation,
    AnnotationLevel,
    CheckRunDraft,
    CheckStatus,
    Conclusion,
    Output,
)
from bot.github.errors import Rejected, ServerError, Unreachable
from bot.github.repository import RepositoryCalls
from sandbox import model
from sandbox.sandbox import Sandbox

RUNS = "/repos/acme/shop/check-runs"
RUN = "/repos/acme/shop/check-runs/*"


def draft(pull: model.PullRequest, annotations: int = 0) -> CheckRunDraft:
    made = tuple(
        Annotation("src/app.py", line + 1, line + 1, AnnotationLevel.WARNING, f"message {line}", "title")
        for line in range(annotations)
    )
    return CheckRunDraft(
        name="gonogo",
        head_sha=pull.head_sha,
        external_id="job-1",
        status=CheckStatus.COMPLETED,
        conclusion=Conclusion.FAILURE,
        output=Output("2 new gaps", "summary", "text"),
        annotations=made,
        started_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        completed_at=datetime(2026, 1, 2, 3, 4, 6, tzinfo=UTC),
        actions=(Action("Re-run", "Look again", "recheck"),),
    )


def messages(run: model.CheckRun) -> list[object]:
    return [annotation["message"] for annotation in run.annotations]


def writes(sandbox: Sandbox) -> list[str]:
    return [one.method for one in sandbox.requests.select("*", f"{RUNS}*") if one.method != "GET"]


async def test_a_quick_review_is_one_write(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    published = await calls.check_runs.publish(draft(pull, annotations=50))
    assert writes(sandbox) == ["POST"]
    [stored] = sandbox.check_runs(pull, "gonogo")
    assert (stored.status, stored.conclusion, stored.external_id) == ("completed", "failure", "job-1")
    assert (stored.title, stored.summary, stored.text) == ("2 new gaps", "summary", "text")
    assert messages(stored) == [f"message {line}" for line in range(50)]
    assert (published.run.id, published.run.completed, published.annotations_dropped) == (
        stored.id,
        True,
        False,
    )
    assert published.run.app_id == sandbox.app_id
    assert published.run.annotations_count == 50


async def test_many_annotations_come_in_batches_and_complete_with_the_last(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    await calls.check_runs.publish(draft(pull, annotations=120))
    sent = [one.request_json for one in sandbox.requests.select("*", f"{RUNS}*")]
    assert [len(one["output"]["annotations"]) for one in sent] == [50, 50, 20]
    assert [one.get("conclusion") for one in sent] == [None, None, "failure"]
    [stored] = sandbox.check_runs(pull, "gonogo")
    assert messages(stored) == [f"message {line}" for line in range(120)]


async def test_a_run_that_was_begun_is_completed(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    begun = CheckRunDraft("gonogo", pull.head_sha, "job-1", CheckStatus.IN_PROGRESS)
    run = await calls.check_runs.create(begun)
    assert not run.completed
    published = await calls.check_runs.publish(draft(pull, annotations=3), run)
    assert published.run.id == run.id
    assert writes(sandbox) == ["POST", "PATCH"]
    assert [one.status for one in sandbox.check_runs(pull)] == ["completed"]


@pytest.mark.parametrize("drop", ["before", "after"])
@pytest.mark.parametrize("batch", [0, 1, 2])
async def test_a_review_cut_off_at_any_batch_goes_on_where_it_was(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest, batch: int, drop: str
) -> None:
    """What the next attempt does: look for its own run, and publish again."""
    sandbox.fault(
        method="POST" if batch == 0 else "PATCH",
        path=RUNS if batch == 0 else RUN,
        skip=max(0, batch - 1),
        drop="before" if drop == "before" else "after",
    )
    wanted = draft(pull, annotations=120)
    with pytest.raises(Unreachable):
        await calls.check_runs.publish(wanted)
    own = await calls.check_runs.list_own(pull.head_sha, "gonogo", latest=False)
    existing = next((run for run in own if run.external_id == wanted.external_id), None)
    await calls.check_runs.publish(wanted, existing)
    [stored] = sandbox.check_runs(pull, "gonogo")
    assert stored.status == "completed"
    assert messages(stored) == [f"message {line}" for line in range(120)]


@pytest.mark.parametrize(("bad", "kept"), [(0, 0), (60, 50)])
async def test_one_bad_annotation_costs_the_annotations_not_the_verdict(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest, bad: int, kept: int
) -> None:
    wanted = draft(pull, annotations=70)
    annotations = list(wanted.annotations)
    annotations[bad] = replace(annotations[bad], start_line=9, end_line=3, message="")
    sandbox.fault(
        method="POST" if bad < 50 else "PATCH",
        path=f"{RUNS}*",
        status=422,
        body={"message": "Invalid request."},
    )
    published = await calls.check_runs.publish(replace(wanted, annotations=tuple(annotations)))
    assert published.annotations_dropped
    [stored] = sandbox.check_runs(pull, "gonogo")
    assert (stored.status, stored.conclusion, len(stored.annotations)) == ("completed", "failure", kept)


async def test_annotations_that_github_would_refuse_are_refused_by_the_sandbox_too(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    wanted = draft(pull, annotations=1)
    long = replace(wanted.annotations[0], title="x" * 256)
    published = await calls.check_runs.publish(replace(wanted, annotations=(long,)))
    assert published.annotations_dropped
    assert writes(sandbox) == ["POST", "POST"]


async def test_a_request_that_is_wrong_without_annotations_too_is_an_error(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    wrong = replace(draft(pull, annotations=1), output=Output("title", "x" * 65_536))
    with pytest.raises(Rejected) as caught:
        await calls.check_runs.publish(wrong)
    assert caught.value.details or "65535" in str(caught.value)
    with pytest.raises(Rejected):
        await calls.check_runs.publish(replace(wrong, annotations=()))
    assert writes(sandbox) == ["POST"] * 3


async def test_other_failures_are_not_taken_for_bad_annotations(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    sandbox.fault(method="POST", path=RUNS, status=503)
    with pytest.raises(ServerError):
        await calls.check_runs.publish(draft(pull, annotations=1))
    sandbox.fault(method="POST", path=RUNS, status=400)
    with pytest.raises(Rejected):
        await calls.check_runs.publish(draft(pull, annotations=1))
    assert writes(sandbox) == ["POST", "POST"]


async def test_only_our_own_runs_are_listed(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    first = await calls.check_runs.create(draft(pull))
    second = await calls.check_runs.create(replace(draft(pull), external_id="job-2"))
    area = await calls.check_runs.create(replace(draft(pull), name="gonogo / ci"))
    listed = {run.id for run in await calls.check_runs.list_own(pull.head_sha)}
    assert listed == {second.id, area.id}
    everything = await calls.check_runs.list_own(pull.head_sha, "gonogo", latest=False)
    assert {(run.id, run.external_id) for run in everything} == {(first.id, "job-1"), (second.id, "job-2")}
    body = {"total_count": 1, "check_runs": [{**one, "app": {"id": 1}} for one in [_shape(first.id)]]}
    sandbox.fault(path="*/check-runs", method="GET", status=200, body=body)
    assert await calls.check_runs.list_own(pull.head_sha) == ()


def _shape(number: int) -> dict[str, object]:
    return {"id": number, "name": "gonogo", "head_sha": "a" * 40, "status": "completed", "output": {}}
