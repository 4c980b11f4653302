"""Which of the runs on a head an attempt goes on with."""

from bot.github.check_run_models import CheckRun, Conclusion, Output, StoredOutput
from bot.publish import Step, choose, outdated
from bot.rendering.check_runs import RunText

KEY = "7:0-abc"


def run(
    number: int, *, key: str = KEY, done: bool = True, annotations: int = 0, name: str = "gonogo"
) -> CheckRun:
    status = "completed" if done else "in_progress"
    return CheckRun(
        number, name, "a" * 40, status, external_id=key, output=StoredOutput(annotations_count=annotations)
    )


def test_on_a_new_head_a_run_is_made() -> None:
    assert choose([], "gonogo", KEY) == Step()


def test_a_run_that_says_it_already_is_left_alone() -> None:
    assert choose([run(1)], "gonogo", KEY) == Step(done=True)


def test_a_run_that_says_something_else_is_followed_by_a_new_one() -> None:
    assert choose([run(1, key="7:0-other")], "gonogo", KEY) == Step()


def test_a_run_that_said_it_before_something_else_was_said_does_not_count() -> None:
    assert choose([run(1), run(2, key="7:0-other")], "gonogo", KEY) == Step()


def test_a_run_interrupted_among_its_annotations_is_gone_on_with() -> None:
    interrupted = run(1, done=False, annotations=50)
    assert choose([interrupted], "gonogo", KEY) == Step(interrupted)


def test_a_run_in_progress_without_annotations_is_used() -> None:
    announced = run(1, key="7:placeholder", done=False)
    assert choose([announced], "gonogo", KEY) == Step(announced)


def test_a_run_interrupted_with_other_annotations_is_ended_and_followed_by_a_new_one() -> None:
    other = run(1, key="7:0-other", done=False, annotations=50)
    assert choose([other], "gonogo", KEY) == Step(superseded=(other,))


def test_a_report_of_our_failure_is_replaced() -> None:
    failed = run(1, key="7:placeholder")
    assert choose([failed], "gonogo", KEY) == Step(failed)


def test_runs_of_other_names_are_no_concern() -> None:
    assert choose([run(1, name="gonogo / ci")], "gonogo", KEY) == Step()


def test_everything_else_in_progress_under_the_name_is_ended() -> None:
    old, new = run(1, key="7:placeholder", done=False), run(2, done=False, annotations=50)
    assert choose([old, new], "gonogo", KEY) == Step(new, superseded=(old,))


def test_an_area_that_has_nothing_to_say_any_more_says_so() -> None:
    said = RunText("gonogo", Conclusion.SUCCESS, Output("t", "s"))
    existing = [run(1), run(2, name="gonogo / ci")]
    (cleared,) = outdated(existing, [said])
    assert (cleared.name, cleared.conclusion) == ("gonogo / ci", Conclusion.SUCCESS)
