"""Images of others that the tree names: bases of Dockerfiles, services of compose files, containers of manifests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.workloads import Manifest, Manifests
from checks.facts.compose import Compose
from checks.facts.dockerfile import Dockerfile, Image
from checks.facts.kustomization import Kustomization
from checks.facts.roles import Role
from checks.facts.yaml_document import TEMPLATE_VALUE
from checks.snapshot import Snapshot

# Files for a developer's machine or for CI alone: what they name goes to no production.
_DEVELOPMENT = re.compile(
    r"(?:^|/)(?:\.devcontainer|development|(?:docker|compose|deploy)/(?:dev|local))/|(?:^|/)(?:docker-)?compose[.-][\w.-]*(?:dev|test|local|override|ci|e2e|debug)|(?:^|[/._-])(?:dev|tests?|testing|ci|local|e2e)[._-](?:docker-)?compose[\w.-]*$|(?:^|[/._-])(?:dev|test|tests|ci|local|debug|build|builder)[._-]?dockerfile|dockerfile[._-](?:dev|test|tests|ci|local|debug|build|builder|lint|e2e|playwright|cypress)|(?:^|/)\.github/|(?:^|/)_?(?:local|dev)/(?:[\w-]+\.)?dockerfile"
    r"|(?:^|/)packag(?:e|es|ing)/(?:[^/]+/)*(?:deb|debian|rpm|fedora|arch|aur|apk|snap|flatpak|appimage)/",
    re.IGNORECASE,
)


def is_for_development(path: str) -> bool:
    """Whether the path says that the file serves developers or tests only."""
    return _DEVELOPMENT.search(path) is not None


@dataclass(frozen=True, slots=True)
class ImageReference:
    """An image in a file. `kind` is base, service or container; `user` the stage, service or object that names it."""

    image: Image
    path: str
    line: int
    kind: str
    user: str
    is_built_here: bool = False

    @property
    def is_stated(self) -> bool:
        """Whether name and tag can be read: no template, no variable without a default."""
        return (
            self.image.is_known
            and TEMPLATE_VALUE not in self.image.resolved
            and "$" not in self.image.resolved
        )


@dataclass(frozen=True)
class ImageReferences:
    """All of shipped files."""

    all: tuple[ImageReference, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls((*_bases(snapshot), *_services(snapshot), *_containers(snapshot)))

    def of(self, kind: str) -> Iterator[ImageReference]:
        """Those of one kind."""
        return (reference for reference in self.all if reference.kind == kind)


def _bases(snapshot: Snapshot) -> Iterator[ImageReference]:
    for path, dockerfile in snapshot.files(Dockerfile):
        if snapshot.role(path) not in (Role.SHIPPED, Role.TOOL) or is_for_development(path):
            continue
        for stage in dockerfile.stages:
            if stage.base_stage is None and stage.base.name != "scratch":
                yield ImageReference(stage.base, path, stage.line, "base", stage.name or stage.base.name)


def _services(snapshot: Snapshot) -> Iterator[ImageReference]:
    for path, compose in snapshot.shipped(Compose):
        if is_for_development(path):
            continue
        for service in compose.services:
            if image := service.resolved_image:
                yield ImageReference(
                    image, path, service.image_line, "service", service.name, service.build is not None
                )


def _containers(snapshot: Snapshot) -> Iterator[ImageReference]:
    replaced = {
        name: (tag, digest)
        for _, kustomization in snapshot.shipped(Kustomization)
        for name, tag, digest, _ in kustomization.images
    }
    for manifest in snapshot.derived(Manifests).objects:
        for written, line in _images(manifest):
            image = Image(written, written, is_known=True)
            tag, digest = replaced.get(image.name, (None, None))
            if manifest.object.pod and (digest or (tag and tag != "latest")):
                continue  # NOTE: an overlay says which version is deployed
            yield ImageReference(image, manifest.path, line, "container", manifest.object.label)


def _images(manifest: Manifest) -> Iterator[tuple[str, int]]:
    """The images of a pod template; Cloud Run's and Knative's services have one too."""
    pod = manifest.object.pod
    for container in pod.containers if pod else ():
        if container.image:
            yield container.image, container.image_line
    if manifest.object.api_version.startswith("serving.knative.dev"):
        for node in manifest.object.node.list("spec", "template", "spec", "containers"):
            if image := node.string("image"):
                yield image, node.line_of("image")
