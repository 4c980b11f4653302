"""What pytest runs as a test, by decorator and not by name alone."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

BODY = "def test_client():\n    client = object()\n    client.start()\n"


@pytest.mark.parametrize(
    ("decorator", "expected"),
    [
        ("", ["test_client"]),
        ("@pytest.fixture\n", Outcome.PASSED),
        ("@pytest_asyncio.fixture(scope='session')\n", Outcome.PASSED),
    ],
)
def test_a_fixture_is_no_test_whatever_its_name(decorator: str, expected: list[str] | Outcome) -> None:
    other = "\n\ndef test_two():\n    assert two() == 2\n"
    assert said("test-asserts-nothing", {"tests/test_a.py": decorator + BODY + other}) == expected
