"""One pod behind a service, and credentials that no workload pulls with."""

import pytest

from checks import Outcome
from checks.registry import find_check
from tests.checks.trees import report
from tests.checks.verdicts import said

WEB = """apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  %s
  template:
    metadata: {labels: {app: web}}
    spec:
      volumes: [%s]
      containers: [{name: web, image: "registry.example.com/web:1"}]
"""
SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}}\n"
SCALER = "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: w}\nspec: {scaleTargetRef: {name: web}}\n"
PATCH = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 3}\n"
IN_PLACE = (
    "patches:\n  - target: {kind: Deployment, name: web}\n    patch: |-\n"
    "      apiVersion: apps/v1\n      kind: Deployment\n      metadata: {name: any}\n      spec: {replicas: 3}\n"
)
MAKES = "# Shop\n\n## Deployment\n\n```bash\n# a key\nkubectl create secret docker-registry key --docker-server=registry.example.com\n%s\n```\n"


def outcome(check: str, files: dict[str, str]) -> Outcome:
    known = find_check(check)
    assert known
    return report(files, known).results[0].outcome


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"web.yaml": WEB % ("replicas: 1", "")}, Outcome.GAP),
        ({"web.yaml": WEB % ("strategy: {type: Recreate}", "")}, Outcome.NOT_APPLICABLE),
        (
            {"web.yaml": WEB % ("", "{name: d, persistentVolumeClaim: {claimName: d}}")},
            Outcome.NOT_APPLICABLE,
        ),
        ({"web.yaml": WEB % ("", ""), "scaler.yaml": SCALER}, Outcome.PASSED),
        (
            {
                "web.yaml": WEB % ("", ""),
                "prod/kustomization.yaml": "resources: [..]\nreplicas: [{name: web, count: 3}]\n",
            },
            Outcome.PASSED,
        ),
        (
            {
                "web.yaml": WEB % ("", ""),
                "prod/kustomization.yaml": "patches: [{path: more.yaml}]\n",
                "prod/more.yaml": PATCH,
            },
            Outcome.PASSED,
        ),
        ({"web.yaml": (WEB % ("", "")).replace("app: web", "app: other")}, Outcome.NOT_APPLICABLE),
    ],
)
def test_one_pod(files: dict[str, str], expected: Outcome) -> None:
    assert outcome("k8s-single-replica", {**files, "service.yaml": SERVICE}) is expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"README.md": MAKES % "", "web.yaml": WEB % ("", "")}, Outcome.GAP),
        (
            {
                "README.md": MAKES
                % """kubectl patch serviceaccount default -p '{"imagePullSecrets": [{"name": "key"}]}'""",
                "web.yaml": WEB % ("", ""),
            },
            Outcome.PASSED,
        ),
        (
            {
                "README.md": MAKES % "",
                "web.yaml": WEB % ("", ""),
                "account.yaml": "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\nimagePullSecrets: [{name: key}]\n",
            },
            Outcome.PASSED,
        ),
        (
            {"README.md": MAKES % "", "web.yaml": (WEB % ("", "")).replace("registry.example.com/", "")},
            Outcome.PASSED,
        ),
        ({"README.md": MAKES % "", "web.yaml": (WEB % ("", "")) + "# {{ .Values.a }}\n"}, Outcome.UNDECIDED),
        (
            {
                ".github/workflows/deploy.yml": "on: push\njobs: {a: {runs-on: x, steps: [{run: make}, {run: kubectl create secret docker-registry key}]}}\n",
                "web.yaml": WEB % ("", ""),
            },
            Outcome.GAP,
        ),
    ],
)
def test_credentials(files: dict[str, str], expected: Outcome) -> None:
    assert outcome("k8s-image-pull-secret-missing", files) is expected


def test_a_namespace_without_a_quota_names_what_runs_there() -> None:
    known = find_check("k8s-no-resource-quota")
    assert known
    files = {
        "shop.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n",
        "web.yaml": (WEB % ("", "")).replace("{name: web}", "{name: web, namespace: shop}", 1),
    }
    (gap,) = report(files, known).results[0].gaps
    assert [evidence.path for evidence in gap.gap.evidence] == ["web.yaml", None]


def test_a_placeholder_is_one_gap_of_one_check() -> None:
    """What placeholder-value-in-manifest names is not named again."""
    secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData:\n  key: REPLACE_ME\n"
    assert outcome("placeholder-value-in-manifest", {"secret.yaml": secret}) is Outcome.GAP
    assert outcome("k8s-invalid-secret", {"secret.yaml": secret}) is Outcome.PASSED


@pytest.mark.parametrize(
    ("overlay", "expected"),
    [
        (
            IN_PLACE,
            Outcome.PASSED,
        ),
        ("patches: [{path: ops.yaml, target: {kind: Deployment, name: other}}]\n", Outcome.GAP),
        ("patches: [{path: ops.yaml, target: {kind: Deployment, name: web}}]\n", Outcome.NOT_APPLICABLE),
        ("patches: [{path: ops.yaml, target: {kind: Deployment}}]\n", Outcome.NOT_APPLICABLE),
    ],
)
def test_patches_in_place_are_read_and_operations_make_only_their_target_unknown(
    overlay: str, expected: Outcome
) -> None:
    files = {
        "web.yaml": WEB % ("replicas: 1", ""),
        "service.yaml": SERVICE,
        "prod/kustomization.yaml": "resources: [..]\n" + overlay,
        "prod/ops.yaml": "- {op: replace, path: /spec/replicas, value: 3}\n",
    }
    assert outcome("k8s-single-replica", files) is expected


def test_other_secrets_are_no_registry_credentials() -> None:
    """Only Docker's own types log a node in."""
    secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: keys}\ntype: Opaque\n"
    assert said("k8s-image-pull-secret-missing", {"deploy/secret.yaml": secret}) == Outcome.NOT_APPLICABLE
