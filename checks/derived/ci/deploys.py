"""What counts as a deployment, by CI or by a platform that watches the repository."""

from __future__ import annotations

import re

from checks.derived.ci_capability import Capability
from checks.derived.workloads import Manifests
from checks.policy import CapabilityName
from checks.snapshot import Snapshot

DEPLOY = Capability(
    "a deployment",
    ("kubectl", "helm", "helmfile", "kustomize", "terraform apply", "tofu apply", "pulumi", "flyctl", "fly", "gcloud", "aws", "az", "sls", "serverless", "ansible-playbook", "heroku", "vercel",
     "netlify", "railway", "render", "cdk deploy", "sam deploy", "copilot", "kamal", "nomad", "skaffold", "docker stack deploy", "ssh", "scp", "rsync", "doctl", "wrangler", "cap", "dokku", "argocd",
     "eb deploy", "cf push", "nixos-rebuild", "deployctl", "modal deploy", "koyeb", "docker compose up", "oc"),
    ("azure/webapps-deploy", "azure/k8s-deploy", "azure/container-apps-deploy-action", "azure/functions-action", "aws-actions/", "google-github-actions/deploy-cloudrun",
     "google-github-actions/deploy-appengine", "appleboy/ssh-action", "appleboy/scp-action", "superfly/flyctl-actions", "akhileshns/heroku-deploy", "amondnet/vercel-action", "cloudflare/",
     "digitalocean/", "nwtgck/actions-netlify", "hashicorp/", "pulumi/actions", "burnett01/rsync-deployments", "easingthemes/ssh-deploy", "garygrossgarten/github-action-ssh", "actions/deploy-pages",
     "railwayapp/", "render-oss/", "johnbeynon/render-deploy-action", "serverless/github-action", "einaregilsson/beanstalk-deploy"),
    (r"Deploy\.gitlab-ci", r"Kubernetes@\d", "AzureWebApp", "kubectl", "helm"),
    ("deploy",),
    policy_name=CapabilityName.DEPLOYMENT,
)  # fmt: skip
# Platforms that deploy every push by themselves, told by a file.
_PLATFORM = re.compile(
    r"(?:^|/)(?:render\.ya?ml|vercel\.json|netlify\.toml|heroku\.yml|app\.json|railway\.(?:toml|json)|\.do/app\.yaml|captain-definition|amplify\.yml|apprunner\.yaml|cloudbuild\.ya?ml)$"
)


def gitops(snapshot: Snapshot) -> bool:
    """Whether something outside CI watches the repository and deploys it."""
    watched = {"Application", "ApplicationSet", "HelmRelease", "GitRepository"}
    objects = snapshot.derived(Manifests).objects
    flux = any(manifest.object.kind in watched and "." in manifest.object.api_version for manifest in objects)
    return flux or any(_PLATFORM.search(path) for path in snapshot.paths)
