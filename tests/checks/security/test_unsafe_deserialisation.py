"""Whose bytes are read."""

from __future__ import annotations

import pytest

from checks import Outcome, Severity
from tests.checks.verdicts import result_of, said

FILE = "import pickle\n\n\ndef copy(value):\n    return pickle.loads(%s)\n"


@pytest.mark.parametrize(
    ("data", "expected"),
    [("value", ["copy: pickle.loads"]), ("pickle.dumps(value)", Outcome.PASSED)],
)
def test_a_round_trip_is_safe(data: str, expected: list[str] | Outcome) -> None:
    assert said("unsafe-deserialisation", {"a.py": FILE % data}) == expected


def test_bytes_whose_signature_is_compared_first_are_ones_own() -> None:
    signed = "import hmac\nimport pickle\n\n\ndef load(data, mark):\n    if not hmac.compare_digest(mark, sign(data)):\n        raise ValueError\n    return pickle.loads(data)\n"
    assert said("unsafe-deserialisation", {"a.py": signed}) is Outcome.PASSED
    other = signed + "\n\ndef read(data):\n    return pickle.loads(data)\n"
    assert said("unsafe-deserialisation", {"a.py": other}) == ["read: pickle.loads"]


def test_a_file_that_wrote_the_bytes_itself() -> None:
    write = "\n\ndef keep(cache, value):\n    cache.set('key', pickle.dumps(value))\n"
    severities = [
        result_of("unsafe-deserialisation", {"a.py": text}).gaps[0].severity
        for text in (FILE % "value", FILE % "value" + write)
    ]
    assert severities == [Severity.HIGH, Severity.MEDIUM]
