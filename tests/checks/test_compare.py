"""New, resolved, existing: pairing that survives moves, and silence where one side can't tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from checks import (
    Change,
    OnFailure,
    Outcome,
    Policy,
    Review,
    Severity,
    Snapshot,
    Verdict,
    audit,
    compare,
    plan,
)
from checks.facts.python_source import PythonSource
from checks.model import Evidence, Finding, Gap, Met, Proof, Undecided
from checks.policy import CheckPolicy, Waiver
from checks.registry import Check
from tests.checks.made_checks import files_named, make_check
from tests.checks.trees import TODAY, Files, entries, facts_of

BAD = make_check(files_named("bad"))


def snapshot(files: Files, policy: Policy | None = None) -> Snapshot:
    return Snapshot.build("c" * 40, entries(files), {}, policy=policy)


def compared(before: Files, after: Files, *checks: Check, policy: Policy | None = None) -> Review:
    change = Change.between(entries(before), entries(after), {})
    base, head = (audit(snapshot(files, policy), TODAY, checks or (BAD,)) for files in (before, after))
    return compare(base, head, change)


def paths(gaps: tuple[object, ...]) -> list[str | None]:
    return [gap.gap.path for gap in gaps]  # type: ignore[attr-defined]


def test_nothing_changed() -> None:
    """The same gap on both sides stands."""
    review = compared({"bad": "1"}, {"bad": "2"})
    assert (review.new, review.resolved, paths(review.existing)) == ((), (), ["bad"])
    assert (review.verdict, review.conclusion) == (Verdict.GO, "success")


def test_new_and_resolved() -> None:
    """One gap comes, another goes with its file."""
    review = compared(
        {"a/bad1": "1", "x": ""},
        {"b/bad2": "2", "x": ""},
        make_check(files_named("bad1"), id="one"),
        make_check(files_named("bad2"), id="two"),
    )
    assert (paths(review.new), paths(review.resolved)) == (["b/bad2"], ["a/bad1"])
    assert review.resolved[0].how == "removed"
    assert review.conclusion == "failure"


def test_moved_gap_says_where_it_was() -> None:
    """A move is neither new nor resolved."""
    review = compared({"a/bad": "1", "a/bad2": "1b"}, {"b/bad": "1", "b/bad2": "1b"})
    assert (review.new, review.resolved) == ((), ())
    assert {gap.was.path for gap in review.existing if gap.was} == {"a/bad", "a/bad2"}


def subject_is_path(snapshot: Snapshot) -> Iterator[Finding]:
    for path in sorted(snapshot.paths):
        yield Gap(path.replace("/", "."), "named after its file", path, 1)


def test_thing_named_after_its_file_moves_with_it() -> None:
    """A module's dotted name changes with its folder; one gap on each side of the move is one gap."""
    review = compared({"a/m": "1"}, {"b/m": "1"}, make_check(subject_is_path))
    assert (review.new, review.resolved) == ((), ())
    assert review.existing[0].was is not None


def test_single_leftover_of_a_subject_is_paired() -> None:
    """Rewritten beyond recognition and elsewhere: one candidate on each side is the same gap."""
    review = compared({"a/bad": "1"}, {"b/bad": "entirely different"})
    assert (review.new, review.resolved) == ((), ())


