"""Tests of projects that are themselves material of tests."""

from __future__ import annotations

from checks import Outcome
from tests.checks.verdicts import said

CHECK = "test-imports-no-product-code"
PROJECT = '[project]\nname = "sample"\n'
TEST = "import math\n\n\ndef test_area():\n    assert math.pi > 3\n"


def test_a_sample_project_among_the_tests_is_not_judged() -> None:
    sample = {"test/packages/sample/pyproject.toml": PROJECT, "test/packages/sample/tests/test_area.py": TEST}
    assert said(CHECK, sample | {"shop.py": "X = 1\n"}) is Outcome.NOT_APPLICABLE
    assert said(CHECK, {"pyproject.toml": PROJECT, "shop.py": "X = 1\n", "tests/test_area.py": TEST}) == [
        "test_area.py"
    ]
