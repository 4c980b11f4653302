"""Scripts that a workflow writes before it runs them."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

WORKFLOW = "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v4\n      - run: %s\n"


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("python probe.py", ["probe.py"]),
        ("echo 'import shop' > probe.py && python probe.py", Outcome.NOT_APPLICABLE),
        ("echo 'import shop' > my-probe.py && python probe.py", ["probe.py"]),
    ],
)
def test_written_scripts(command: str, expected: list[str] | Outcome) -> None:
    assert said("ci-references-missing-path", {".github/workflows/a.yml": WORKFLOW % command}) == expected
