"""Services that nothing deploys beside services that something deploys."""

from __future__ import annotations

import pytest

from checks.derived.wiring.undeployed import UndeployedServices
from tests.checks.trees import Files, snapshot

IMAGE = 'FROM python:3.12\nCOPY . .\nCMD ["python", "main.py"]\n'
COMPOSE = "services:\n  shop:\n    build: ./shop\n"
TREE: Files = {
    "docker-compose.yml": COMPOSE,
    "shop/Dockerfile": IMAGE,
    "shop/main.py": "print(1)\n",
    "till/Dockerfile": IMAGE,
    "till/main.py": "print(1)\n",
}
APP = "from fastapi import FastAPI\n\napp = FastAPI()\n"
WORKFLOW = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: docker build till\n      - uses: acme/pack@v1\n        with:\n          folder: bank\n"
POD = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: till\nspec:\n  containers:\n    - name: till\n      image: acme/till:1\n"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param({}, ["till/Dockerfile"], id="nothing names it"),
        pytest.param(
            {"docker-compose.yml": COMPOSE + "  till:\n    build: ./till\n"}, [], id="compose builds it"
        ),
        pytest.param(
            {"docker-compose.yml": COMPOSE + "  till:\n    build: ./till\n    command: python main.py\n"},
            [],
            id="with a command",
        ),
        pytest.param(
            {"docker-compose.yml": "services:\n  shop:\n    build: .\n", "Dockerfile": IMAGE},
            [],
            id="all from one folder",
        ),
        pytest.param({"docker-compose.yml": "services:\n  db:\n    image: postgres\n"}, [], id="no siblings"),
        pytest.param({".github/workflows/ci.yml": WORKFLOW}, [], id="CI builds it"),
        pytest.param({"Makefile": "till:\n\tdocker build till\n"}, [], id="make builds it"),
        pytest.param({"Makefile": "till:\n\tcd till && pytest\n"}, ["till/Dockerfile"], id="make tests it"),
        pytest.param({"scripts/build.sh": "docker build till\n"}, [], id="a script builds it"),
        pytest.param({"deploy/pod.yaml": POD}, [], id="a manifest names it"),
        pytest.param(
            {"bank/main.py": APP}, ["bank/main.py", "till/Dockerfile"], id="an application without an image"
        ),
        pytest.param(
            {"bank/main.py": APP, "docker-compose.yml": COMPOSE + "  bank:\n    build: ./bank\n"},
            ["till/Dockerfile"],
            id="an image that is yet to be written",
        ),
        pytest.param({"shop/inner/Dockerfile": IMAGE}, ["till/Dockerfile"], id="inside of a deployed one"),
    ],
)
def test_services(more: Files, expected: list[str]) -> None:
    services = snapshot({**TREE, **more}).derived(UndeployedServices).services
    assert [service.path for service in services] == expected
