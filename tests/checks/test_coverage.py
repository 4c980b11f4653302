"""Coverage reports of four formats, friendly and hostile, and what they change."""

from __future__ import annotations

import json

import pytest

from checks import (
    Coverage,
    CoverageProblem,
    Policy,
    Snapshot,
    audit,
    find_check,
    parse_coverage,
    parse_policy,
    plan,
)
from checks.coverage import SIZE_LIMIT, CoveredFile
from tests.checks.trees import TODAY, entries, facts_of, reviewed

COBERTURA = """<?xml version="1.0"?>
<!DOCTYPE coverage SYSTEM 'http://cobertura.sourceforge.net/xml/coverage-04.dtd'>
<coverage><sources><source>/src</source></sources><packages><package><classes>
<class filename="shop\\pay.py"><lines><line number="1" hits="1"/><line number="2" hits="0"/><line number="x" hits="1"/></lines></class>
<class><lines><line number="1" hits="1"/></lines></class>
</classes></package></packages></coverage>
"""
COVERAGE_PY = json.dumps(
    {
        "meta": {},
        "files": {
            "shop/pay.py": {"executed_lines": [1, "2"], "missing_lines": [2]},
            "a.py": 1,
            "b.py": {"missing_lines": 2},
        },
    }
)
LCOV = "TN:\nDA:1,1\nSF:/work/shop/pay.py\nDA:1,3\nDA:2,0\nDA:x,1\nLF:2\nend_of_record\n"
GO = "mode: atomic\nx.io/shop/pay.go:3.2,4.9 2 1\nx.io/shop/pay.go:6.2,7.9 1 0\nnonsense\n"


@pytest.mark.parametrize(
    ("text", "file", "expected"),
    [
        (COBERTURA, "shop/pay.py", CoveredFile(1, 2)),
        (COVERAGE_PY, "shop/pay.py", CoveredFile(1, 2)),
        ("\ufeff" + LCOV, "/work/shop/pay.py", CoveredFile(1, 2)),
        (GO, "x.io/shop/pay.go", CoveredFile(2, 3)),
    ],
)
def test_reads(text: str, file: str, expected: CoveredFile) -> None:
    read = parse_coverage(text.encode())
    assert read.files[file] == expected
    assert read.share == pytest.approx(expected.covered / expected.lines)


ENTITY = '<!DOCTYPE c [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><coverage>&b;</coverage>'
FETCHED = '<!DOCTYPE c [<!ENTITY a SYSTEM "file:///etc/passwd">]><coverage>&a;</coverage>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"x" * (SIZE_LIMIT + 1), "larger than"),
        (b"hello", "neither"),
        (b"", "neither"),
        (b"TN:\xff", "not UTF-8"),
        (b"{", "not JSON"),
        (b"{" + b'"a":[' * 100_000, "not JSON"),
        (b'{"files": []}', "no line"),
        (b"{}", "no line"),
        (b"mode: set\n", "no line"),
        (b"<coverage>", "not XML"),
        (b"<coverage/>", "no line"),
        (b"<a>" * 100, "nested too deeply"),
        (ENTITY.encode(), "XML entity"),
        (FETCHED.encode(), "XML entity"),
    ],
)
def test_refuses(data: bytes, reason: str) -> None:
    with pytest.raises(CoverageProblem, match=reason):
        parse_coverage(data)


def test_too_many_lines_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checks.coverage._LINES", 1)
    with pytest.raises(CoverageProblem, match="more than 1"):
        parse_coverage(LCOV.encode())


@pytest.mark.parametrize(
    ("written", "paths", "expected"),
    [
        ("shop/pay.py", ["shop/pay.py", "pay.py"], "shop/pay.py"),
        ("/ci/work/shop/pay.py", ["shop/pay.py"], "shop/pay.py"),
        ("pay.py", ["shop/pay.py"], "shop/pay.py"),
        ("./pay.py", ["shop/pay.py"], "shop/pay.py"),
        ("pay.py", ["shop/pay.py", "bill/pay.py"], None),
        ("shop/pay.py", ["api/shop/pay.py", "pay.py"], "api/shop/pay.py"),
        ("other.py", ["shop/pay.py"], None),
    ],
)
def test_paths_are_matched_by_their_ends(written: str, paths: list[str], expected: str | None) -> None:
    found = parse_coverage(f"SF:{written}\nDA:1,1\n".encode()).of_tree(paths)
    assert list(found) == ([expected] if expected else [])


PAY = (
    "def pay(amount):\n"
    + "".join(f"    if amount > {n}:\n        amount -= {n}\n" for n in range(20))
    + "    return amount\n"
)
FILES = {
    "shop/pay.py": PAY,
    "shop/words.py": "def say():\n    return 1\n",
    "tests/test_words.py": "from shop.words import say\n",
}


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (None, ["reaches"]),
        ("SF:shop/pay.py\nDA:1,1\n", []),
        ("SF:shop/pay.py\nDA:1,0\n", ["runs a line of"]),
        ("SF:shop/words.py\nDA:1,1\n", ["reaches"]),
    ],
)
def test_a_figure_replaces_the_bound(report: str | None, words: list[str]) -> None:
    listed = entries(FILES)
    coverage = parse_coverage(report.encode()) if report else None
    tree = Snapshot.build("0" * 40, listed, facts_of(plan(listed), FILES), policy=Policy(), coverage=coverage)
    check = find_check("module-without-test")
    assert check is not None
    gaps = audit(tree, TODAY, (check,)).results[0].gaps
    assert [
        word for gap in gaps for word in ("reaches", "runs a line of") if word in gap.gap.message
    ] == words


