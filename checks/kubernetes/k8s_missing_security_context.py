"""A pod has no security context.

Without one the process keeps the image's user, often root, and may gain privileges it never needs: a hole in the application is then a
hole in the node. An image of the repository's own that names another user than root leaves less to say: there the gap weighs less.

## Fix

A security context is the part of a container's manifest that says as whom it runs and what it may do:

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
          securityContext:
            runAsNonRoot: true
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL]}
            seccompProfile: {type: RuntimeDefault}
```

`runAsNonRoot` needs an image with a numeric `USER`; a program that writes to `/tmp` gets an `emptyDir` volume there.

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
      containers:  ← gap
        - {name: web, image: "example/web:1"}
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
      securityContext: {runAsNonRoot: true}
      containers:
        - name: web
          image: example/web:1
          securityContext: {allowPrivilegeEscalation: false}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.derived.kubernetes.unprivileged_images import UnprivilegedImages
from checks.derived.workloads import Workload, Workloads
from checks.model import Evidence, Finding, Gap, Severity, Undecided
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=Workloads, effort=(0.5, 2.0))
def k8s_missing_security_context(snapshot: Snapshot) -> Iterator[Finding]:
    workloads, unprivileged = snapshot.derived(Workloads), snapshot.derived(UnprivilegedImages)
    for workload in workloads.items:
        if not _has_context(workload):
            note = (
                "looked for securityContext in the pod, in its containers and in the overlays that patch them"
            )
            message = f"{workload.label} has no security context, neither for the pod nor for a container."
            evidence, severity = [Evidence(note)], None
            if unprivileged.run(workload.pod):
                evidence.append(Evidence("its image names another user than root", unprivileged.path))
                severity = Severity.MEDIUM
            yield Gap(workload.label, message, workload.path, workload.pod.line, tuple(evidence), severity)
    for unread in workloads.unread:
        yield Undecided(f"{unread.object.label} is written by a template or patched in place", unread.path)


def _has_context(workload: Workload) -> bool:
    """One container's own context is enough to be silent: what it lacks is another question."""
    return any(pod.security or any(c.has_security for c in pod.containers) for pod in workload.pods)
