"""Images install from lock files too; those of developers may do as they like."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import outcome_of

IMAGE = "FROM node:22\nCOPY . .\nRUN npm install\n"


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
