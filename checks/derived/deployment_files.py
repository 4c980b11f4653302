"""Files that deploy what the repository makes: images, charts, manifests, files of platforms; and of which component."""

from __future__ import annotations

import re
from collections.abc import Collection

from checks.derived.deployments import Deployments
from checks.derived.image_references import is_for_development
from checks.derived.tree_index import folders_up
from checks.facts.dockerfile import Dockerfile
from checks.facts.roles import Role
from checks.snapshot import Snapshot

NOT_OURS = frozenset(
    {
        Role.VENDORED,
        Role.FIXTURE,
        Role.ARCHIVE,
        Role.GENERATED,
        Role.EXAMPLE,
        Role.TEST,
        Role.BENCHMARK,
        Role.DOCUMENTATION,
    }
)
_DEPLOYS = re.compile(
    r"(?:^|/)(?:(?:[\w.-]+\.)?(?:[Dd]ockerfile|[Cc]ontainerfile)(?:\.[\w-]+)?|Procfile|fly\.toml|render\.ya?ml|app\.ya?ml|serverless\.ya?ml|"
    r"railway\.(?:toml|json)|Chart\.yaml|kustomization\.ya?ml|skaffold\.yaml|captain-definition|nixpacks\.toml|cloudbuild\.ya?ml|[\w.@-]+\.service)$"
)
_DEPLOY_FOLDER = re.compile(
    r"(?:^|/)(?:k8s|kubernetes|helm|charts|manifests|deploy|deployment|deployments)/.*\.ya?ml$"
)
_DEVELOPMENT = re.compile(
    r"(?:^|/)(?:\.devcontainer|\.github|\.gitlab|\.circleci|ci|dev|hack|scripts|tools)/"
)
_BESIDE = frozenset({"docker", "deploy", "deployment", "deployments", "k8s", "kubernetes", "helm", "charts", "infra", "infrastructure", "build"})  # fmt: skip


def is_deployment(snapshot: Snapshot, path: str) -> bool:
    """Whether the file deploys something; what stands among a developer's tools does where CI makes an image of it."""
    if snapshot.role(path) in NOT_OURS:
        return False
    if _DEVELOPMENT.search(path):
        return snapshot.derived(Deployments).of(path) is not None and not is_for_development(path)
    return (_DEPLOYS.search(path) or _DEPLOY_FOLDER.search(path)) is not None


def takes_nothing(snapshot: Snapshot, path: str) -> bool:
    """Whether an image takes nothing out of the tree: it sets up somebody else's program."""
    image = snapshot.get(path, Dockerfile)
    if image is None or not image.stages:
        return False
    return not any(copy.source_stage is None for stage in image.stages for copy in stage.copies)


def deploys_component(path: str, folder: str, owners: Collection[str], idle: Collection[str]) -> bool:
    """Whether a deployment's file is the component's: nothing nearer owns it, or it stands above or beside it."""
    home = path.rpartition("/")[0]
    if path in idle and home != folder:
        return False
    nearest = next((above for above in folders_up(home) if above in owners), None)
    return nearest == folder or home in folders_up(folder) or home.partition("/")[0] in _BESIDE
