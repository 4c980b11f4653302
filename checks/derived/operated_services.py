"""Services that those who own the repository run themselves: what only an operator owes is asked of no one else.

A product that is published for others to run (its image or package is pushed to a registry, and nothing in the tree
deploys it) is operated by them; their alerts, dashboards and incidents are not in its repository. So is what comes out of a
template: each project made from it has operators of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.derived.ci_capability import Capability
from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.project_kind import Component, Services
from checks.derived.publications import Publications
from checks.derived.template import Template
from checks.derived.workloads import Workloads
from checks.model import Evidence, Gap
from checks.snapshot import Snapshot

_CLOUD = re.compile(
    r"(?:^|/)(?:fly(?:\.\w+)?\.toml|apprunner\.ya?ml|cloudbuild\.ya?ml|serverless\.ya?ml)$|\.tf$|\.bicep$"
)
# Manifests beside packages for distributions are there for those who install the product.
_PACKAGED = re.compile(r"(?:^|/)(?:distribution|packaging|contrib)/")
RUN_BY_CI = Capability(
    "a deployment of the services",
    ("kubectl apply", "kubectl set", "kubectl rollout", "helm upgrade", "helm install", "helmfile", "kustomize", "terraform apply", "tofu apply", "pulumi up", "flyctl deploy", "fly deploy",
     "gcloud run", "gcloud app", "aws ecs", "aws lambda", "az webapp", "az containerapp", "serverless deploy", "sls deploy", "ansible-playbook", "heroku", "railway up", "cdk deploy", "sam deploy",
     "kamal deploy", "nomad", "docker stack deploy", "wrangler deploy", "dokku", "argocd", "eb deploy", "cf push"),
    ("azure/webapps-deploy", "azure/k8s-deploy", "azure/container-apps-deploy-action", "azure/functions-action", "aws-actions/amazon-ecs-deploy-task-definition",
     "google-github-actions/deploy-cloudrun", "google-github-actions/deploy-appengine", "appleboy/ssh-action", "superfly/flyctl-actions", "akhileshns/heroku-deploy", "pulumi/actions",
     "render-oss/", "railwayapp/", "serverless/github-action", "einaregilsson/beanstalk-deploy"),
)  # fmt: skip


OFFERED = Capability(
    "a published chart or manifests",
    ("helm push", "cr upload", "flux push", "timoni mod push", "helm cm-push"),
    ("helm/chart-releaser-action", "stefanprodan/helm-gh-pages", "appany/helm-oci-chart-releaser"),
)


@dataclass(frozen=True)
class OperatedServices:
    """The services; none where the repository only publishes them for others."""

    components: tuple[Component, ...]
    name: str
    evidence: tuple[Evidence, ...]

    def __len__(self) -> int:
        return len(self.components)

    def without(self, subject: str, what: str, looked_for: str) -> Gap:
        """The gap that they are deployed and lack something, with what was looked for and where."""
        evidence = (*self.evidence, Evidence(f"looked for {looked_for}"))
        return Gap(subject, f"{self.name} is deployed and {what}.", evidence=evidence)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        services = snapshot.derived(Services)
        published = len(snapshot.derived(Publications)) and not _deployed(snapshot)
        if not len(services) or published or snapshot.derived(Template).is_one:
            return cls((), "", ())
        return cls(services.components, services.name, services.evidence)


def _deployed(snapshot: Snapshot) -> bool:
    """Whether something in the tree runs the services somewhere. A platform's one-click file is for others too."""
    if OFFERED.is_performed(snapshot.derived(ContinuousIntegration)):
        return False  # its manifests are for others too; what CI installs is there to be tested
    workloads = snapshot.derived(Workloads)
    manifests = {one.path for one in workloads.items} | {one.path for one in workloads.unread}
    if any(not _PACKAGED.search(path) for path in manifests) or any(
        _CLOUD.search(path) for path in snapshot.paths
    ):
        return True
    return RUN_BY_CI.is_performed(snapshot.derived(ContinuousIntegration))
