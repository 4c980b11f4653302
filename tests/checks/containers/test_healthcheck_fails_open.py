"""Health checks that can't fail, and those that can."""

import pytest

from checks import Outcome
from tests.checks.verdicts import said

IMAGE = "FROM debian:13-slim\nHEALTHCHECK CMD %s\nCMD app\n"


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        pytest.param("ask || true", ["HEALTHCHECK"], id="true"),
        pytest.param("ask || exit 0", ["HEALTHCHECK"], id="exit 0"),
        pytest.param("ask || app version || exit 1", ["HEALTHCHECK"], id="what it is, and never the rest"),
        pytest.param("ask || exit 1", Outcome.PASSED, id="exit 1"),
        pytest.param("ask || ask-again", Outcome.PASSED, id="another question"),
        pytest.param("ask || (echo down && exit 1)", Outcome.PASSED, id="says it and fails"),
        pytest.param("ask || { echo down; exit 1; }", Outcome.PASSED, id="says it, then fails"),
        pytest.param('["ask"]', Outcome.PASSED, id="a list"),
        pytest.param('["ask"', Outcome.PASSED, id="a broken list"),
    ],
)
def test_fallbacks(command: str, expected: list[str] | Outcome) -> None:
    assert said("healthcheck-fails-open", {"Dockerfile": IMAGE % command}) == expected


def test_service_without_a_command() -> None:
    """An empty list asks nothing and falls back on nothing."""
    compose = "services:\n  a:\n    image: x:1\n    healthcheck:\n      test: [CMD]\n"
    assert said("healthcheck-fails-open", {"compose.yml": compose}) is Outcome.PASSED
