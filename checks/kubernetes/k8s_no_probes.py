"""A container that serves has no probes.

Kubernetes then sends requests to a pod that is still starting, and keeps one that hangs: every roll-out drops requests, and a stuck
process stays stuck until somebody looks.

## Fix

A probe is a question that Kubernetes asks the container every few seconds. While readiness fails it gets no requests; when
liveness fails it is started again:

```yaml deploy/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: example/web:1
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {httpGet: {path: /readyz, port: http}}
          livenessProbe: {httpGet: {path: /healthz, port: http}}
```

Let readiness look at what the service can't work without (its database), and liveness at nothing but the process itself.

## Gap

```yaml deploy/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web  ← gap
          image: example/web:1
          ports: [{containerPort: 8080}]
```

## No gap

```yaml deploy/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: example/web:1
          ports: [{containerPort: 8080}]
          readinessProbe: {httpGet: {path: /readyz, port: 8080}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.derived.workloads import Workloads
from checks.model import Evidence, Finding, Gap, Severity, Undecided
from checks.registry import check
from checks.snapshot import Snapshot

SERVING = frozenset({"Deployment", "StatefulSet", "DaemonSet", "Rollout"})


@check(severity=Severity.MEDIUM, about=Workloads, effort=(0.25, 1.5))
def k8s_no_probes(snapshot: Snapshot) -> Iterator[Finding]:
    workloads = snapshot.derived(Workloads)
    for workload in workloads.items:
        for container in workload.pod.containers:
            versions = workload.versions(container)
            if workload.object.kind not in SERVING or container.is_init or not container.ports:
                continue
            if not any(version.probes for version in versions):
                message = f"Container `{container.name}` of {workload.label} opens a port and has no probe."
                note = Evidence("looked for readinessProbe, livenessProbe and startupProbe")
                yield Gap(
                    f"{workload.label}/{container.name}", message, workload.path, container.line, (note,)
                )
    for unread in workloads.unread:
        yield Undecided(f"{unread.object.label} is written by a template or patched in place", unread.path)
