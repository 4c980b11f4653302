"""Workloads that start what their image starts."""

import pytest

from checks import Outcome
from tests.checks.trees import Files
from tests.checks.verdicts import said

MANIFEST = "apiVersion: apps/v1\nkind: %s\nmetadata: {name: shop}\nspec:\n  template:\n    spec:\n      containers:\n        - {name: a, image: '%s'%s}\n"
IMAGE = {"shop/Dockerfile": 'FROM debian:13-slim\nCOPY a.py .\nENTRYPOINT ["shop"]\nCMD ["--version"]\n', "shop/a.py": "x = 1\n"}  # fmt: skip
RUNS = {"shop/Dockerfile": 'FROM debian:13-slim\nCOPY a.py .\nCMD ["shop", "serve"]\n', "shop/a.py": "x = 1\n"}  # fmt: skip
SILENT = {"shop/Dockerfile": "FROM debian:13-slim\nCOPY a.py .\n", "shop/a.py": "x = 1\n"}
NAMED = {
    "Dockerfile": 'FROM debian:13-slim\nCMD ["shop", "--help"]\n',
    "Cargo.toml": '[package]\nname = "shop"\n',
}


@pytest.mark.parametrize(
    ("files", "kind", "image", "more", "expected"),
    [
        pytest.param(IMAGE, "Deployment", "acme/shop:1", "", ["Deployment shop: a"], id="says its version"),
        pytest.param(NAMED, "StatefulSet", "shop@sha256:0", "", ["StatefulSet shop: a"], id="named after its package"),
        pytest.param(IMAGE, "Deployment", "acme/shop:1", ", args: [serve]", Outcome.PASSED, id="is told what to do"),
        pytest.param(RUNS, "Deployment", "acme/shop:1", "", Outcome.PASSED, id="serves"),
        pytest.param(SILENT, "Deployment", "acme/shop:1", "", Outcome.PASSED, id="the base's command"),
        pytest.param(IMAGE, "Deployment", "redis:7", "", Outcome.NOT_APPLICABLE, id="somebody else's image"),
        pytest.param(IMAGE, "Job", "acme/shop:1", "", Outcome.NOT_APPLICABLE, id="meant to end"),
        pytest.param({**IMAGE, "b/Dockerfile": "FROM debian:13\n"}, "Deployment", "acme/shop:1", "", Outcome.NOT_APPLICABLE, id="two images"),
    ],
)  # fmt: skip
def test_commands(files: Files, kind: str, image: str, more: str, expected: list[str] | Outcome) -> None:
    manifest = {"k8s/a.yaml": MANIFEST % (kind, image, more)}
    assert said("k8s-workload-command-exits", {**files, **manifest}) == expected
