"""Images install from lock files too; those of developers may do as they like."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import outcome_of

IMAGE = "FROM node:22\nCOPY . .\nRUN npm install\n"
CI = "on: push\njobs: {{a: {{runs-on: x, steps: [{{run: {}}}]}}}}\n"


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        pytest.param("npm ci", Outcome.GAP, id="no lock file"),
        pytest.param("npm ci --prefix ${dir}", Outcome.NOT_APPLICABLE, id="in another folder"),
    ],
)
def test_a_lock_file_that_is_not_there(command: str, expected: Outcome) -> None:
    assert (
        outcome_of("lockfile-not-enforced-in-ci", {".github/workflows/ci.yml": CI.format(command)})
        is expected
    )


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("Dockerfile", Outcome.GAP, id="an image of production"),
        pytest.param("Dockerfile.dev", Outcome.NOT_APPLICABLE, id="an image for developers"),
    ],
)
def test_images(path: str, expected: Outcome) -> None:
    files = {path: IMAGE, "package.json": '{"name": "shop"}', "package-lock.json": "{}"}
    assert outcome_of("lockfile-not-enforced-in-ci", files) is expected
