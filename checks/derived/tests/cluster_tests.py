"""Folders that a cluster's own kinds of objects name: a test runner or a pipeline in Kubernetes takes its tests from there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.derived.tree_paths import parents
from checks.facts.kubernetes import KubernetesManifest
from checks.snapshot import Snapshot

_BUILT_IN = re.compile(r"^(?:v1|apps/.*|batch/.*|policy/.*|autoscaling/.*|.*\.k8s\.io/.*)$")


@dataclass(frozen=True)
class ClusterTests:
    """The folders; the root and what stands directly in it are named for too many reasons."""

    folders: frozenset[str]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        custom = (
            found
            for _, manifest in snapshot.files(KubernetesManifest)
            for found in manifest.objects
            if not _BUILT_IN.match(found.api_version)
        )
        texts = {node.text for found in custom for node in found.node.walk() if node.text}
        return cls(frozenset(text for text in texts if "/" in text and text in snapshot.folders))

    def holds(self, path: str) -> bool:
        """Whether the file stands in one of them."""
        return any(folder in self.folders for folder in parents(path))
