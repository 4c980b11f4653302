"""Credentials for a container registry that the repository makes in the cluster, and what pulls with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.documented_commands import DocumentedCommands
from checks.derived.workloads import Manifests
from checks.facts.kubernetes import KubernetesManifest
from checks.model import Evidence
from checks.snapshot import Snapshot

_TYPES = frozenset({"kubernetes.io/dockerconfigjson", "kubernetes.io/dockercfg"})
_COMMAND = ("create", "secret", "docker-registry")


@dataclass(frozen=True)
class RegistryCredentials:
    """Where a credential is made, and whether any pod or service account names one."""

    made: tuple[Evidence, ...]
    is_used: bool

    def __len__(self) -> int:
        return len(self.made)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        made = (*_in_manifests(snapshot), *_by_commands(snapshot))
        return cls(made, bool(made) and _is_used(snapshot))


def _in_manifests(snapshot: Snapshot) -> Iterator[Evidence]:
    for manifest in snapshot.derived(Manifests).of("Secret"):
        if manifest.object.node.string("type") in _TYPES:
            note = f"{manifest.object.label} is a credential for a registry"
            yield Evidence(note, manifest.path, manifest.object.line)


def _by_commands(snapshot: Snapshot) -> Iterator[Evidence]:
    note = "makes a credential for a registry"
    for typed in snapshot.derived(DocumentedCommands).all:
        if _makes(typed.words):
            yield Evidence(note, typed.document.path, typed.line)
    for run in snapshot.derived(ContinuousIntegration).commands:
        if _makes(run.command.words):
            yield Evidence(note, run.path, run.line)


def _makes(words: tuple[str, ...]) -> bool:
    return "kubectl" in words and all(word in words for word in _COMMAND)


def _is_used(snapshot: Snapshot) -> bool:
    """Whether anything in the tree gives it to pods, by manifest or by a patch of a service account."""
    objects = [found for _, manifest in snapshot.files(KubernetesManifest) for found in manifest.objects]
    by_manifest = any(
        found.node.has("imagePullSecrets") or (found.pod is not None and found.pod.pull_secrets)
        for found in objects
    )
    typed = (command.words for command in snapshot.derived(DocumentedCommands).all)
    run = (command.command.words for command in snapshot.derived(ContinuousIntegration).commands)
    patched = any("imagePullSecrets" in word for words in (*typed, *run) for word in words)
    return by_manifest or patched
