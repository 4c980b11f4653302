"""Ways of deployment that documents promise: commands to type, what is called done, what the policy names."""

import pytest

from checks import Policy
from checks.derived.promised_deployments import (
    Promised,
    PromisedCompose,
    PromisedHelm,
    PromisedInfrastructure,
    PromisedKubernetes,
    PromisedUnit,
)
from tests.checks.trees import snapshot


def guide(command: str, more: str = "") -> str:
    return f"# Shop\n\n## Deployment\n\n```bash\n{command}\n```\n{more}"


@pytest.mark.parametrize(
    ("way", "text", "promised"),
    [
        (PromisedCompose, guide("docker-compose up -d\ndocker-compose up"), True),
        (PromisedCompose, guide("docker compose version"), False),
        (PromisedCompose, guide("docker compose -f other.yaml up"), False),
        (PromisedCompose, guide("curl -O https://example.org/compose.yaml\ndocker compose up"), False),
        (PromisedCompose, guide("docker compose up", "```yaml\nservices:\n  a: {}\n```\n"), False),
        (PromisedCompose, "# Status\n\n- Docker Compose stack ✅\n", True),
        (PromisedCompose, "# Status\n\n- Docker Compose stack is planned\n", False),
        (PromisedKubernetes, guide("kubectl apply -k deploy/prod"), True),
        (PromisedKubernetes, guide("kubectl apply -f https://example.org/crd.yaml"), False),
        (PromisedKubernetes, guide("kubectl create secret generic a"), False),
        (PromisedHelm, guide("helm upgrade --install shop ./deploy/chart"), True),
        (PromisedHelm, guide("helm install redis bitnami/redis"), False),
        (PromisedInfrastructure, guide("terraform -chdir=infra apply"), True),
        (PromisedUnit, guide("systemctl restart docker"), False),
        (PromisedUnit, guide("systemctl status shop"), False),
        (PromisedUnit, guide("sudo systemctl restart shop.service"), True),
    ],
)
def test_what_promises(way: type[Promised], text: str, promised: bool) -> None:
    tree = snapshot({"README.md": text, "go.mod": "module example.org/shop\n"})
    assert bool(len(tree.derived(way))) is promised


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("deploy/web.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n"),
        ("chart/Chart.yaml", "name: a\n"),
    ],
)
def test_any_manifest_keeps_the_promise(path: str, text: str) -> None:
    tree = snapshot({"README.md": guide("kubectl apply -f deploy/"), path: text})
    assert tree.derived(PromisedKubernetes).there == path


def test_the_policy_asks_by_naming_the_check() -> None:
    policy = Policy.model_validate({"checks": {"no-helm-chart": {"enabled": True}}})
    (gap,) = snapshot({"README.md": "# Shop\n"}, policy).derived(PromisedHelm).unmet()
    assert "policy asks" in gap.message  # type: ignore[union-attr]
    assert gap.path is None
