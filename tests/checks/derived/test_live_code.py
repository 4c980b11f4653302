"""A gap in code that nothing deploys weighs one rank less; what users of a library may call weighs all of it."""

from __future__ import annotations

import pytest

from checks import Severity
from checks.model import Severity as Level
from tests.checks.verdicts import result_of

CHECK = "stub-returns-not-implemented"
STUB = "def refund(card):\n    raise NotImplementedError('refunds are not implemented')\n"
SERVICE = {
    "Dockerfile": 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD ["python", "main.py"]\n',
    "main.py": "from app import live\n\nlive.refund(1)\n",
    "app/__init__.py": "",
    "app/live.py": STUB,
}


def test_dead_code_weighs_less() -> None:
    gaps = result_of(CHECK, {**SERVICE, "app/dead.py": STUB}).gaps
    assert {gap.gap.path: gap.severity for gap in gaps} == {
        "app/live.py": Severity.HIGH,
        "app/dead.py": Severity.MEDIUM,
    }
    (dead,) = (gap.gap for gap in gaps if gap.gap.path == "app/dead.py")
    assert dead.evidence[-1].note.startswith("nothing that ships reaches this code")
    assert dead.evidence[-1].path == "app/dead.py"


def test_nothing_to_weigh() -> None:
    assert not result_of(CHECK, {"app.py": "X = 1\n"}).gaps


@pytest.mark.parametrize(
    ("severity", "lower"),
    [(Level.CRITICAL, Level.HIGH), (Level.MEDIUM, Level.LOW), (Level.LOW, Level.LOW)],
)
def test_one_rank_lower(severity: Level, lower: Level) -> None:
    assert severity.next_lower is lower
