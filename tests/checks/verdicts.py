"""What one check says of a small tree, short enough for a table."""

from __future__ import annotations

from checks import Outcome
from checks.registry import find_check
from checks.report import CheckResult
from tests.checks.trees import Files, report


def said(check_id: str, files: Files) -> list[str] | Outcome:
    """The subjects of its gaps, sorted; the outcome where there are none."""
    result = result_of(check_id, files)
    return sorted(gap.gap.subject for gap in result.gaps) or result.outcome


def outcome_of(check_id: str, files: Files) -> Outcome:
    """The outcome alone."""
    return result_of(check_id, files).outcome


def result_of(check_id: str, files: Files) -> CheckResult:
    """The whole result."""
    check = find_check(check_id)
    assert check is not None, f"no check is called {check_id}"
    return report(files, check).results[0]
