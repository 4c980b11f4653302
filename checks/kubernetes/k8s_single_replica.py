"""A service runs as one pod.

Every upgrade of a node, every crash and every move of that pod is an outage of the service: nothing answers until the next pod
has started, and the users see it.

## Fix

Run at least two, spread over nodes:

```yaml deploy/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  template:
    metadata: {labels: {app: web}}
    spec:
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: {matchLabels: {app: web}}
      containers: [{name: web, image: "example/web:1"}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
```

What may only run once (it holds state, or works off a schedule) says so with `strategy: {type: Recreate}`.

## Gap

```yaml deploy/web.yaml
apiVersion: apps/v1
kind: Deployment  ← gap
metadata: {name: web}
spec:
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "example/web:1"}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
```

## No gap

```yaml deploy/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "example/web:1"}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
```
"""

from collections.abc import Iterator

from checks.derived.kubernetes.single_replicas import ServedDeployments
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.LOW, about=ServedDeployments, blocks=Stage.NONE, effort=(0.25, 2.0), proof=Proof.ABSENCE
)
def k8s_single_replica(snapshot: Snapshot) -> Iterator[Finding]:
    for served in snapshot.derived(ServedDeployments).all:
        if served.is_single:
            workload, service = served.workload, served.service
            number = workload.object.node.line_of("spec", "replicas") if workload.object.replicas else None
            evidence = (
                Evidence(f"{service.object.label} sends requests to it", service.path, service.object.line),
                Evidence("looked for replicas in it, its patches and overlays, and for an autoscaler"),
            )
            message = f"{workload.label} answers requests with one pod."
            yield Gap(workload.label, message, workload.path, number or workload.object.line, evidence)