@pytest.mark.parametrize(
    ("severity", "after", "new"),
    [
        pytest.param(Severity.CRITICAL, "b/bad.py", [], id="the file's name is the same"),
        pytest.param(Severity.CRITICAL, "b/bad2.py", ["b/bad2.py"], id="one secret out, another in"),
        pytest.param(Severity.HIGH, "b/bad2.py", [], id="high, in a file that another one replaces"),
        pytest.param(Severity.MEDIUM, "b/bad2.py", [], id="medium"),
    ],
)
def test_what_weighs_is_not_paired_by_its_subject_alone(
    severity: Severity, after: str, new: list[str]
) -> None:
    """Taking one out pays for no other one, unless the file's name or git says that it is the same."""
    review = compared(
        {"a/bad.py": "1"}, {after: "entirely different"}, make_check(files_named("bad"), severity=severity)
    )
    assert (paths(review.new), len(review.resolved)) == (new, len(new))


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        pytest.param(["bad.sh"], ["bad.go"], [], id="written anew in another language"),
        pytest.param(["bad.sh", "bad2.sh"], ["bad.go"], ["bad.go"], id="two went"),
        pytest.param(["bad.sh"], ["bad.go", "bad.py"], ["bad.go", "bad.py"], id="two came"),
        pytest.param(["bad.sh", "x"], ["bad.sh", "bad.go"], ["bad.go"], id="the old one stays"),
    ],
)
def test_a_file_that_replaces_another_keeps_its_gaps(
    before: list[str], after: list[str], new: list[str]
) -> None:
    """A script becomes a program: where exactly one file went and one came, what weighs stands too."""
    check = make_check(files_named("bad"), severity=Severity.HIGH)
    review = compared(
        {path: f"old {path}" for path in before}, {path: f"new {path}" for path in after}, check
    )
    assert paths(review.new) == new


def without_scan(*evidence: Evidence, path: str | None = None) -> Check:
    """A check that applies where there is CI (a Python file stands for it) and never finds what it looks for."""

    def run(_: Snapshot) -> Iterator[Finding]:
        yield Gap("scan", "nothing scans", path, evidence=evidence)

    return make_check(run, about=(PythonSource,), proof=Proof.ABSENCE)


@pytest.mark.parametrize(
    ("check", "is_new"),
    [
        pytest.param(without_scan(Evidence("looked for a scan")), False, id="of the whole repository"),
        pytest.param(
            without_scan(Evidence("read", "ci.py", searched=True)), False, id="looked for in what came"
        ),
        pytest.param(without_scan(Evidence("an image", "Dockerfile")), False, id="of what was there"),
        pytest.param(without_scan(Evidence("publishes", "ci.py")), True, id="of what came"),
        pytest.param(without_scan(path="Dockerfile"), False, id="in a file that was there"),
        pytest.param(without_scan(path="README"), True, id="in a file that the change edits"),
        pytest.param(without_scan(path="ci.py"), True, id="in a file that came"),
    ],
)
def test_a_first_ci_is_not_blamed_for_what_was_owed(check: Check, *, is_new: bool) -> None:
    """What did not apply before and rests on what was there stands; it is new with what came along."""
    before, after = (
        {"Dockerfile": "FROM x", "README": "1"},
        {"Dockerfile": "FROM x", "README": "2", "ci.py": ""},
    )
    change = Change.between(entries(before), entries(after), {})
    facts = facts_of(plan(entries(after)), after)
    base, head = (
        audit(Snapshot.build("c" * 40, entries(files), facts), TODAY, (check,)) for files in (before, after)
    )
    review = compare(base, head, change)
    assert (len(review.new), len(review.existing)) == ((1, 0) if is_new else (0, 1))


def test_an_absence_that_applied_before_is_new() -> None:
    """Taking the scan out of CI is the change's own gap, though it touches nothing else."""
    review = compared({"a": ""}, {"bad": ""}, make_check(files_named("bad"), proof=Proof.ABSENCE))
    assert paths(review.new) == ["bad"]


def test_ambiguous_leftovers_stay_new() -> None:
    """Two candidates for one: nobody knows which, so both are new."""
    review = compared({"a/bad": "1"}, {"b/bad": "2", "c/bad": "3"})
    assert (paths(review.new), paths(review.resolved)) == (["b/bad", "c/bad"], ["a/bad"])


def twice(snapshot: Snapshot) -> Iterator[Finding]:
    for path in sorted(snapshot.paths):
        for line in range(1, 1 + int(path)):
            yield Gap("same", "again", "1", line)


def test_counts_are_kept() -> None:
    """Two equal gaps where there was one: one is new."""
    review = compared({"1": "x"}, {"2": "y"}, make_check(twice))
    assert (len(review.new), len(review.existing), len(review.resolved)) == (1, 1, 0)
    assert review.new[0].fingerprint != review.existing[0].fingerprint