def test_every_file_of_a_report_is_matched() -> None:
    report = parse_coverage(b"SF:a.py\nDA:1,1\nSF:b.py\nDA:1,0\n")
    assert list(report.of_tree(["shop/a.py", "shop/b.py"])) == ["shop/a.py", "shop/b.py"]


UNUSED = b"SF:shop/pay.py\nDA:1,0\nDA:2,0\n"
USED = b"SF:shop/pay.py\nDA:1,1\nDA:2,1\n"
TESTED = {**FILES, "tests/test_pay.py": "from shop.pay import pay\n"}
INDIRECT = {**FILES, "shop/words.py": "from shop.pay import pay\n\ndef say():\n    return 1\n"}


@pytest.mark.parametrize(
    ("before", "after", "data", "new", "resolved", "existing"),
    [
        pytest.param(FILES, {**FILES, "notes.txt": "x"}, None, [], [], ["pay.py"], id="no report"),
        pytest.param(FILES, {**FILES, "notes.txt": "x"}, USED, [], [], [], id="a report alone resolves nothing"),
        pytest.param(INDIRECT, {**INDIRECT, "notes.txt": "x"}, UNUSED, [], [], ["pay.py"], id="nor does it open any"),
        pytest.param(FILES, TESTED, USED, [], ["pay.py"], [], id="a test that runs it resolves"),
        pytest.param(FILES, TESTED, UNUSED, [], [], ["pay.py"], id="a test that runs none of it does not"),
        pytest.param(TESTED, FILES, UNUSED, ["pay.py"], [], [], id="its test is gone"),
        pytest.param(TESTED, FILES, USED, [], [], [], id="and others run it"),
        pytest.param(
            {"shop/words.py": FILES["shop/words.py"], "tests/test_words.py": FILES["tests/test_words.py"]},
            INDIRECT, UNUSED, ["pay.py"], [], [], id="new code that only imports reach",
        ),
    ],
)  # fmt: skip
def test_a_report_of_the_head_judges_the_change_alone(
    before: dict[str, str],
    after: dict[str, str],
    data: bytes | None,
    new: list[str],
    resolved: list[str],
    existing: list[str],
) -> None:
    """The base was not measured: what only its lack of a report tells apart is no change."""
    found = reviewed(before, after, coverage=parse_coverage(data) if data else None)
    assert [
        [gap.gap.subject for gap in gaps if gap.check.id == "module-without-test"]
        for gaps in (found.new, found.resolved, found.existing)
    ] == [new, resolved, existing]


def test_a_module_that_moved_keeps_its_figure() -> None:
    moved = {
        "shop/billing/pay.py": PAY,
        **{path: text for path, text in FILES.items() if path != "shop/pay.py"},
    }
    found = reviewed(FILES, moved, coverage=parse_coverage(b"SF:shop/billing/pay.py\nDA:1,1\n"))
    assert not [g for g in (*found.new, *found.resolved) if g.check.id == "module-without-test"]


@pytest.mark.parametrize(
    ("policy", "messages"),
    [
        ("", []),
        ("limits: {coverage_percent: 60}", ["Tests run 50 % of the code, and the policy asks for 60 %."]),
        ("limits: {coverage_percent: 50}", []),
        ("critical_modules: [shop/pay.py]", []),
        (
            "critical_modules: [shop/pay.py]\nlimits: {coverage_percent: 40}",
            ["This module holds 42 lines of logic, and tests run 33 % of it, less than the policy asks for."],
        ),
    ],
)
def test_the_policy_sets_a_least_share(policy: str, messages: list[str]) -> None:
    """Of all code, and of each critical module."""
    listed = entries(FILES)
    report = b"SF:shop/pay.py\nDA:1,1\nDA:2,0\nDA:3,0\nSF:shop/words.py\nDA:1,1\n"
    tree = Snapshot.build(
        "0" * 40,
        listed,
        facts_of(plan(listed), FILES),
        policy=parse_policy(policy).policy,
        coverage=parse_coverage(report),
    )
    check = find_check("module-without-test")
    assert check is not None
    assert [gap.gap.message for gap in audit(tree, TODAY, (check,)).results[0].gaps] == messages


def test_a_component_that_a_report_covers_has_tests() -> None:
    files = {"pyproject.toml": "[project]\nname = 'shop'\n", "shop/pay.py": PAY}
    check = find_check("component-without-any-tests")
    assert check is not None
    listed = entries(files)
    found = []
    for report in (USED, UNUSED):
        facts = facts_of(plan(listed), files)
        tree = Snapshot.build("0" * 40, listed, facts, policy=Policy(), coverage=parse_coverage(report))
        found.append(len(audit(tree, TODAY, (check,)).results[0].gaps))
    assert found == [0, 1]


def test_of_a_file_in_two_reports_the_better_figure_counts() -> None:
    joined = Coverage.joined([parse_coverage(UNUSED), parse_coverage(USED), parse_coverage(UNUSED)])
    assert joined.files == {"shop/pay.py": CoveredFile(2, 2)}
    assert CoveredFile(0, 0).percent == 0
