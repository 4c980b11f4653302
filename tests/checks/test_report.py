"""The report: outcomes that are earned, waivers that expire, one broken check that costs no other."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest

from checks import CheckResult, Entry, Outcome, Policy, Severity, Snapshot, audit
from checks.facts.python_source import PythonSource
from checks.model import Evidence, Finding, Gap, Proof, Undecided
from checks.policy import CheckPolicy, Waiver
from checks.registry import Check
from tests.checks.made_checks import files_named, make_check
from tests.checks.trees import TODAY, Files, snapshot

BAD = make_check(files_named("bad"), about=(PythonSource,))


def result(files: Files, check: Check, policy: Policy | None = None) -> CheckResult:
    return audit(snapshot(files, policy), TODAY, [check]).results[0]


def test_outcomes() -> None:
    """Nothing to speak of, nothing wrong, something wrong."""
    assert result({"x.txt": ""}, BAD).outcome is Outcome.NOT_APPLICABLE
    assert result({"good.py": ""}, BAD).outcome is Outcome.PASSED
    assert result({"bad.py": ""}, BAD).outcome is Outcome.GAP
    assert result({"bad.py": ""}, BAD).scope == {"PythonSource": 1}


def test_crash_costs_one_check() -> None:
    """Our crash is never the author's gap, and the others still speak."""

    def crash(snapshot: Snapshot) -> Iterator[Finding]:
        if snapshot.paths:
            raise KeyError("content of a file")
        yield Undecided("an empty tree")

    results = audit(snapshot({"bad.py": ""}), TODAY, [make_check(crash, id="broken"), BAD]).results
    assert [r.outcome for r in results] == [Outcome.CRASHED, Outcome.GAP]
    (reason,) = results[0].reasons
    assert re.fullmatch(r"KeyError at checks/report\.py:\d+", reason)  # never what the error quotes


def reads_python(snapshot: Snapshot) -> Iterator[Finding]:
    if not any(source.imports for _, source in snapshot.files(PythonSource)):
        yield Gap("imports", "no file imports anything", evidence=(Evidence("looked at every Python file"),))


def test_absence_is_not_earned_over_an_unreadable_shipped_file() -> None:
    """The file that couldn't be read may be the one that does it."""
    check = make_check(reads_python, proof=Proof.ABSENCE)
    undecided = result({"a.py": "", "b.py": b"\0"}, check)
    assert undecided.outcome is Outcome.UNDECIDED
    assert undecided.reasons == ("`b.py` is unreadable: holds NUL bytes: not a text",)
    assert result({"a.py": "", "tests/b.py": b"\0"}, check).outcome is Outcome.GAP


def test_presence_stands_beside_an_unreadable_file() -> None:
    """A gap that is proved stays; a pass isn't earned."""
    check = make_check(reads_python)
    assert result({"a.py": "", "b.py": b"\0"}, check).outcome is Outcome.GAP
    assert result({"a.py": "import os", "b.py": b"\0"}, check).outcome is Outcome.UNDECIDED


def test_truncated_tree_decides_nothing() -> None:
    """What isn't listed may change everything."""
    made = Snapshot.build("0", [Entry("bad.py", 0o100644, "a" * 40, 1)], {}, truncated=True)
    assert audit(made, TODAY, [BAD]).results[0].outcome is Outcome.UNDECIDED


@pytest.mark.parametrize(("path", "reason"), [("x.py", "`x.py`: why"), (None, "why")])
def test_undecided_says_why(path: str | None, reason: str) -> None:
    """A check's own doubt is an outcome with its reason."""

    def doubt(snapshot: Snapshot) -> Iterator[Finding]:
        yield Undecided("why", path)

    assert result({"x.py": ""}, make_check(doubt)).reasons == (reason,)


@pytest.mark.parametrize(
    ("waiver", "outcome"),
    [
        ({}, Outcome.PASSED),
        ({"path": "app/*.py"}, Outcome.PASSED),
        ({"path": "lib/"}, Outcome.GAP),
        ({"subject": "bad"}, Outcome.PASSED),
        ({"subject": "other"}, Outcome.GAP),
        ({"check": "another-check"}, Outcome.GAP),
        ({"expires": dt.date(2025, 12, 31)}, Outcome.GAP),
    ],
)
def test_waiver_covers_what_it_names_until_it_expires(waiver: dict[str, object], outcome: Outcome) -> None:
    """An accepted gap is no gap; it is listed apart."""
    full = {"check": BAD.id, "reason": "known", "expires": dt.date(2026, 1, 1)} | waiver
    judged = result({"app/bad.py": ""}, BAD, Policy(waivers=(Waiver.model_validate(full),)))
    assert judged.outcome is outcome
    assert bool(judged.waived) is (outcome is Outcome.PASSED)


def test_expired_waiver_is_evidence() -> None:
    """The reader learns why an accepted gap is back."""
    waiver = Waiver(check=BAD.id, reason="known", expires=dt.date(2025, 1, 1))
    gap = result({"bad.py": ""}, BAD, Policy(waivers=(waiver,))).gaps[0].gap
    assert gap.evidence[-1].note == "the waiver for this gap expired on 2025-01-01"


def test_policy_ignores_paths_and_sets_severity() -> None:
    """Ignored paths have no gaps; the policy's severity wins over the check's and the gap's."""
    assert result({"third/bad.py": ""}, BAD, Policy(ignore=("third/",))).outcome is Outcome.PASSED
    policy = Policy(checks={BAD.id: CheckPolicy(severity=Severity.LOW)})
    assert result({"bad.py": ""}, BAD, policy).gaps[0].severity is Severity.LOW


def test_report_keeps_trial_and_waived_gaps_apart() -> None:
    """Only what counts is in `gaps`."""
    trial = make_check(files_named("bad"), id="trial", on_trial=True)
    report = audit(snapshot({"bad.py": ""}), TODAY, [trial, BAD])
    assert [g.check.id for g in report.gaps] == [BAD.id]
    assert [g.check.id for g in report.trial_gaps] == ["trial"]
    assert report.waived == ()
