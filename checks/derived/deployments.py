"""What deploys the tree's images: compose files, Kubernetes manifests, workflows that build them, platform files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.images import Image, Images
from checks.derived.tree_paths import join
from checks.facts.compose import Compose, Service
from checks.facts.kubernetes import Container, KubernetesManifest
from checks.facts.roles import Role
from checks.facts.workflow import Workflow

if TYPE_CHECKING:
    from checks.snapshot import Snapshot

By = tuple[str, int | None]
_PLATFORM = re.compile(
    r"(?:^|/)(?:fly(?:\.\w+)?\.toml|render\.ya?ml|railway\.(?:toml|json)|cloudbuild\.ya?ml|heroku\.yml|apprunner\.ya?ml|captain-definition|skaffold\.ya?ml)$"
)


@dataclass(frozen=True)
class DeployedCommand:
    """A command line that a deployment gives to a container, instead of the image's own."""

    text: str
    path: str
    line: int
    folders: tuple[str, ...]
    image: Image | None


@dataclass(frozen=True)
class Deployments:
    """Dockerfile -> what starts its image as it is, and the commands that deployments give."""

    by_dockerfile: dict[str, By]
    commands: tuple[DeployedCommand, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        images = {image.path: image for image in snapshot.derived(Images).images}
        found: dict[str, By] = {}
        commands: list[DeployedCommand] = []
        for dockerfile, by in (*_built_by_workflows(snapshot), *_platforms(snapshot)):
            found.setdefault(dockerfile, by)
        for path, compose in snapshot.files(Compose):
            if snapshot.role(path) is Role.SHIPPED:
                for service in compose.services:
                    _compose(path, service, images, found, commands)
        for path, container in _containers(snapshot):
            _kubernetes(path, container, images, found, commands)
        return cls({path: by for path, by in found.items() if path in images}, tuple(commands))

    def of(self, dockerfile: str) -> By | None:
        """The file and line that deploy a Dockerfile's image."""
        return self.by_dockerfile.get(dockerfile)


def _compose(
    path: str,
    service: Service,
    images: dict[str, Image],
    found: dict[str, By],
    commands: list[DeployedCommand],
) -> None:
    folder = path.rpartition("/")[0]
    context = join(folder, service.build.context) if service.build and not service.build.is_remote else None
    dockerfile = None
    if service.build is not None and context is not None:
        dockerfile = join(context, service.build.dockerfile or "Dockerfile")
    image = images.get(dockerfile or "")
    if service.command is None and service.entrypoint is None:
        if image is not None:
            found[image.path] = (path, service.line)
        return
    mounted = (join(folder, mount.source) for mount in service.mounts if mount.is_bind)
    folders = tuple(dict.fromkeys(f for f in (context, *mounted, folder) if f is not None))
    commands += [
        DeployedCommand(command.text, path, command.line or service.line, folders, image)
        for command in service.commands
    ]
    if image is not None and service.entrypoint is None and _keeps_entrypoint(image):
        found.setdefault(image.path, (path, service.line))


def _keeps_entrypoint(image: Image) -> bool:
    """Whether the image's own ENTRYPOINT still runs when only its command is replaced."""
    return image.dockerfile.effective("ENTRYPOINT") is not None


def _containers(snapshot: Snapshot) -> Iterator[tuple[str, Container]]:
    for path, manifest in snapshot.files(KubernetesManifest):
        if snapshot.role(path) is Role.SHIPPED:
            for thing in manifest.objects:
                for container in thing.pod.containers if thing.pod else ():
                    yield path, container


def _kubernetes(
    path: str,
    container: Container,
    images: dict[str, Image],
    found: dict[str, By],
    commands: list[DeployedCommand],
) -> None:
    name = re.split(r"[@:]", (container.image or "").rpartition("/")[2])[0]
    named = [image for image in images.values() if name and name in _names(image)]
    chosen = named or (list(images.values()) if len(images) == 1 else [])
    words = (*container.command, *container.arguments)
    for image in chosen:
        if not container.command:
            found.setdefault(image.path, (path, container.image_line or container.line))
    if words:
        first = chosen[0] if chosen else None
        folders = (first.context,) if first else ("",)
        line = container.command_line or container.line
        commands.append(DeployedCommand(" ".join(words)[:400], path, line, folders, first))


def _names(image: Image) -> set[str]:
    """What an image is likely called: its folder, its Dockerfile's prefix or suffix."""
    folder, _, name = image.path.rpartition("/")
    words = {
        folder.rpartition("/")[2],
        name.removeprefix("Dockerfile.").removesuffix(".Dockerfile"),
        image.context.rpartition("/")[2],
    }
    return words - {"", "docker", "Dockerfile"}


def _built_by_workflows(snapshot: Snapshot) -> Iterator[tuple[str, By]]:
    for path, workflow in snapshot.files(Workflow):
        for _, step in workflow.steps:
            if (
                step.uses is not None
                and "build-push-action" in step.uses.text
                and step.input("push") != "false"
            ):
                context = step.input("context") or "."
                target = join("", step.input("file") or f"{context}/Dockerfile")
                if target is not None:
                    yield target, (path, step.line)


def _platforms(snapshot: Snapshot) -> Iterator[tuple[str, By]]:
    """A platform file deploys the Dockerfile beside it."""
    for path in sorted(snapshot.paths):
        if _PLATFORM.search(path):
            folder = path.rpartition("/")[0]
            yield f"{folder}/Dockerfile".lstrip("/"), (path, None)
