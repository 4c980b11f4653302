"""A container has no memory limit.

One leak or one large request then takes the memory of the whole node: the kernel kills processes there until it has enough, and they
may well be another service's.

## Fix

Set requests from what the container normally uses, and a memory limit above what it may ever need:

```yaml
resources:
  requests: {cpu: 100m, memory: 128Mi}
  limits: {memory: 256Mi}
```

## Gap

```yaml deploy/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - name: web  ← gap
          image: example/web:1
          resources:
            requests: {cpu: 100m}
```

## No gap

```yaml deploy/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - name: web
          image: example/web:1
          resources:
            limits: {memory: 256Mi}
```

### An overlay adds the limit

```yaml base/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - {name: web, image: "example/web:1"}
```
```yaml prod/kustomization.yaml
resources: [../base/web.yaml]
patches:
  - path: limits.yaml
```
```yaml prod/limits.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - {name: web, resources: {limits: {memory: 256Mi}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.derived.workloads import Workloads
from checks.model import Evidence, Finding, Gap, Severity, Undecided
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=Workloads, effort=(0.25, 1.0))
def k8s_no_resource_limits(snapshot: Snapshot) -> Iterator[Finding]:
    workloads = snapshot.derived(Workloads)
    for workload in workloads.items:
        for container in workload.pod.containers:
            limits = {key for version in workload.versions(container) for key, _ in version.limits}
            if container.is_init or "memory" in limits:
                continue
            message = f"Container `{container.name}` of {workload.label} has no memory limit."
            note = "looked for resources.limits.memory here and in the overlays that patch it"
            subject = f"{workload.label}/{container.name}"
            yield Gap(subject, message, workload.path, container.line, (Evidence(note),))
    for unread in workloads.unread:
        yield Undecided(f"{unread.object.label} is written by a template or patched in place", unread.path)
