"""Manifests in the folder of a kustomization that lists their neighbours, and that nothing lists or applies."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.documented_commands import DocumentedCommands
from checks.derived.kubernetes.overlays import Overlays
from checks.facts.kubernetes import KubernetesManifest, KubernetesObject
from checks.facts.kustomization import Kustomization
from checks.facts.makefile import Makefile
from checks.facts.shell_source import ShellSource
from checks.snapshot import Snapshot

# What is deployed with its neighbours; definitions of types, secrets and objects of other tools are often applied apart.
_KINDS = frozenset(
    {
        "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Service", "Ingress", "ConfigMap", "ServiceAccount", "Role",
        "RoleBinding", "NetworkPolicy", "HorizontalPodAutoscaler", "PodDisruptionBudget", "PersistentVolumeClaim", "ResourceQuota",
        "LimitRange",
    }
)  # fmt: skip
_APART = re.compile(
    r"example|sample|template|backup|\bold\b|local|\bdev\b|debug|test|optional", re.IGNORECASE
)
# Programs that deploy manifests by lists of their own.
_OTHERS = re.compile(
    r"(?:^|/)(?:skaffold[\w.-]*\.ya?ml|Tiltfile|devspace\.ya?ml|garden\.ya?ml|fleet\.ya?ml|werf\.ya?ml)$"
)


@dataclass(frozen=True, slots=True)
class UnlistedManifest:
    """A manifest, what it holds, and the kustomization beside it with a few of those it lists.

    `is_generated` where that one makes the same object itself: then the file is a leftover, whoever applies it by hand.
    """

    path: str
    first: KubernetesObject
    kustomization: str
    listed: tuple[str, ...]
    is_generated: bool


@dataclass(frozen=True)
class UnlistedManifests:
    """`looked_at` manifests stand beside such a kustomization."""

    all: tuple[UnlistedManifest, ...]
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        overlays = snapshot.derived(Overlays)
        in_folder: dict[str, list[str]] = {}
        for path, manifest in snapshot.shipped(KubernetesManifest):
            if manifest.objects and path not in overlays.all:
                in_folder.setdefault(posixpath.dirname(path), []).append(path)
        neighbours = {
            path: [one for one in in_folder.get(posixpath.dirname(path), ()) if one in overlays.named[path]]
            for path, _ in snapshot.shipped(Kustomization)
        }
        beside = [
            (other, path, listed)
            for path, listed in neighbours.items()
            if listed
            for other in in_folder[posixpath.dirname(path)]
        ]
        applied = set(_applied(snapshot)) if beside else set()
        elsewhere = any(_OTHERS.search(path) for path in snapshot.paths)
        manifests = dict(snapshot.files(KubernetesManifest))
        generated = {
            (path, kind, name)
            for path, overlay in snapshot.shipped(Kustomization)
            for kind, name, how, _ in overlay.generated
            if how == "create"
        }
        found = []
        for other, path, listed in beside:
            first = manifests[other].objects[0]
            again = (path, first.kind, first.name) in generated
            left_out = again or (not elsewhere and posixpath.basename(other) not in applied)
            if left_out and other not in overlays.known and _belongs(other, manifests[other]):
                found.append(UnlistedManifest(other, first, path, tuple(listed[:3]), again))
        return cls(tuple(found), len(beside))


def _belongs(path: str, manifest: KubernetesManifest) -> bool:
    return not _APART.search(posixpath.basename(path)) and all(one.kind in _KINDS for one in manifest.objects)


def _applied(snapshot: Snapshot) -> Iterator[str]:
    """The last parts of the paths that commands of CI, documents, Makefiles and scripts name."""
    words = [
        word for found in snapshot.derived(ContinuousIntegration).commands for word in found.command.words
    ]
    words += [word for found in snapshot.derived(DocumentedCommands).all for word in found.words]
    for _, makefile in snapshot.files(Makefile):
        words += [
            word for target in makefile.targets for command in target.commands for word in command.words
        ]
    for _, script in snapshot.files(ShellSource):
        words += [argument.text for call in script.calls for argument in call.arguments]
    yield from (posixpath.basename(word.strip("\"'")) for word in words)
