"""Images that serve: they expose a port or a compose file publishes one of theirs. And what asks for their health."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.image_references import is_for_development
from checks.derived.tree_paths import join
from checks.derived.workloads import Manifests
from checks.facts.compose import Compose, Service
from checks.facts.dockerfile import Dockerfile
from checks.facts.workflow import Workflow
from checks.snapshot import Snapshot

# Servers of others whose image brings a check, or whose platform asks for health by itself.
_PLATFORMS = re.compile(
    r"(?:^|/)(?:fly(?:\.\w+)?\.toml|render\.ya?ml|railway\.(?:toml|json)|app\.ya?ml|serverless\.ya?ml|template\.ya?ml|\.do/app\.yaml)$"
)


@dataclass(frozen=True, slots=True)
class ServiceImage:
    """A Dockerfile of a service; `checked_by` says what asks for its health, None if nothing does."""

    path: str
    stage: str
    line: int
    why: str
    checked_by: str | None


@dataclass(frozen=True)
class ServiceImages:
    """One for each Dockerfile of a service."""

    all: tuple[ServiceImage, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        services, elsewhere = dict(_compose_services(snapshot)), _asked_elsewhere(snapshot)
        found = []
        for path, dockerfile in snapshot.shipped(Dockerfile):
            final = dockerfile.final
            if final is None or is_for_development(path):
                continue
            exposed = dockerfile.effective("EXPOSE")
            service = services.get(path)
            why = (
                f"EXPOSE {exposed.text}"
                if exposed
                else f"service {service.name} publishes a port"
                if service and service.ports
                else ""
            )
            if why:
                checked_by = _checked_by(dockerfile, service) or elsewhere
                found.append(ServiceImage(path, final.label, final.line, why, checked_by))
        return cls(tuple(found))


def _checked_by(dockerfile: Dockerfile, service: Service | None) -> str | None:
    own = dockerfile.effective("HEALTHCHECK")
    if own and own.text.strip().upper() != "NONE":
        return "HEALTHCHECK"
    if service and service.healthcheck and not service.healthcheck_disabled:
        return "healthcheck of the compose service"
    return None


def _asked_elsewhere(snapshot: Snapshot) -> str | None:
    """What asks for health of whatever the tree deploys."""
    if _is_checked_where_pulled(snapshot):
        return "healthcheck of the compose service that pulls it"
    if _is_probed(snapshot):
        return "probes of the manifests"
    platform = next((p for p in sorted(snapshot.paths) if _PLATFORMS.search(p)), None)
    return f"the platform ({platform})" if platform else None


def _is_checked_where_pulled(snapshot: Snapshot) -> bool:
    """Whether a compose file asks for the health of an image that CI pushes: it takes it from the registry."""
    pushed = " ".join(
        step.input(name) or ""
        for _, workflow in snapshot.files(Workflow)
        for _, step in workflow.steps
        for name in ("images", "tags")
    )
    return any(
        service.healthcheck is not None and not service.healthcheck_disabled and _name(service) in pushed
        for _, compose in snapshot.shipped(Compose)
        for service in compose.services
        if service.build is None and service.image
    )


def _name(service: Service) -> str:
    """The image's owner and name, which no two projects have in common; of an image without an owner what no text holds."""
    image = service.resolved_image
    parts = (image.name if image else "").split("/")
    return "/".join(parts[-2:]) if len(parts) > 1 else "\0"


def _is_probed(snapshot: Snapshot) -> bool:
    """Manifests with probes: in Kubernetes a HEALTHCHECK is not even read."""
    pods = (manifest.object.pod for manifest in snapshot.derived(Manifests).objects)
    return any(container.probes for pod in pods if pod for container in pod.containers)


def _compose_services(snapshot: Snapshot) -> Iterator[tuple[str, Service]]:
    """Dockerfile -> the service that builds it; one with a health check wins."""
    found: list[tuple[str, Service]] = []
    for path, compose in snapshot.files(Compose):
        for service in compose.services:
            if service.build and not service.build.is_remote:
                folder = join(path.rpartition("/")[0], service.build.context)
                built = join(folder, service.build.dockerfile or "Dockerfile") if folder is not None else None
                if built:
                    found.append((built, service))
    yield from sorted(found, key=lambda item: item[1].healthcheck is not None)
