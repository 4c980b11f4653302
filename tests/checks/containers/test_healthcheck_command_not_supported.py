"""Health checks of the tree's own programs, and of what only developers use."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.trees import Files
from tests.checks.verdicts import outcome_of

CHECK = "healthcheck-command-not-supported"
CURL = "HEALTHCHECK CMD curl -f http://localhost/\n"
WHOLE = f"FROM debian:12 AS made\nFROM python:3.12-slim\nCOPY --from=made /usr/bin /usr/bin\n{CURL}"
COMPOSE = "services:\n  web:\n    image: python:3.12-slim\n    healthcheck:\n      test: curl localhost\n"


@pytest.mark.parametrize(
    ("subcommand", "expected"),
    [pytest.param("ready", Outcome.PASSED, id="known"), pytest.param("health", Outcome.GAP, id="not known")],
)
def test_subcommands_of_a_project(subcommand: str, expected: Outcome) -> None:
    files = {
        "Dockerfile": f"FROM python:3.12\nCOPY . .\nRUN pip install .\nHEALTHCHECK CMD shop {subcommand}\nCMD shop serve\n",
        "pyproject.toml": '[project]\nname = "shop"\n[project.scripts]\nshop = "shop.cli:app"\n',
        "shop/__init__.py": "",
        "shop/cli.py": 'import typer\n\napp = typer.Typer()\n\n\n@app.command("ready")\ndef ready():\n    return 1\n',
    }
    assert outcome_of(CHECK, files) is expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"Dockerfile": WHOLE}, Outcome.PASSED, id="copied with its folder"),
        pytest.param({"compose.yaml": COMPOSE}, Outcome.GAP, id="a service of production"),
        pytest.param({"compose.dev.yaml": COMPOSE}, Outcome.NOT_APPLICABLE, id="a service for developers"),
    ],
)
def test_programs_that_a_probe_calls(files: Files, expected: Outcome) -> None:
    assert outcome_of(CHECK, files) is expected


def test_an_image_for_developers_may_hold_a_secret() -> None:
    files = {"Dockerfile.dev": "FROM debian:12\nENV API_TOKEN=q7Zr2mXw9Lk4Tb8v\n"}
    assert outcome_of("secret-in-image", files) is Outcome.NOT_APPLICABLE
