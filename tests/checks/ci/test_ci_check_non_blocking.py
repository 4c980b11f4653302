"""Commands of CI that may fail because they don't judge."""

from __future__ import annotations

import pytest

from checks import Outcome, Severity
from tests.checks.verdicts import result_of, said

WORKFLOW = "on: pull_request\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: %s\n        continue-on-error: true\n"


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("npx prettier --check .", ["prettier"]),
        ("npx prettier --write .", Outcome.PASSED),
        ("npx eslint --fix src", Outcome.PASSED),
        ("go test -bench . ./... | tee output.txt", Outcome.PASSED),
    ],
)
def test_what_mends_or_measures_is_no_gate(command: str, expected: list[str] | Outcome) -> None:
    other = WORKFLOW.replace("        continue-on-error: true\n", "") % "npx tsc --noEmit"
    files = {".github/workflows/fix.yml": WORKFLOW % command, ".github/workflows/check.yml": other}
    found = said("ci-check-non-blocking", files)
    assert found == expected or (expected is Outcome.PASSED and found is Outcome.NOT_APPLICABLE)


@pytest.mark.parametrize(
    ("command", "expected"), [("npx tsc --noEmit", Severity.MEDIUM), ("npx vitest run", Severity.HIGH)]
)
def test_what_it_looks_at_says_how_much_is_lost(command: str, expected: Severity) -> None:
    gaps = result_of("ci-check-non-blocking", {".github/workflows/ci.yml": WORKFLOW % command}).gaps
    assert [gap.severity for gap in gaps] == [expected]
