"""Ports by who declares them and by what may listen."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.trees import Files
from tests.checks.verdicts import said

CHECK = "container-port-without-listener"
POD = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\nspec:\n  template:\n    spec:\n      containers:\n        - name: shop\n          image: reg.example/%s:1\n          args: [%s]\n          env:\n            - name: SHOP_PORT\n              value: "9464"\n            - name: SHOP_MODE\n              value: fast\n          ports:\n            - containerPort: 9464\n            - containerPort: name\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: shop\n'
SHOP = "FROM python:3.12\nENV SHOP_PORT=9464 SHOP_MODE=fast\nEXPOSE 9464\nCMD python main.py\n"
IMAGE = "FROM python:3.12\nEXPOSE %s\nCMD python main.py\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"Dockerfile": IMAGE % "9464", "main.py": "serve(9999)\n"}, ["9464"]),
        ({"Dockerfile": IMAGE % "9464/tcp", "main.py": "serve(9464)\n"}, Outcome.PASSED),
        ({"Dockerfile": IMAGE % "9464", "main.py": "serve('localhost:9464')\n"}, Outcome.PASSED),
        # another host's port, a test's, a published one
        ({"Dockerfile": IMAGE % "9464", "main.py": "call('http://metrics:9464')\n"}, ["9464"]),
        ({"Dockerfile": IMAGE % "9464", "tests/test_a.py": "serve(9464)\n"}, ["9464"]),
        ({"Dockerfile": IMAGE % "9464", "compose.yml": "services:\n  a:\n    ports:\n      - 9464:9464\n"}, ["9464"]),
        # a variable counts when something reads it
        ({"Dockerfile": IMAGE % "9464", ".env": "SHOP_PORT=9464\n"}, ["9464"]),
        ({"Dockerfile": IMAGE % "9464", ".env": "SHOP_PORT=9464\n", "main.py": "get('SHOP_PORT')\n"}, Outcome.PASSED),
        ({"Dockerfile": SHOP, "main.go": 'package main\n\nfunc main() {\n\tviper.SetEnvPrefix("shop")\n}\n'}, Outcome.PASSED),
        ({"Dockerfile": SHOP, "main.py": "get('port')\n"}, ["9464"]),
        # defaults of servers, variables, ranges, other images, images for developers
        ({"Dockerfile": IMAGE % "8000", "main.py": ""}, Outcome.PASSED),
        ({"Dockerfile": IMAGE % "$PORT", "main.py": ""}, Outcome.NOT_APPLICABLE),
        ({"Dockerfile": (IMAGE % "9464").replace("python:3.12", "redis:7")}, Outcome.NOT_APPLICABLE),
        ({"dev.Dockerfile": IMAGE % "9464"}, Outcome.NOT_APPLICABLE),
        ({"a.yaml": POD % ("shop", ""), "shop/Dockerfile": IMAGE % "8000", "shop/a.py": ""}, ["9464"]),
        ({"a.yaml": POD % ("shop", "--port=9464"), "shop/Dockerfile": IMAGE % "8000", "shop/a.py": ""}, Outcome.PASSED),
        ({"a.yaml": POD % ("redis", ""), "shop/Dockerfile": IMAGE % "8000"}, Outcome.PASSED),
        ({"a.yaml": POD % ("shop", "")}, Outcome.NOT_APPLICABLE),
        # a text too long to be configuration, and a line too long to be read
        ({"Dockerfile": IMAGE % "9464", "a.conf": "9464\n" + "#\n" * 200_000}, ["9464"]),
    ],
)  # fmt: skip
def test_ports(files: Files, expected: list[str] | Outcome) -> None:
    assert said(CHECK, files) == expected