def test_fixed_says_fixed() -> None:
    """The file is there, the gap is not."""

    def unless_good(snapshot: Snapshot) -> Iterator[Finding]:
        if "good" not in snapshot.paths:
            yield Gap("thing", "bad", "file", 1)

    review = compared({"file": "1"}, {"file": "1", "good": ""}, make_check(unless_good))
    assert review.resolved[0].how == "fixed"


@pytest.mark.parametrize("trouble", ["undecided", "crash"])
def test_silent_side_says_nothing(trouble: str) -> None:
    """What can't be judged on one side is neither new nor resolved, and the loss is named."""

    def run(snapshot: Snapshot) -> Iterator[Finding]:
        if "trouble" in snapshot.paths and trouble == "crash":
            raise ValueError("ours")
        if "trouble" in snapshot.paths:
            yield Undecided("why", "trouble")
        else:
            yield Gap("thing", "bad", "file", 1)

    lost = compared({"file": "1"}, {"file": "1", "trouble": ""}, make_check(run))
    assert (lost.resolved, lost.new, lost.lost) == ((), (), ("made-for-a-test",))
    assert lost.verdict is Verdict.CONDITIONAL
    found = compared({"file": "1", "trouble": ""}, {"file": "1"}, make_check(run))
    assert (found.new, found.resolved, paths(found.existing)) == ((), (), ["file"])


def undecided_by(path: str) -> Check:
    def run(snapshot: Snapshot) -> Iterator[Finding]:
        if path in snapshot.paths:
            yield Undecided("why", path)

    return make_check(run)


def test_the_policy_decides_what_it_means_that_a_change_cannot_be_judged() -> None:
    """Neutral, which passes a required check, unless the policy takes it for a failure."""
    strict = Policy(on_undecided=OnFailure.FAILURE)
    check = undecided_by("trouble")
    lost, blocked = (compared({"x": ""}, {"trouble": ""}, check, policy=p) for p in (None, strict))
    assert (lost.verdict, lost.conclusion) == (Verdict.CONDITIONAL, "neutral")
    assert (blocked.verdict, blocked.conclusion) == (Verdict.CONDITIONAL, "failure")
    low = make_check(files_named("bad"), severity=Severity.LOW)
    assert compared({}, {"bad": ""}, low, policy=strict).conclusion == "neutral"  # that is judged
    assert compared({"trouble": ""}, {"x": ""}, check, policy=strict).conclusion == "success"


def test_nothing_decided_is_not_green() -> None:
    """Undecided on both sides: nothing is lost, and nothing is known either."""
    review = compared({"trouble": "1"}, {"trouble": "2"}, undecided_by("trouble"))
    assert (review.lost, review.verdict, review.conclusion) == ((), Verdict.CONDITIONAL, "neutral")


def test_break_from_afar_names_its_cause() -> None:
    """A file that the change didn't touch breaks because of a deletion or a move."""

    def needs(snapshot: Snapshot) -> Iterator[Finding]:
        for target in ("pkg/target.py", "pkg/other.py"):
            if target not in snapshot.paths:
                yield Gap(target, "names a missing file", "doc", 1)
        if "quiet" not in snapshot.paths:
            yield Gap("unnamed", "something else", "doc", 2)

    before = {"doc": "d", "pkg/target.py": "t", "pkg/other.py": "o", "quiet": "q"}
    review = compared(before, {"doc": "d", "lib/target.py": "t"}, make_check(needs))
    assert [gap.cause for gap in review.new] == [
        "this change deleted `pkg/other.py`",
        "this change moved `pkg/target.py` to `lib/target.py`",
        "this change did not touch the file; something it depends on changed",
    ]


def test_dotted_module_means_its_file() -> None:
    """A deleted module is recognised by its dotted name."""

    def needs(snapshot: Snapshot) -> Iterator[Finding]:
        if "src/pkg/mod.py" not in snapshot.paths:
            yield Gap("pkg.mod", "import of nothing", "app.py", 1)

    review = compared({"app.py": "", "src/pkg/mod.py": "x"}, {"app.py": ""}, make_check(needs))
    assert review.new[0].cause == "this change deleted `src/pkg/mod.py`"


