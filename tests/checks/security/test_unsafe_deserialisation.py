"""Whose bytes are read."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

FILE = "import pickle\n\n\ndef copy(value):\n    return pickle.loads(%s)\n"


@pytest.mark.parametrize(
    ("data", "expected"),
    [("value", ["copy: pickle.loads"]), ("pickle.dumps(value)", Outcome.PASSED)],
)
def test_a_round_trip_is_safe(data: str, expected: list[str] | Outcome) -> None:
    assert said("unsafe-deserialisation", {"a.py": FILE % data}) == expected
