"""Deployments that answer requests with one pod, by what manifests, patches, overlays and autoscalers say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.workloads import Manifest, Manifests, Workload, Workloads
from checks.facts.kustomization import Kustomization
from checks.snapshot import Snapshot

_SCALERS = ("HorizontalPodAutoscaler", "ScaledObject", "VerticalPodAutoscaler")
# State that only one process may hold: more pods would break it, so one is right.
_HOLDS_STATE = frozenset({"persistentVolumeClaim", "hostPath"})


@dataclass(frozen=True, slots=True)
class ServedDeployment:
    """A deployment that a service sends requests to. `service` is one of them."""

    workload: Workload
    service: Manifest
    is_single: bool


@dataclass(frozen=True)
class ServedDeployments:
    """Every deployment behind a service that could run more than once."""

    all: tuple[ServedDeployment, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        manifests = snapshot.derived(Manifests)
        services = [service for service in manifests.of("Service") if service.object.selector]
        scaled = frozenset(_scaled(snapshot, manifests))
        return cls(tuple(_served(snapshot.derived(Workloads), services, scaled)))


def _served(
    workloads: Workloads, services: list[Manifest], scaled: frozenset[str | None]
) -> Iterator[ServedDeployment]:
    by_label: dict[tuple[str, str], list[Manifest]] = {}
    for service in services:
        by_label.setdefault(service.object.selector[0], []).append(service)
    for workload in workloads.items:
        if workload.object.kind != "Deployment" or workload.object.is_templated or _must_be_single(workload):
            continue  # the number of a chart's replicas is for whoever installs it
        labels = frozenset(workload.pod.labels)
        candidates = (service for label in workload.pod.labels for service in by_label.get(label, ()))
        fitting = next((s for s in candidates if labels.issuperset(s.object.selector)), None)
        if fitting is not None:
            single = (workload.object.replicas in (None, 1)) and workload.object.name not in scaled
            yield ServedDeployment(workload, fitting, single)


def _must_be_single(workload: Workload) -> bool:
    """It says so (one is stopped before the next starts), or holds state of its own."""
    strategy = workload.object.node.string("spec", "strategy", "type")
    holds = any(kind in _HOLDS_STATE for pod in workload.pods for _, kind, _ in pod.volumes)
    return strategy == "Recreate" or holds


def _scaled(snapshot: Snapshot, manifests: Manifests) -> Iterator[str | None]:
    """The names of what an autoscaler, an overlay or a patch gives another number of replicas."""
    for scaler in manifests.of(*_SCALERS):
        for key in ("scaleTargetRef", "targetRef"):
            yield scaler.object.node.string("spec", key, "name")
    for _, overlay in snapshot.files(Kustomization):
        yield from (name for name, count, _ in overlay.replicas if count > 1)
    yield from (patch.object.name for patch in manifests.patches if (patch.object.replicas or 1) > 1)
