"""A replicated deployment has no disruption budget.

A node upgrade may then evict all replicas at once: the copies that were paid for are gone just when they were needed.

## Fix

A disruption budget tells whoever empties a node how many pods must stay up meanwhile:

```yaml
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
```

## Gap

```yaml deploy/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3  ← gap
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "example/web:1"}]}
```

## No gap

```yaml deploy/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "example/web:1"}]}
```
```yaml deploy/budget.yaml
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.derived.workloads import Manifests, Workloads
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=Workloads, blocks=Stage.NONE, effort=(0.25, 1.0), proof=Proof.ABSENCE)
def k8s_no_disruption_budget(snapshot: Snapshot) -> Iterator[Finding]:
    # One budget anywhere shows that disruptions were thought of; which workload it selects may be an overlay's matter.
    if "PodDisruptionBudget" in snapshot.derived(Manifests).kinds:
        return
    for workload in snapshot.derived(Workloads).items:
        if workload.object.kind in ("Deployment", "StatefulSet") and (workload.object.replicas or 1) > 1:
            line = workload.object.node.line_of("spec", "replicas")
            message = f"All {workload.object.replicas} replicas of {workload.label} may be evicted at once."
            note = Evidence("looked for a PodDisruptionBudget in every manifest")
            yield Gap(workload.label, message, workload.path, line, (note,))
