"""A service selects pods that no manifest deploys.

The service then has no endpoints: its address answers nothing, and everything that depends on it is down although all pods are up.

## Fix

Make the service's selector the labels of the pod template, not those of the deployment:

```yaml deploy/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "example/web:1"}]}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
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
      containers: [{name: web, image: "example/web:1"}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: webb}  ← gap
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
      containers: [{name: web, image: "example/web:1"}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.derived.workloads import Manifests
from checks.model import Evidence, Finding, Gap, Severity, Stage, Undecided
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=Manifests, blocks=Stage.STAGING, effort=(0.25, 1.0))
def k8s_dangling_selector(snapshot: Snapshot) -> Iterator[Finding]:
    manifests = snapshot.derived(Manifests)
    pods = [m.object.pod for m in manifests.objects if m.object.pod]
    # Pods that something else creates (an operator, a chart) may carry any label.
    elsewhere = any(m.object.is_templated for m in manifests.objects) or not pods
    labels = [frozenset(pod.labels) for pod in pods]
    for manifest in manifests.of("Service"):
        selector = frozenset(manifest.object.selector)
        if not selector or any(selector <= found for found in labels):
            continue
        if elsewhere or not any({k for k, _ in selector} <= {k for k, _ in found} for found in labels):
            yield Undecided(f"{manifest.object.label} may select pods that are made elsewhere", manifest.path)
            continue
        chosen = ", ".join(f"{key}={value}" for key, value in sorted(selector))
        line = manifest.object.node.line_of("spec", "selector")
        evidence = (Evidence(f"looked at the labels of {len(labels)} pod templates"),)
        yield Gap(
            manifest.object.label,
            f"{manifest.object.label} selects {chosen}, which no pod carries.",
            manifest.path,
            line,
            evidence,
        )
