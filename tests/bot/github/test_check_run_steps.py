"""How a draft of a check run becomes requests."""

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
from bot.github.check_runs import payload, steps

DONE = CheckRunDraft(
    name="gonogo",
    head_sha="a" * 40,
    external_id="job-1",
    status=CheckStatus.COMPLETED,
    conclusion=Conclusion.FAILURE,
    output=Output("3 new gaps", "summary"),
    completed_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    actions=(Action("Re-run", "run again", "recheck"),),
)


def annotated(count: int) -> CheckRunDraft:
    made = tuple(Annotation(f"f{n}", n + 1, n + 1, AnnotationLevel.WARNING, "m") for n in range(count))
    return replace(DONE, annotations=made)


@pytest.mark.parametrize(
    ("count", "posted", "sizes"),
    [
        (0, 0, [0]),
        (1, 0, [1]),
        (50, 0, [50]),
        (51, 0, [50, 1]),
        (120, 0, [50, 50, 20]),
        (120, 50, [50, 20]),
        (60, 60, [0]),
    ],
)
def test_annotations_come_in_batches_and_only_the_last_write_completes(
    count: int, posted: int, sizes: list[int]
) -> None:
    draft = annotated(count)
    made = steps(draft, posted)
    assert [len(step.annotations) for step in made] == sizes
    assert [one for step in made for one in step.annotations] == list(draft.annotations[posted:])
    assert [step.status for step in made[:-1]] == [CheckStatus.IN_PROGRESS] * (len(made) - 1)
    assert all(step.conclusion is None and not step.actions for step in made[:-1])
    assert made[-1].conclusion is Conclusion.FAILURE


def test_a_payload_holds_what_was_stated_and_nothing_else() -> None:
    draft = annotated(1)
    assert payload(draft, draft.annotations) == {
        "name": "gonogo",
        "head_sha": "a" * 40,
        "external_id": "job-1",
        "status": "completed",
        "conclusion": "failure",
        "completed_at": "2026-01-02T03:04:05Z",
        "output": {
            "title": "3 new gaps",
            "summary": "summary",
            "annotations": [
                {"path": "f0", "start_line": 1, "end_line": 1, "annotation_level": "warning", "message": "m"}
            ],
        },
        "actions": [{"label": "Re-run", "description": "run again", "identifier": "recheck"}],
    }


def test_a_run_that_has_only_begun_needs_no_output() -> None:
    begun = CheckRunDraft("gonogo", "a" * 40, "job-1", CheckStatus.IN_PROGRESS)
    assert payload(begun, ()) == {
        "name": "gonogo",
        "head_sha": "a" * 40,
        "external_id": "job-1",
        "status": "in_progress",
    }
