"""Branches that move with every commit, and one whose branches are its versions."""

from __future__ import annotations

import pytest

from checks import Severity
from tests.checks.verdicts import result_of

WORKFLOW = "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: %s\n"


@pytest.mark.parametrize(
    ("action", "severity"),
    [
        ("aquasecurity/trivy-action@master", Severity.HIGH),
        ("dtolnay/rust-toolchain@master", Severity.MEDIUM),
        ("dtolnay/rust-toolchain@stable", Severity.MEDIUM),
    ],
)
def test_branches(action: str, severity: Severity) -> None:
    (gap,) = result_of("ci-action-pinned-to-branch", {".github/workflows/a.yml": WORKFLOW % action}).gaps
    assert (gap.gap.subject, gap.severity) == (action.partition("@")[0], severity)
