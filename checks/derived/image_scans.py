"""Images that the repository ships, whether CI builds them, and what of CI's scans looks at an image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from checks.derived.ci_capability import Capability
from checks.derived.ci_commands import CiAction, CiCommand, ContinuousIntegration
from checks.derived.image_references import is_for_development
from checks.facts.dockerfile import Dockerfile
from checks.policy import CapabilityName
from checks.snapshot import Snapshot

BUILD = Capability(
    "an image build",
    ("docker build", "docker buildx", "docker compose build", "docker-compose build", "docker compose up", "docker-compose up", "buildah", "podman build", "kaniko", "ko build",
     "ko publish", "ko apply", "pack build", "depot build", "docker bake", "nerdctl build", "earthly", "skaffold build", "flyctl deploy", "fly deploy", "gcloud builds submit",
     "gcloud run deploy", "az acr build", "heroku container:push", "img build", "jib", "docker stack deploy", "copilot deploy"),
    ("docker/build-push-action", "docker/bake-action", "redhat-actions/buildah-build", "ko-build/setup-ko", "depot/build-push-action", "mr-smithers-excellent/docker-build-push",
     "elgohr/publish-docker-github-action", "whoan/docker-build-with-cache-action", "superfly/flyctl-actions", "azure/docker-login", "hadolint/docker-build",
     "useblacksmith/build-push-action", "namespacelabs/nscloud-setup-buildx-action", "int128/kaniko-action", "docker/github-builder/.github/workflows/build.yml"),
    ("kaniko", "Build\\.gitlab-ci", "Docker@\\d", "docker-publish", "plugin-docker", "plugin-kaniko", "drone-docker", "(?:^|/)plugins/(?:docker|ecr|gcr|gar|acr|buildx)"),
)  # fmt: skip
SCAN = Capability(
    "an image scan",
    ("trivy", "grype", "docker scout", "docker-scout", "snyk", "clair-scanner", "clairctl", "anchore-cli", "anchorectl", "twistcli", "wizcli", "sysdig-cli-scanner", "osv-scanner",
     "gcloud artifacts docker images scan", "neuvector"),
    ("aquasecurity/trivy-action", "anchore/scan-action", "docker/scout-action", "snyk/actions/docker", "azure/container-scan", "sysdiglabs/scan-action", "crazy-max/ghaction-container-scan",
     "lazy-actions/gitrivy", "google/osv-scanner-action/", "jfrog/frogbot", "wiz-sec/", "aws-actions/vulnerability-scan-github-action-for-amazon-inspector", "artis3n/"),
    ("trivy", "grype", "Container-Scanning\\.gitlab-ci", "container_scanning", "clair"),
    policy_name=CapabilityName.IMAGE_SCAN,
)  # fmt: skip
_FILE_SCANS = frozenset({"fs", "filesystem", "config", "conf", "repo", "repository", "rootfs", "sbom", "k8s"})


def scans_image(found: CiCommand | CiAction | str) -> bool:
    """Whether a scan looks at an image rather than at the repository's files."""
    if isinstance(found, CiAction):
        return _action_scans_image(found)
    if isinstance(found, CiCommand):
        return _command_scans_image(found)
    return True


def _command_scans_image(found: CiCommand) -> bool:
    words = found.command.unwrapped().words
    plain = [word for word in words[1:] if not word.startswith("-")]
    if found.runs("trivy"):
        return not plain or plain[0] not in (*_FILE_SCANS, "plugin", "--version", "clean", "server")
    if found.runs("grype"):
        return not any(word.startswith(("dir:", "file:", ".", "sbom:./")) for word in plain)
    if found.runs("snyk"):
        return "container" in plain
    if found.runs("osv-scanner"):
        return "image" in plain or "--docker" in words
    return True


def _action_scans_image(found: CiAction) -> bool:
    step = found.step
    if found.name == "aquasecurity/trivy-action":
        return (step.input("scan-type") or "image") not in _FILE_SCANS
    if found.name == "anchore/scan-action":
        return bool(step.input("image")) or not (step.input("path") or step.input("sbom"))
    if found.name.startswith("google/osv-scanner-action"):
        return "image" in f"{found.name}{step.inputs}"
    return True


@dataclass(frozen=True)
class ShippedImages:
    """The Dockerfiles of what is shipped, where there is CI to judge them; without any CI that is the one gap."""

    paths: tuple[str, ...]
    is_built_in_ci: bool
    file_scans: tuple[tuple[str, int], ...]

    def __len__(self) -> int:
        return len(self.paths)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        ci = snapshot.derived(ContinuousIntegration)
        if not len(ci):
            return cls((), is_built_in_ci=False, file_scans=())
        paths = tuple(
            path
            for path, dockerfile in snapshot.shipped(Dockerfile)
            if dockerfile.stages and not is_for_development(path)
        )
        scans = [found for found in SCAN.performed(ci) if not isinstance(found, str)]
        of_files = tuple((found.path, found.origin.line) for found in scans if not scans_image(found))
        return cls(
            tuple(sorted(paths, key=lambda path: (path.count("/"), path))), BUILD.is_performed(ci), of_files
        )
