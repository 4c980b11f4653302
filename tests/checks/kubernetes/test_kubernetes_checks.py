"""Manifests beyond the pages' examples: what templates, overlays and other objects make of a finding."""

from __future__ import annotations

import pytest

from checks import Outcome, Severity
from tests.checks.verdicts import result_of, said

DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: web:1.0
          ports:
            - containerPort: 80
"""
TEMPLATED = DEPLOYMENT.replace("name: web\nspec", "name: {{ .Values.name }}\nspec")
SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector:\n    %s\n"
SECRET = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: keys\n%s:\n  TOKEN: %s\n"
NAMESPACE = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: %s\n"
POLICY_ENGINE = "apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata:\n  name: pods\n"
WORKER = DEPLOYMENT.replace("          ports:\n            - containerPort: 80\n", "")
ROLE = (
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: %s\n"
    'rules:\n  - apiGroups: ["*"]\n    resources: ["*"]\n    verbs: ["*"]\n'
)
CLAIM = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\nspec:\n  accessModes: [ReadWriteOnce]\n"
MOUNTED = (
    DEPLOYMENT
    + "      volumes:\n        - name: data\n          persistentVolumeClaim:\n            claimName: data\n"
)
MERGED = "configMapGenerator:\n  - name: settings\n    behavior: merge\n    literals: [A=1]\n"
GENERATED = "configMapGenerator:\n  - name: settings\n    literals: [A=0]\n"


@pytest.mark.parametrize(
    ("check", "files", "expected"),
    [
        pytest.param(
            "k8s-dangling-selector",
            {"k8s/web.yaml": DEPLOYMENT, "k8s/service.yaml": SERVICE % "operator: made"},
            Outcome.UNDECIDED,
            id="labels that no pod here has a key of may be another's",
        ),
        pytest.param(
            "k8s-dangling-selector",
            {"k8s/service.yaml": SERVICE % "app: web"},
            Outcome.UNDECIDED,
            id="without pods, the pods are made elsewhere",
        ),
        pytest.param(
            "k8s-dangling-selector",
            {"k8s/web.yaml": DEPLOYMENT, "k8s/service.yaml": SERVICE % "app: wbe"},
            ["Service web"],
            id="the key is there, the value is not",
        ),
        pytest.param(
            "k8s-invalid-secret",
            {"k8s/keys.example.yaml": SECRET % ("stringData", "changeme")},
            Outcome.PASSED,
            id="an example's placeholder is its purpose",
        ),
        pytest.param(
            "k8s-invalid-secret",
            {"k8s/keys.yaml": SECRET % ("data", '""')},
            Outcome.PASSED,
            id="an empty value is filled in elsewhere",
        ),
        pytest.param(
            "k8s-invalid-secret",
            {"k8s/keys.yaml": SECRET % ("stringData", "s3cr-not-base64!")},
            Outcome.PASSED,
            id="stringData need not be base64",
        ),
        pytest.param(
            "k8s-missing-security-context",
            {"chart/templates/web.yaml": TEMPLATED},
            Outcome.UNDECIDED,
            id="a template may add a security context",
        ),
        pytest.param(
            "k8s-no-probes",
            {"chart/templates/web.yaml": TEMPLATED},
            Outcome.UNDECIDED,
            id="a template may add probes",
        ),
        pytest.param(
            "k8s-no-probes",
            {"k8s/worker.yaml": WORKER},
            Outcome.PASSED,
            id="what opens no port is not probed",
        ),
        pytest.param(
            "k8s-no-resource-limits",
            {"chart/templates/web.yaml": TEMPLATED},
            Outcome.UNDECIDED,
            id="a template may add limits",
        ),
        pytest.param(
            "k8s-no-disruption-budget",
            {"k8s/web.yaml": DEPLOYMENT},
            Outcome.PASSED,
            id="one replica has nothing to keep up",
        ),
        pytest.param(
            "k8s-no-pod-security-standard",
            {"k8s/shop.yaml": NAMESPACE % "shop", "k8s/policy.yaml": POLICY_ENGINE},
            Outcome.PASSED,
            id="a policy engine refuses pods instead",
        ),
        pytest.param(
            "k8s-no-pod-security-standard",
            {"chart/templates/shop.yaml": NAMESPACE % "{{ .Release.Namespace }}"},
            Outcome.UNDECIDED,
            id="a template may label the namespace",
        ),
        pytest.param(
            "k8s-rbac-overbroad",
            {"chart/templates/role.yaml": ROLE % "{{ .Release.Name }}"},
            Outcome.PASSED,
            id="a template's role is not judged",
        ),
        pytest.param(
            "k8s-rbac-overbroad",
            {"k8s/role.yaml": ROLE % "all"},
            ["ClusterRole all: do everything to everything"],
            id="the same role in plain text is",
        ),
        pytest.param(
            "k8s-rwo-volume-with-replicas",
            {"k8s/claim.yaml": CLAIM, "k8s/web.yaml": MOUNTED},
            Outcome.PASSED,
            id="one replica may have the volume to itself",
        ),
        pytest.param(
            "k8s-rwo-volume-with-replicas",
            {
                "k8s/base/claim.yaml": CLAIM,
                "k8s/base/web.yaml": MOUNTED,
                "k8s/production/kustomization.yaml": "resources: [../base]\nreplicas:\n  - name: web\n    count: 3\n",
            },
            ["Deployment web: data"],
            id="an overlay asks for more replicas",
        ),
        pytest.param(
            "kustomize-reference-missing",
            {
                "k8s/base/kustomization.yaml": GENERATED,
                "k8s/production/kustomization.yaml": f"resources: [../base]\n{MERGED}",
            },
            Outcome.PASSED,
            id="the base generates what the overlay merges with",
        ),
        pytest.param(
            "kustomize-reference-missing",
            {"k8s/production/kustomization.yaml": MERGED},
            ["ConfigMap settings"],
            id="nothing generates what the overlay merges with",
        ),
    ],
)
def test_manifests(check: str, files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said(check, files) == expected


@pytest.mark.parametrize(
    ("dockerfile", "name", "expected"),
    [
        pytest.param(
            "FROM alpine\nUSER app\nCMD web\n", "web", Severity.MEDIUM, id="its own image gives root up"
        ),
        pytest.param("FROM alpine\nUSER app\nCMD web\n", "redis", Severity.HIGH, id="somebody else's"),
        pytest.param("FROM alpine\nCMD web\n", "web", Severity.HIGH, id="as root"),
    ],
)
def test_whose_image_a_pod_without_a_context_runs(dockerfile: str, name: str, expected: Severity) -> None:
    files = {
        "Dockerfile": dockerfile,
        "go.mod": "module example.com/web\n",
        "k8s/a.yaml": DEPLOYMENT.replace("image: web", f"image: example/{name}"),
    }
    assert [gap.severity for gap in result_of("k8s-missing-security-context", files).gaps] == [expected]


def test_a_role_ends_at_its_namespace() -> None:
    severities = [
        result_of("k8s-rbac-overbroad", {"k8s/role.yaml": role % "all"}).gaps[0].severity
        for role in (ROLE, ROLE.replace("ClusterRole", "Role"))
    ]
    assert severities == [Severity.HIGH, Severity.MEDIUM]
