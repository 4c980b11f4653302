"""Images that something of the tree serves or deploys, and whether CI builds and pushes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from checks.derived.ci_image_builds import CiImageBuilds, ImageBuild
from checks.derived.deployments import By, Deployments
from checks.derived.image_references import is_for_development
from checks.derived.publications import Publications, Published
from checks.facts.compose import Compose
from checks.facts.dockerfile import Dockerfile
from checks.facts.kubernetes import KubernetesManifest
from checks.facts.workflow import Workflow
from checks.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class ServedImage:
    """A Dockerfile whose image serves: `by` says what deploys it, or the line with its port; `built` where CI builds it."""

    path: str
    line: int
    by: By
    built: By | None
    by_platform: bool  # a platform's own builder builds it


@dataclass(frozen=True)
class ServedImages:
    """One for each shipped Dockerfile that is deployed or opens a port."""

    all: tuple[ServedImage, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        deployments, builds = snapshot.derived(Deployments), snapshot.derived(CiImageBuilds)
        found = []
        for path, dockerfile in snapshot.shipped(Dockerfile):
            final = dockerfile.final
            if final is None or is_for_development(path) or path in builds.elsewhere:
                continue
            port = dockerfile.effective("EXPOSE")
            by = (
                deployments.of(path) or _commanded(deployments, path) or ((path, port.line) if port else None)
            )
            if by:
                built = next(((build.path, build.line) for build in builds.of(path)), None)
                found.append(ServedImage(path, final.line, by, built, _is_platform(snapshot, by[0])))
        return cls(tuple(found))


def _commanded(deployments: Deployments, path: str) -> By | None:
    """A deployment that starts the image with a command of its own."""
    return next(((c.path, c.line) for c in deployments.commands if c.image and c.image.path == path), None)


def _is_platform(snapshot: Snapshot, path: str) -> bool:
    """fly.toml and its kin: the platform builds from the tree, without CI."""
    kinds = (Compose, KubernetesManifest, Dockerfile)
    return not path.startswith(".github/") and not any(snapshot.get(path, kind) for kind in kinds)


def _runs_where_built(snapshot: Snapshot, build: ImageBuild) -> bool:
    """Whether the job runs on a machine of the project's own: it deploys what it builds there."""
    workflow = snapshot.get(build.origin.path, Workflow)
    job = workflow.job(build.origin.job) if workflow else None
    return job is not None and "self-hosted" in job.runs_on


@dataclass(frozen=True)
class PushableImages:
    """Shipped images, with or without CI: who adds the first workflow must not be blamed. `pushed_by_hand` is the workflow that only people start, if that is all there is; `is_switched_off` where its triggers are commented out."""

    paths: tuple[str, ...]
    is_pushed: bool
    pushed_by_hand: By | None
    is_switched_off: bool
    builds: tuple[By, ...]

    def __len__(self) -> int:
        return len(self.paths)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        builds = snapshot.derived(CiImageBuilds)
        paths = tuple(
            sorted(
                (
                    path
                    for path, dockerfile in snapshot.shipped(Dockerfile)
                    if dockerfile.stages
                    and not is_for_development(path)
                    and path not in builds.elsewhere
                    and any(dockerfile.effective(keyword) for keyword in ("CMD", "ENTRYPOINT"))
                ),
                key=lambda path: (path.count("/"), path),
            )
        )
        platforms = any(image.by_platform for image in snapshot.derived(ServedImages).all)
        images = snapshot.derived(Publications).of(Published.IMAGE)
        pushes = [(p.path, p.line, p.origin) for p in images]
        pushes += [
            (b.path, b.line, b.origin) for b in builds.all if b.pushes or _runs_where_built(snapshot, b)
        ]
        automatic = any(origin.is_automatic for _, _, origin in pushes)
        return cls(
            paths,
            platforms or automatic,
            next(((path, line) for path, line, _ in pushes), None),
            any(
                workflow.switched_off
                for _, _, origin in pushes
                if (workflow := snapshot.get(origin.path, Workflow)) is not None
            ),
            tuple((build.path, build.line) for build in builds.all),
        )
