"""What Kubernetes manifests deploy: whole objects apart from patches, and workloads with what patches add to them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from checks.derived.helm import HelmCharts
from checks.facts.kubernetes import Container, KubernetesManifest, KubernetesObject, Pod
from checks.facts.kustomization import Kustomization, KustomizePatch
from checks.facts.roles import Role

if TYPE_CHECKING:
    from checks.snapshot import Snapshot

_NOT_DEPLOYED = frozenset(
    {Role.TEST, Role.FIXTURE, Role.EXAMPLE, Role.VENDORED, Role.ARCHIVE, Role.DOCUMENTATION}
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """An object that a manifest deploys, and the file."""

    path: str
    object: KubernetesObject


@dataclass(frozen=True, slots=True)
class Manifests:
    """Every whole object, patches left out. `patches` are the partial objects that overlays apply.

    `operated_on` are the targets (kind, name) of patches that are lists of operations, which aren't carried out; None is any.
    """

    objects: tuple[Manifest, ...]
    patches: tuple[Manifest, ...]
    operated_on: frozenset[tuple[str | None, str | None]]

    def __len__(self) -> int:
        return len(self.objects)

    def of(self, *kinds: str) -> Iterator[Manifest]:
        """The objects of these kinds."""
        return (manifest for manifest in self.objects if manifest.object.kind in kinds)

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(manifest.object.kind for manifest in self.objects)

    @property
    def folder(self) -> str | None:
        """The folder that holds them all, where an absence among them is shown; None for the root."""
        return posixpath.commonpath([posixpath.dirname(m.path) for m in self.objects] or [""]) or None

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        overlays = [
            (path, facts) for path, facts in snapshot.files(Kustomization) if _deployed(snapshot, path)
        ]
        patches = [(_at(path, patch), path, patch) for path, overlay in overlays for patch in overlay.patches]
        files = {at for at, _, _ in patches if at}
        charts = snapshot.derived(HelmCharts)
        objects = [
            Manifest(path, charts.resolved(path, found) if found.is_templated else found)
            for path, manifest in snapshot.files(KubernetesManifest)
            if _deployed(snapshot, path)
            for found in manifest.objects
        ]
        by_path: dict[str, list[KubernetesObject]] = {}
        for manifest in objects:
            by_path.setdefault(manifest.path, []).append(manifest.object)
        in_files = [
            Manifest(at, _aimed(found, patch))
            for at, _, patch in patches
            if at is not None
            for found in by_path.get(at, ())
        ]
        in_place = [
            Manifest(path, _aimed(found, patch)) for _, path, patch in patches for found in patch.objects
        ]
        return cls(
            objects=tuple(m for m in objects if m.path not in files),
            patches=(*in_files, *in_place),
            operated_on=frozenset(
                (patch.kind, patch.name)
                for at, _, patch in patches
                if not patch.objects and at not in by_path
            ),
        )

    def is_operated_on(self, found: KubernetesObject) -> bool:
        """Whether operations that aren't carried out may change the object."""
        aims = ((kind, name) for kind in (found.kind, None) for name in (found.name, None))
        return any(aim in self.operated_on for aim in aims)


@dataclass(frozen=True, slots=True)
class Workload:
    """A pod template that is deployed, with the pods of the patches on it."""

    path: str
    object: KubernetesObject
    pod: Pod
    patches: tuple[Pod, ...]

    @property
    def label(self) -> str:
        return self.object.label

    def versions(self, container: Container) -> tuple[Container, ...]:
        """The container as written and as each patch writes it."""
        others = (c for pod in self.patches for c in pod.containers if c.name == container.name)
        return (container, *others)

    @property
    def pods(self) -> tuple[Pod, ...]:
        """The pod template as written and as each patch writes it."""
        return (self.pod, *self.patches)


@dataclass(frozen=True, slots=True)
class Workloads:
    """The workloads whose text can be judged; `unread` are those of templates and of patches by operations, which can't."""

    items: tuple[Workload, ...]
    unread: tuple[Manifest, ...]

    def __len__(self) -> int:
        return len(self.items) + len(self.unread)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        manifests = snapshot.derived(Manifests)
        pods = [manifest for manifest in manifests.objects if manifest.object.pod]
        opaque = [m for m in pods if _is_open(m.object) or manifests.is_operated_on(m.object)]
        return cls(tuple(_workload(m, manifests) for m in pods if m not in opaque), tuple(opaque))


def _workload(manifest: Manifest, manifests: Manifests) -> Workload:
    found = manifest.object
    same = (p.object for p in manifests.patches if (p.object.kind, p.object.name) == (found.kind, found.name))
    assert found.pod is not None
    return Workload(manifest.path, found, found.pod, tuple(patch.pod for patch in same if patch.pod))


def _is_open(found: KubernetesObject) -> bool:
    """A template's, whose values aren't known."""
    return found.is_templated and not found.is_resolved


def _deployed(snapshot: Snapshot, path: str) -> bool:
    return snapshot.role(path) not in _NOT_DEPLOYED


def _at(overlay: str, patch: KustomizePatch) -> str | None:
    return posixpath.normpath(posixpath.join(posixpath.dirname(overlay), patch.path)) if patch.path else None


def _aimed(found: KubernetesObject, patch: KustomizePatch) -> KubernetesObject:
    """The patch under the name of its target, which may be another than its own."""
    return replace(found, kind=patch.kind or found.kind, name=patch.name or found.name)