def test_policy_decides_what_fails() -> None:
    """Below the level: conditional; in a blocking area: no-go whatever the severity."""
    low = make_check(files_named("bad"), severity=Severity.LOW)
    assert compared({}, {"bad": ""}, low).verdict is Verdict.CONDITIONAL
    blocking = Policy(blocking_areas=("claims",))
    assert compared({}, {"bad": ""}, low, policy=blocking).verdict is Verdict.NO_GO


def test_waiver_running_out_is_neither_new_nor_resolved() -> None:
    """Accepting a gap doesn't resolve it, and a waiver's end doesn't open one."""
    change = Change()
    waived = Policy(waivers=(Waiver(check=BAD.id, reason="known", expires=dt.date(2026, 6, 1)),))
    with_waiver = audit(snapshot({"bad": ""}, waived), TODAY, (BAD,))
    without = audit(snapshot({"bad": ""}), TODAY, (BAD,))
    accepted, expired = compare(without, with_waiver, change), compare(with_waiver, without, change)
    assert (accepted.new, accepted.resolved) == ((), ())
    assert (expired.new, expired.resolved, paths(expired.existing)) == ((), (), ["bad"])


def test_check_on_trial_is_shown_and_never_counted() -> None:
    """Its new gaps stand apart; the verdict doesn't know them."""
    counted = make_check(files_named("other"))
    review = compared({}, {"bad": ""}, counted, make_check(files_named("bad"), on_trial=True))
    assert (review.new, paths(review.trial_new), review.verdict) == ((), ["bad"], Verdict.GO)


def test_nothing_analysed_is_not_green() -> None:
    """A tree to which no check applies is conditional, never go."""
    about_python = make_check(files_named("bad"), about=(PythonSource,))
    assert compared({"x": ""}, {"y": ""}, about_python).verdict is Verdict.CONDITIONAL


def test_disabled_check_says_nothing() -> None:
    """A check that the policy disables is not in the report."""
    policy = Policy(checks={BAD.id: CheckPolicy(enabled=False)})
    review = compared({"x": ""}, {"bad": ""}, policy=policy)
    assert (review.new, review.head.results, review.head.result(BAD.id)) == ((), (), None)


def test_outcomes_of_both_sides_are_kept() -> None:
    """The reports travel with the review."""
    review = compared({"x": ""}, {"bad": ""})
    assert [r.results[0].outcome for r in (review.base, review.head)] == [Outcome.PASSED, Outcome.GAP]


def _by_folder(snapshot: Snapshot) -> Iterator[Finding]:
    """One gap for the folder where it holds bad files only, else one for each."""
    bad = [path for path in snapshot.tree if "/bad" in path]
    if bad and "pkg/good" not in snapshot.tree:
        yield Gap("pkg", "all bad", "pkg")
    else:
        yield from (Gap(path.rpartition("/")[2], "bad", path) for path in bad)


@pytest.mark.parametrize(
    ("before", "after", "new", "resolved"),
    [
        pytest.param(
            ["bad1", "bad2", "good"], ["bad1", "bad2"], ["pkg"], [], id="the files' gaps become the folder's"
        ),
        pytest.param(
            ["bad1", "bad2"], ["bad1", "bad2", "good"], [], ["pkg"], id="the folder's gap becomes the files'"
        ),
        pytest.param(["bad1"], ["bad1", "bad2", "good"], ["pkg/bad2"], ["pkg"], id="and a file is new"),
        pytest.param(["bad1", "bad2", "good"], ["bad1"], ["pkg"], ["pkg/bad2"], id="and a file is gone"),
    ],
)
def test_gaps_of_a_folder_and_of_its_files(
    before: list[str], after: list[str], new: list[str], resolved: list[str]
) -> None:
    """What stood in a folder stands on when its gap breaks up, or swallows theirs."""
    review = compared(
        {f"pkg/{name}": name for name in before},
        {f"pkg/{name}": name for name in after},
        make_check(_by_folder),
    )
    assert (paths(review.new), paths(review.resolved)) == (new, resolved)


