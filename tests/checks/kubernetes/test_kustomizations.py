"""Kustomizations: what they list, stand on and leave out."""

from __future__ import annotations

import pytest

from tests.checks.verdicts import outcome_of

OBJECT = "apiVersion: v1\nkind: {kind}\nmetadata: {{name: x}}\n"
SERVICE = OBJECT.format(kind="Service")
LISTS = "resources:\n  - web.yaml\n"
BASE = {"base/kustomization.yaml": LISTS, "base/web.yaml": SERVICE}
MERGED = "configMapGenerator:\n  - name: settings\n    behavior: merge\n    literals: [A=1]\n"
SETTINGS = OBJECT.format(kind="ConfigMap").replace("name: x", "name: settings")
GENERATED = "configMapGenerator:\n  - name: settings\n    literals: [A=0]\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"base/worker.yaml": SERVICE}, "gap"),
        ({"base/worker.yaml": "a: 1\n"}, "passed"),
        ({"base/worker.yaml": OBJECT.format(kind="CustomResourceDefinition")}, "passed"),
        ({"base/worker.yaml": OBJECT.format(kind="Secret")}, "passed"),
        ({"base/worker.example.yaml": SERVICE}, "passed"),
        ({"base/worker.yaml": SERVICE, "skaffold.yaml": "a: 1\n"}, "passed"),
        ({"base/worker.yaml": SERVICE, "deploy.sh": "kubectl apply -f base/worker.yaml\n"}, "passed"),
        ({"base/worker.yaml": SERVICE, "Makefile": "up:\n\tkubectl apply -f base/worker.yaml\n"}, "passed"),
        ({"base/worker.yaml": SERVICE, "README.md": "# X\n\n```sh\nkubectl apply -f base/worker.yaml\n```\n"}, "passed"),
        ({"base/worker.yaml": SERVICE, "prod/kustomization.yaml": "patches:\n  - path: ../base/worker.yaml\n"}, "passed"),
        ({"base/kustomization.yaml": LISTS + "#  - ./worker.yaml\n", "base/worker.yaml": SERVICE}, "passed"),
        ({"base/kustomization.yaml": LISTS + GENERATED, "base/s.yaml": SETTINGS, "up.sh": "kubectl apply -f base/s.yaml\n"}, "gap"),
        ({"base/kustomization.yaml": LISTS + MERGED, "base/s.yaml": SETTINGS, "up.sh": "kubectl apply -f base/s.yaml\n"}, "passed"),
        ({"base/kustomization.yaml": "resources: [../other]\n", "base/worker.yaml": SERVICE}, "not applicable"),
    ],
)  # fmt: skip
def test_manifests_beside_a_list(files: dict[str, str], expected: str) -> None:
    assert outcome_of("manifest-not-referenced", {**BASE, **files}).value == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"prod/kustomization.yaml": f"resources: [../base]\n{MERGED}"}, "gap"),
        ({"prod/kustomization.yaml": f"resources: [../base]\n{MERGED}", "base/kustomization.yaml": LISTS + GENERATED}, "passed"),
        ({"prod/kustomization.yaml": f"resources: [../base]\n{MERGED}", "dev/kustomization.yaml": GENERATED}, "gap"),
        ({"prod/kustomization.yaml": f"resources: ['https://example.org/base']\n{MERGED}"}, "passed"),
        (
            {
                "prod/kustomization.yaml": f"components: [../extra]\n{GENERATED}",
                "extra/kustomization.yaml": MERGED,
            },
            "passed",
        ),
    ],
)  # fmt: skip
def test_merging_with_what_is_generated(files: dict[str, str], expected: str) -> None:
    assert outcome_of("kustomize-reference-missing", {**BASE, **files}).value == expected
