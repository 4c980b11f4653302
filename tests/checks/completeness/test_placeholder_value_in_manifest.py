"""What is left to fill in, and what fills it in."""

from __future__ import annotations

import pytest

from checks import Outcome, Severity
from tests.checks.trees import Files
from tests.checks.verdicts import result_of, said

CHECK = "placeholder-value-in-manifest"
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      image: %s\n"
IMAGE = "gcr.io/YOUR-PROJECT/a:1"
COMPOSE = "services:\n  a:\n    image: a:1\n    environment:\n      %s: %s\n"
STEP = (
    "on: push\njobs:\n  a:\n    runs-on: u\n    steps:\n      - uses: a/b@v1\n        with: {registry: %s}\n"
)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"k8s/pod.yaml": POD % IMAGE}, ["placeholders"], id="an image"),
        pytest.param({"k8s/pod.yaml": POD % "'{{ .Values.image }}/YOUR-PROJECT'"}, Outcome.NOT_APPLICABLE, id="a template"),
        pytest.param({"examples/pod.yaml": POD % IMAGE}, Outcome.NOT_APPLICABLE, id="an example"),
        pytest.param({"k8s/pod.yaml": POD % "a:1", "k8s/pod.sample.yaml": POD % IMAGE}, Outcome.PASSED, id="for copying"),
        pytest.param({"k8s/pod.yaml": POD % IMAGE, "k8s/kustomization.yaml": "images:\n  - name: gcr.io/YOUR-PROJECT/a\n    newName: b\n"}, Outcome.PASSED, id="renamed"),
        pytest.param({"k8s/pod.yaml": POD % IMAGE, "deploy.sh": "sed -i s/YOUR-PROJECT/$P/ k8s/pod.yaml\n"}, Outcome.PASSED, id="a script fills it in"),
        pytest.param({"k8s/pod.yaml": POD % IMAGE, "deploy.py": "text = text.replace('YOUR-PROJECT', project)\n"}, Outcome.PASSED, id="a program fills it in"),
        pytest.param({"compose.yaml": COMPOSE % ("HOST", "changeme")}, ["placeholders"], id="a variable"),
        pytest.param({"compose.yaml": COMPOSE % ("PASSWORD", "changeme")}, Outcome.PASSED, id="a password is told of elsewhere"),
        pytest.param({".github/workflows/a.yml": STEP % "your-registry"}, ["placeholders"], id="an input of a workflow"),
        pytest.param({".github/workflows/a.yml": STEP % "registry.example.com"}, Outcome.PASSED, id="an example's domain in a workflow"),
    ],
)  # fmt: skip
def test_what_is_left(files: Files, expected: list[str] | Outcome) -> None:
    assert said(CHECK, files) == expected


def test_a_domain_weighs_less() -> None:
    (gap,) = result_of(CHECK, {"k8s/pod.yaml": POD % "registry.example.com/a:1"}).gaps
    assert gap.severity is Severity.MEDIUM
    long = f"'{'x' * 400} YOUR-PROJECT'"
    assert said(CHECK, {"k8s/pod.yaml": POD % long}) is Outcome.PASSED
