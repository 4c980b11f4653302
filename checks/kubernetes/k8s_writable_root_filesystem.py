"""A container's root file system is writable.

Whoever gets into the process can then change the program that the next request runs. Nearly every service only writes to a volume or
to `/tmp`.

## Fix

Make it read-only, and give the program a volume where it has to write:

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
          securityContext: {runAsNonRoot: true, readOnlyRootFilesystem: true}
          volumeMounts: [{name: tmp, mountPath: /tmp}]
      volumes: [{name: tmp, emptyDir: {}}]
```

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
          securityContext: {runAsNonRoot: true}
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
          securityContext: {runAsNonRoot: true, readOnlyRootFilesystem: true}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.derived.workloads import Workloads
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


def _applies(has_security: bool, is_init: bool) -> bool:
    """A pod without any context is the gap of another check; an init container is gone when requests come."""
    return has_security and not is_init


@check(severity=Severity.LOW, about=Workloads, effort=(0.5, 3.0))
def k8s_writable_root_filesystem(snapshot: Snapshot) -> Iterator[Finding]:
    for workload in snapshot.derived(Workloads).items:
        for container in workload.pod.containers:
            versions = workload.versions(container)
            settings = {version.setting("readOnlyRootFilesystem") for version in versions}
            if not _applies(any(v.has_security for v in versions), container.is_init) or "true" in settings:
                continue
            message = f"Container `{container.name}` of {workload.label} may write to its root file system."
            note = Evidence("looked for readOnlyRootFilesystem: true in its security context")
            yield Gap(f"{workload.label}/{container.name}", message, workload.path, container.line, (note,))
