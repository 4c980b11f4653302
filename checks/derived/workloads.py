"""What Kubernetes manifests deploy: whole objects apart from patches, and workloads with what patches add to them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.facts.kubernetes import Container, KubernetesManifest, KubernetesObject, Pod
from checks.facts.kustomization import Kustomization, KustomizeReference
from checks.facts.roles import Role

if TYPE_CHECKING:
    from checks.snapshot import Snapshot

_PATCHES = frozenset({"patches", "patchesStrategicMerge", "patchesJson6902"})
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

    `patched_inline` says that some overlay holds patches in its own text, which aren't read.
    """

    objects: tuple[Manifest, ...]
    patches: tuple[Manifest, ...]
    patched_inline: bool

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
        patches = {target for path, overlay in overlays for target in _patch_files(path, overlay)}
        objects = [
            Manifest(path, found)
            for path, manifest in snapshot.files(KubernetesManifest)
            if _deployed(snapshot, path)
            for found in manifest.objects
        ]
        return cls(
            objects=tuple(m for m in objects if m.path not in patches),
            patches=tuple(m for m in objects if m.path in patches),
            patched_inline=any(overlay.has_patches and not _patches(overlay) for _, overlay in overlays),
        )


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
    """The workloads whose text can be judged; `unread` are those of templates and inline patches, which can't."""

    items: tuple[Workload, ...]
    unread: tuple[Manifest, ...]

    def __len__(self) -> int:
        return len(self.items) + len(self.unread)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        manifests = snapshot.derived(Manifests)
        pods = [manifest for manifest in manifests.objects if manifest.object.pod]
        opaque = [m for m in pods if m.object.is_templated or manifests.patched_inline]
        return cls(tuple(_workload(m, manifests) for m in pods if m not in opaque), tuple(opaque))


def _workload(manifest: Manifest, manifests: Manifests) -> Workload:
    found = manifest.object
    same = (p.object for p in manifests.patches if (p.object.kind, p.object.name) == (found.kind, found.name))
    assert found.pod is not None
    return Workload(manifest.path, found, found.pod, tuple(patch.pod for patch in same if patch.pod))


def _deployed(snapshot: Snapshot, path: str) -> bool:
    return snapshot.role(path) not in _NOT_DEPLOYED


def _patches(overlay: Kustomization) -> list[KustomizeReference]:
    return [reference for reference in overlay.references if reference.field in _PATCHES]


def _patch_files(path: str, overlay: Kustomization) -> Iterator[str]:
    folder = posixpath.dirname(path)
    return (posixpath.normpath(posixpath.join(folder, reference.path)) for reference in _patches(overlay))