def owes_a_gate(snapshot: Snapshot) -> Iterator[Finding]:
    gate = next((path for path in snapshot.paths if path.startswith("gate")), None)
    if gate is None:
        yield Gap("gate", "no gate")
    else:
        yield Met("gate", (Evidence("does it now", gate, 1),))
        yield Met("another", (Evidence("does something else", gate, 1),))


def test_what_closes_a_gap_is_named() -> None:
    """A fixed absence says what does the thing now, also in its evidence."""
    resolved = compared({"code": "1"}, {"code": "1", "gate.yml": "x"}, make_check(owes_a_gate)).resolved
    assert [(gap.how, gap.closed_by) for gap in resolved] == [
        ("fixed", (Evidence("does it now", "gate.yml", 1),))
    ]
    assert resolved[0].gap.evidence == resolved[0].closed_by


def test_what_is_no_longer_owed_is_removed() -> None:
    """An absence goes with the code that owed it."""
    check = make_check(owes_a_gate, about=(PythonSource,))
    resolved = compared({"a.py": "x = 1\n", "b": ""}, {"b": ""}, check).resolved
    assert [(gap.how, gap.closed_by) for gap in resolved] == [("removed", ())]


def one_of_many(snapshot: Snapshot) -> Iterator[Finding]:
    """One gap for all the files called bad, at the first of them; another file is only looked through."""
    places = sorted(path for path in snapshot.paths if path.startswith("bad"))
    looked = Evidence("looked here", "other", searched=True)
    if places:
        yield Gap("bad", "many", places[0], 1, (looked, *(Evidence("here", path) for path in places)))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(("bad2", "bad3"), ("bad1", "bad2", "bad3"), 0, id="another one in front"),
        pytest.param(("bad1", "bad2"), ("bad2",), 0, id="the first one is gone"),
        pytest.param(("bad1", "bad3"), ("bad2", "bad3"), 1, id="only a later one is the same"),
    ],
)
def test_a_gap_with_many_places_is_the_same_wherever_it_begins(
    before: tuple[str, ...], after: tuple[str, ...], expected: int
) -> None:
    check = make_check(one_of_many, severity=Severity.CRITICAL)
    base, head = ({path: path for path in (*side, "other")} for side in (before, after))
    review = compared(base, head, check)
    assert (len(review.new), len(review.resolved)) == (expected, expected)


def test_a_place_that_can_not_be_judged_says_nothing() -> None:
    """The gap of a file of which the other side can't tell is neither new nor resolved, whatever else is found."""

    def run(snapshot: Snapshot) -> Iterator[Finding]:
        yield Gap("other", "bad", "other", 1)
        yield Undecided("why", "file") if "trouble" in snapshot.paths else Gap("thing", "bad", "file", 1)

    clear, troubled = {"file": "1", "other": "2"}, {"file": "1", "other": "2", "trouble": ""}
    there, back = compared(clear, troubled, make_check(run)), compared(troubled, clear, make_check(run))
    assert (there.new, there.resolved, paths(there.existing)) == ((), (), ["other"])
    assert (back.new, back.resolved, sorted(map(str, paths(back.existing)))) == ((), (), ["file", "other"])


def owes_while_asked(snapshot: Snapshot) -> Iterator[Finding]:
    if "gate" in snapshot.paths:
        yield Met("thing", (Evidence("has it", "gate"),), "thing")
    elif "asks" in snapshot.paths:
        yield Gap("thing", "bad", "thing", 1)


@pytest.mark.parametrize(
    ("after", "how"),
    [
        pytest.param({"thing": "1", "asks": "2", "gate": "3"}, "fixed", id="it has it now"),
        pytest.param({"thing": "1"}, "removed", id="nothing asks for it"),
    ],
)
def test_a_check_that_names_what_is_fine_tells_fixed_from_no_longer_owed(after: Files, how: str) -> None:
    check = make_check(owes_while_asked, says_met=True)
    (gap,) = compared({"thing": "1", "asks": "2"}, after, check).resolved
    assert gap.how == how
