"""The contract of every check: its documentation's examples are its tests, and nothing makes it crash."""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path

import pytest

from checks import Outcome, all_checks
from checks.pages import Example, examples, sections
from checks.registry import Check
from tests.checks.trees import report

CHECKS = [pytest.param(check, id=check.id) for check in all_checks()]
LONGEST = 100  # lines of a check's file, documentation included
CURES = re.compile(r"^(use|add|prefer|require|ensure|avoid)-")
HOSTILE: dict[str, str | bytes] = {
    "empty": "",
    "NUL": b"\0\0",
    "latin-1": "é".encode("latin-1"),
    "broken": "{[(<<: - \"'`{{ ${ %% \n\t:::\n---\n...\n}",
    "long line": "a b: " * 20_000,
    "deep": "[" * 3_000,
    "indented": "\n".join(" " * depth + "- a:" for depth in range(400)),
    "control": "\x01\x02\u202e\ufeff\u2028",
}


def source_of(check: Check) -> Path:
    return Path(inspect.getfile(sys.modules[check.run.__module__]))


def cases(section: str) -> list[object]:
    return [
        pytest.param(check, example, id=f"{check.id}: {example.title or section}")
        for check in all_checks()
        for example in examples(check)
        if example.section == section
    ]


@pytest.mark.parametrize(("check", "example"), cases("Gap"))
def test_gap_example_fires_on_exactly_the_marked_lines(check: Check, example: Example) -> None:
    """Marks and gaps agree; an example without a mark expects gaps that have no line."""
    result = report(example.files, check).results[0]
    assert result.outcome is Outcome.GAP, f"no gap: {result.outcome}, {result.reasons}"
    found = {(g.gap.path, g.gap.line) for g in result.gaps if g.gap.line is not None}
    assert found == example.marks, [(g.gap.path, g.gap.line, g.gap.message) for g in result.gaps]


@pytest.mark.parametrize(("check", "example"), cases("No gap"))
def test_no_gap_example_applies_and_passes(check: Check, example: Example) -> None:
    """A cure that makes the check inapplicable would prove nothing."""
    result = report(example.files, check).results[0]
    assert result.outcome is Outcome.PASSED, [
        (g.gap.path, g.gap.line, g.gap.message) for g in result.gaps
    ] or result
    assert not example.marks, "a No gap example holds a mark"


@pytest.mark.parametrize("check", CHECKS)
def test_page_is_in_form(check: Check) -> None:
    """Title, why, Fix, Gap, No gap; an example under both of the last; a name that names the gap."""
    title, _, why = check.documentation.partition("\n")
    assert 0 < len(title) <= 90, "a title line of at most 90 characters"
    assert title.endswith("."), "the title is a sentence"
    assert len(why.partition("## Fix")[0].strip()) > 60, (
        "say why it hurts in production, between title and ## Fix"
    )
    assert sections(check) == ("Fix", "Gap", "No gap")
    assert {e.section for e in examples(check)} == {"Gap", "No gap"}, "fences need a language and a path"
    assert not CURES.match(check.id), "the id names the gap, not the cure"


@pytest.mark.parametrize("check", CHECKS)
def test_file_is_in_form(check: Check) -> None:
    """One check a file, named as the file, on one screen, with a sane estimate."""
    source = source_of(check)
    assert check.run.__name__ == source.stem, "the function is named as the file"
    assert len(source.read_text().splitlines()) <= LONGEST, f"longer than {LONGEST} lines"
    assert sum(other.run.__module__ == check.run.__module__ for other in all_checks()) == 1
    assert 0 < check.effort[0] <= check.effort[1]


@pytest.mark.parametrize("check", CHECKS)
def test_nothing_to_speak_of_is_not_a_pass(check: Check) -> None:
    """An empty tree is not applicable to a check that is about something."""
    outcome = report({}, check).results[0].outcome
    assert outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("check", CHECKS)
def test_hostile_text_never_crashes(check: Check, content: str | bytes) -> None:
    """Every file of the check's examples is replaced by the text, in turn all of them."""
    paths = {path for example in examples(check) for path in example.files}
    result = report(dict.fromkeys(paths, content), check).results[0]
    assert result.outcome is not Outcome.CRASHED, result.reasons


@pytest.mark.parametrize("check", CHECKS)
def test_two_runs_agree(check: Check) -> None:
    """Nothing but the tree decides."""
    for example in examples(check):
        assert (
            report(example.files, check).results
            == report(dict(reversed(example.files.items())), check).results
        )


def test_ids_are_unique() -> None:
    """An id is a page, a policy key and a part of every fingerprint."""
    ids = [check.id for check in all_checks()]
    assert len(ids) == len(set(ids))
