"""What one check says of a small tree, short enough for a table."""

from __future__ import annotations

from checks import Outcome
from checks.registry import find_check
from tests.checks.trees import Files, report


def said(check_id: str, files: Files) -> list[str] | Outcome:
    """The subjects of its gaps, sorted; the outcome where there are none."""
    check = find_check(check_id)
    assert check is not None, f"no check is called {check_id}"
    result = report(files, check).results[0]
    return sorted(gap.gap.subject for gap in result.gaps) or result.outcome
