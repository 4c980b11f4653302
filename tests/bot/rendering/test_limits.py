"""Nothing exceeds what GitHub takes, however much a repository holds; what is left out is counted."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.rendering.annotations import MOST
from bot.rendering.blocks import BUDGET, Block, fit
from bot.rendering.check_runs import area_runs, verdict_run
from bot.rendering.comment import MARKER, comment
from bot.rendering.readiness_text import readiness_report
from checks import Check, CheckResult, Entry, Evidence, Outcome, PolicyProblem, ReportedGap, Severity, Verdict
from tests.bot.rendering.samples import LINKS, NO_GO, UNPINNED, check, gap, report, result, review

HUGE = "💥@octo <b>`|\\" * 400


def gaps(number: int, of: Check, text: str = "a message") -> tuple[ReportedGap, ...]:
    notes = [Evidence(text, f"dir/{text[:50]}/{n}.py", n + 1) for n in range(8)]
    return tuple(gap(of, f"{text}{n}", text, f"dir/{text[:80]}/{n}.py", n + 1, *notes) for n in range(number))


def undecided(number: int, text: str) -> CheckResult:
    of = check(f"lost-{number}", f"area_{number % 15}", "Lost")
    return result(of, outcome=Outcome.UNDECIDED, reasons=(text,) * 5)


def checks(number: int) -> list[Check]:
    return [
        check(f"gap-number-{n}", f"area_{n % 15}", f"Title {n}", list(Severity)[n % 4]) for n in range(number)
    ]


@pytest.mark.parametrize("text", ["a message", HUGE], ids=["plain", "hostile"])
@pytest.mark.parametrize(("kinds", "each"), [(1, 3_000), (150, 1), (150, 40)])
def test_texts_stay_within_limits(kinds: int, each: int, text: str) -> None:
    """The comment, and the summary, text and title of every Check Run."""
    found = {c: gaps(each, c, text) for c in checks(kinds)}
    new = tuple(g for each_gap in found.values() for g in each_gap)
    resolved = tuple(replace(g, how="fixed") for g in new)
    head = report(
        *(result(c, *of) for c, of in found.items()), unreadable={f"{text}{n}": text for n in range(300)}
    )
    head = replace(head, results=(*head.results, *(undecided(n, text) for n in range(40))))
    change = review(head, new=new, resolved=resolved, existing=new, trial=new, verdict=Verdict.NO_GO)
    lost = tuple(r.check.id for r in head.results if r.outcome is Outcome.UNDECIDED)
    before = replace(change.base, tree={path: Entry(path, 0o100644, "0" * 40, 1) for path in head.unreadable})
    said_done = (Evidence(text, text, 1), Evidence(text, text, 2))
    change = replace(change, base=before, lost=lost, announced=said_done)
    problems = tuple(PolicyProblem(text, n) for n in range(200))
    said = comment(change, LINKS, problems=problems) or ""
    assert len(said.encode()) <= BUDGET
    assert said.startswith(MARKER)
    assert said.rstrip().endswith("to run this again.")
    for run in (verdict_run(change, LINKS, problems=problems), *area_runs(change, LINKS)):
        assert len(run.output.title) <= 255
        assert len(run.output.summary.encode()) <= BUDGET
        assert len((run.output.text or "").encode()) <= BUDGET
        assert len(run.annotations) <= MOST
        for note in run.annotations:
            assert len((note.title or "").encode()) <= 64_000
            assert len(note.title or "") <= 255
            assert len(note.message.encode()) <= 64_000


def test_what_is_left_out_is_counted() -> None:
    """Gaps shown and gaps left out are all the gaps."""
    of = checks(150)
    new = tuple(g for c in of for g in gaps(12, c, "a message " * 30))
    change = review(report(*(result(c) for c in of)), new=new, verdict=Verdict.NO_GO)
    said = comment(change, LINKS) or ""
    left_out = re.search(r"\*\*(\d+) more gaps left out", said)
    assert left_out
    shown = said.count("\n- `dir/")
    folded = sum(int(n) for n in re.findall(r"and (\d+) more places", said))
    assert shown + folded + int(left_out[1]) == len(new)


def test_a_long_readiness_report_says_what_is_missing() -> None:
    text = readiness_report(report(*(result(c) for c in checks(40))), LINKS, 2_000)
    assert len(text.encode()) <= 2_000
    assert re.search(r"\*\*\d+ more sections left out", text)


def test_fit() -> None:
    """Whole blocks only; without gaps in what is left out there is nothing to count."""
    blocks = [Block("aaaa", 1), Block("bbbb", 2), Block("cc")]
    assert fit(blocks, 3, lambda n: f"+{n}", 100) == "aaaa\nbbbb\ncc"
    assert fit(blocks, 3, lambda n: f"+{n}", 9) == "aaaa\n+2"
    assert fit([Block("aa"), Block("b" * 50)], 0, lambda n: f"+{n}", 9) == "aa"


@pytest.mark.parametrize(
    ("entry", "line", "annotated"),
    [
        (Entry("a.py", 0o100644, "0" * 40, 100), 7, 7),
        (Entry("a.py", 0o100644, "0" * 40, 100), None, 1),
        (Entry("a.py", 0o100644, "0" * 40, 100), 5_000, 100),
        (Entry("a.py", 0o100644, "0" * 40, 0), 3, 1),
        (Entry("a.py", 0o100644, "0" * 40, None), 3, 1),
        (Entry("a.py", 0o120000, "0" * 40, 100), 3, None),
        (Entry("b.py", 0o100644, "0" * 40, 100), 3, None),
    ],
    ids=["line", "no line", "beyond the end", "empty", "size unknown", "link", "not there"],
)
def test_annotations_are_on_lines_that_exist(entry: Entry, line: int | None, annotated: int | None) -> None:
    """One that isn't would have GitHub refuse them all."""
    new = (gap(UNPINNED, "x", "m", "a.py", line),)
    head = replace(report(result(UNPINNED, *new)), tree={entry.path: entry})
    (run,) = area_runs(review(head, new=new, verdict=Verdict.CONDITIONAL), LINKS)
    assert [note.start_line for note in run.annotations] == ([annotated] if annotated else [])


def test_more_gaps_than_annotations() -> None:
    new = gaps(MOST + 1, UNPINNED)
    (run,) = area_runs(review(report(result(UNPINNED, *new)), new=new, verdict=Verdict.CONDITIONAL), LINKS)
    assert len(run.annotations) == MOST
    assert f"{MOST} of the {MOST + 1} new gaps are annotated." in run.output.summary


def test_a_blocking_area_fails_its_run() -> None:
    new = gaps(1, UNPINNED)
    head = report(result(UNPINNED, *new))
    head = replace(head, policy=head.policy.model_copy(update={"blocking_areas": ("supply_chain",)}))
    (run,) = area_runs(review(head, new=new, verdict=Verdict.NO_GO), LINKS)
    assert run.conclusion == "failure"


def test_two_runs_say_the_same() -> None:
    assert comment(NO_GO, LINKS) == comment(NO_GO, LINKS)
    assert verdict_run(NO_GO, LINKS) == verdict_run(NO_GO, LINKS)
