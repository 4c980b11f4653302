"""Coverage reports of four formats, friendly and hostile, and what they change."""

from __future__ import annotations

import json

import pytest

from checks import CoverageProblem, Policy, Snapshot, audit, find_check, parse_coverage, plan
from checks.coverage import SIZE_LIMIT, CoveredFile
from tests.checks.trees import TODAY, entries, facts_of

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
    + "".join(f"    if amount > {n}:\n        amount -= {n}\n" for n in range(12))
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
