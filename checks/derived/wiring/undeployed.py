"""Services beside deployed ones that nothing deploys: an image that no compose file builds, an application without one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.deployments import Deployments
from checks.derived.entry_point import Rank
from checks.derived.images import Images
from checks.derived.reachability import Reachability
from checks.derived.tree_paths import is_hidden, join, parents
from checks.facts.compose import Compose
from checks.facts.kubernetes import KubernetesManifest
from checks.facts.makefile import Makefile
from checks.facts.roles import Role
from checks.facts.shell_source import ShellSource
from checks.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.derived.images import Image
    from checks.snapshot import Snapshot

_APPLICATION = re.compile(r"^\w+ = (?:\w+\.)*(?:FastAPI|Flask|Starlette|Quart|Sanic)\(\)$")


_DEPLOYS = re.compile(
    r"docker|podman|build|deploy|helm|kubectl|image|push|gcloud|\bfly\b|kaniko|skaffold|nerdctl"
)
_WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class UndeployedService:
    """A Dockerfile or application; `deployed` are its siblings, each with what deploys it."""

    path: str
    line: int
    deployed: tuple[tuple[str, str, int | None], ...]

    def evidence(self) -> tuple[Evidence, ...]:
        """What deploys its siblings, and where it was looked for."""
        siblings = (Evidence(f"deploys {image}", by, at) for image, by, at in self.deployed[:4])
        looked = Evidence("looked for this folder in compose files, manifests, CI, Makefiles and scripts")
        return (*siblings, looked)


@dataclass(frozen=True)
class UndeployedServices:
    """The services that nothing deploys."""

    services: tuple[UndeployedService, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        stacks = dict(_stacks(snapshot))
        if not stacks:
            return cls(())
        found = [*_images(snapshot), *_applications(snapshot)]
        named = _Named(snapshot)
        services = []
        for path, line in sorted(found):
            folder = path.rpartition("/")[0]
            siblings = next((stacks[above] for above in parents(folder) if above in stacks), None)
            apart = siblings and not any(_within(folder, image.context) for image, _, _ in siblings)
            if siblings and apart and not named.names(folder):
                deployed = tuple((image.path, by, at) for image, by, at in siblings)
                services.append(UndeployedService(path, line, deployed))
        return cls(tuple(services))


def _stacks(snapshot: Snapshot) -> Iterator[tuple[str, list[tuple[Image, str, int | None]]]]:
    """By folder of a compose file, the images that it builds, each from a folder of its own below."""
    deployments, images = snapshot.derived(Deployments), snapshot.derived(Images).images
    found: dict[str, list[tuple[Image, str, int | None]]] = {}
    for image in images:
        by = deployments.of(image.path)
        folder = by[0].rpartition("/")[0] if by else ""
        if by and snapshot.get(by[0], Compose) and image.context != folder and _within(image.context, folder):
            found.setdefault(folder, []).append((image, *by))
    yield from found.items()


def _images(snapshot: Snapshot) -> Iterator[tuple[str, int]]:
    deployments = snapshot.derived(Deployments)
    commanded = {command.image.path for command in deployments.commands if command.image}
    for image in snapshot.derived(Images).images:
        plain = image.path.endswith("/Dockerfile") and snapshot.role(image.path) is Role.SHIPPED
        if plain and image.starts and not deployments.of(image.path) and image.path not in commanded:
            yield image.path, image.starts[0].line


def _applications(snapshot: Snapshot) -> Iterator[tuple[str, int]]:
    """Applications where a platform would look for them, that nothing surer reaches, in folders without an image."""
    reach = snapshot.derived(Reachability)
    built = {
        join(path.rpartition("/")[0], service.build.context)
        for path, compose in snapshot.files(Compose)
        for service in compose.services
        if service.build
    }
    for point in reach.points.by_rank.get(Rank.CONVENTION, ()):
        folder = point.target.rpartition("/")[0]
        alone = f"{folder}/Dockerfile".lstrip("/") not in snapshot.paths and folder not in built
        shipped = snapshot.role(point.target) is Role.SHIPPED and reach.rank(point.target) is Rank.CONVENTION
        if _APPLICATION.match(point.form) and alone and shipped and not is_hidden(point.target):
            yield point.target, point.line or 1


class _Named:
    """What CI, manifests, Makefiles and scripts say of building and deploying: a folder named there may be deployed."""

    def __init__(self, snapshot: Snapshot) -> None:
        integration = snapshot.derived(ContinuousIntegration)
        texts = [command.text for command in integration.commands]
        texts += [f"build {value}" for action in integration.actions for _, value in action.step.inputs]
        for _, makefile in snapshot.files(Makefile):
            texts += [line.text for target in makefile.targets for line in target.recipe]
        for _, script in snapshot.files(ShellSource):
            texts += [f"{call.callee} {' '.join(a.text for a in call.arguments)}" for call in script.calls]
        for _, manifest in snapshot.files(KubernetesManifest):
            pods = [thing.pod for thing in manifest.objects if thing.pod]
            texts += [f"image {container.image}" for pod in pods for container in pod.containers]
        self.words = {word for text in texts if _DEPLOYS.search(text) for word in _WORD.findall(text)}

    def names(self, folder: str) -> bool:
        return folder.rpartition("/")[2] in self.words


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/") or not folder
