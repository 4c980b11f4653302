"""A namespace that the manifests create has no quota.

One deployment that scales without end then takes the whole cluster's capacity, and with it every other team's.

## Fix

A quota is the most that all pods of the namespace may ask for together:

```yaml
apiVersion: v1
kind: ResourceQuota
metadata: {name: quota, namespace: shop}
spec: {hard: {requests.cpu: "8", requests.memory: 16Gi, pods: "40"}}
```

## Gap

```yaml deploy/namespace.yaml
apiVersion: v1
kind: Namespace  ← gap
metadata: {name: shop}
```

## No gap

```yaml deploy/namespace.yaml
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: LimitRange
metadata: {name: limits, namespace: shop}
spec: {limits: [{type: Container, default: {memory: 256Mi}}]}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.derived.workloads import Manifests
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=Manifests, blocks=Stage.NONE, effort=(0.5, 2.0), proof=Proof.ABSENCE)
def k8s_no_resource_quota(snapshot: Snapshot) -> Iterator[Finding]:
    manifests = snapshot.derived(Manifests)
    if manifests.kinds & {"ResourceQuota", "LimitRange"}:
        return
    running: dict[str | None, list[Evidence]] = {}
    for m in manifests.objects:
        if m.object.pod:
            note = Evidence(f"{m.object.label} runs there", m.path, m.object.line)
            running.setdefault(m.object.namespace, []).append(note)
    looked = Evidence("looked for ResourceQuota and LimitRange in every manifest")
    for manifest in manifests.of("Namespace"):
        message = f"Nothing limits what {manifest.object.label} may take of the cluster."
        evidence = (*running.get(manifest.object.name, ())[:5], looked)
        yield Gap(manifest.object.label, message, manifest.path, manifest.object.line, evidence)
