"""Several replicas share a volume that only one node can mount.

The second pod waits for the volume for ever when it lands on another node: the roll-out hangs, and the scale that the manifest promises
never comes.

## Fix

Use a `StatefulSet` with `volumeClaimTemplates`, a `ReadWriteMany` volume, or one replica with `strategy: {type: Recreate}`.

## Gap

```yaml deploy/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  template:
    spec:
      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
      containers: [{name: web, image: "example/web:1"}]
---
apiVersion: v1
kind: PersistentVolumeClaim  ← gap
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce]}
```

## No gap

```yaml deploy/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  template:
    spec:
      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
      containers: [{name: web, image: "example/web:1"}]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteMany]}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.derived.workloads import Manifests
from checks.facts.kubernetes import KubernetesObject
from checks.facts.kustomization import Kustomization
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=Manifests, effort=(1.0, 4.0))
def k8s_rwo_volume_with_replicas(snapshot: Snapshot) -> Iterator[Finding]:
    manifests = snapshot.derived(Manifests)
    claims = {m.object.name: m for m in manifests.of("PersistentVolumeClaim") if _once(m.object)}
    for manifest in manifests.of("Deployment"):
        scaled = _scaled(snapshot, manifest.path, manifest.object)
        if scaled is None or manifest.object.pod is None:
            continue
        path, line, replicas = scaled
        for _, kind, claim in manifest.object.pod.volumes:
            if kind == "persistentVolumeClaim" and (found := claims.get(claim)):
                message = (
                    f"{manifest.object.label} runs {replicas} replicas on the ReadWriteOnce volume `{claim}`."
                )
                evidence = (
                    Evidence(f"{replicas} replicas", path, line),
                    Evidence("mounts it", manifest.path, manifest.object.line),
                )
                yield Gap(
                    f"{manifest.object.label}: {claim}", message, found.path, found.object.line, evidence
                )


def _once(claim: KubernetesObject) -> bool:
    return claim.node.strings("spec", "accessModes") == ("ReadWriteOnce",)


def _scaled(snapshot: Snapshot, path: str, deployment: KubernetesObject) -> tuple[str, int, int] | None:
    """Where more than one replica is asked for: in the manifest, or by an overlay's `replicas`."""
    if (deployment.replicas or 1) > 1:
        return path, deployment.node.line_of("spec", "replicas"), deployment.replicas or 1
    return next(
        (
            (overlay_path, line, count)
            for overlay_path, overlay in snapshot.files(Kustomization)
            for name, count, line in overlay.replicas
            if name == deployment.name and count > 1
        ),
        None,
    )
