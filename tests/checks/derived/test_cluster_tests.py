"""Tests that objects of a cluster run: their folders are named in manifests."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

RUN = "apiVersion: %s\nkind: TestWorkflow\nmetadata: {name: smoke}\nspec:\n  content: {git: {paths: [%s]}}\n"
FILES = {
    "test/pytest/smoke/test_smoke.py": "def test_smoke():\n    assert 1 + 1 == 2\n",
    ".github/workflows/ci.yml": "on: push\njobs: {a: {runs-on: x, steps: [{run: go vet ./...}]}}\n",
}


@pytest.mark.parametrize(
    ("version", "folder", "expected"),
    [
        ("testworkflows.testkube.io/v1", "test/pytest/smoke", Outcome.NOT_APPLICABLE),
        ("testworkflows.testkube.io/v1", "test/other", ["Python"]),
        ("v1", "test/pytest/smoke", ["Python"]),
    ],
)
def test_tests_of_a_cluster(version: str, folder: str, expected: list[str] | Outcome) -> None:
    """They are not CI's to run, nor do they have to import anything."""
    files = {**FILES, "test/smoke.yaml": RUN % (version, folder)}
    assert said("tests-not-run-in-ci", files) == expected
    imports = said("test-imports-no-product-code", files)
    assert imports == (["test_smoke.py"] if isinstance(expected, list) else Outcome.NOT_APPLICABLE)
