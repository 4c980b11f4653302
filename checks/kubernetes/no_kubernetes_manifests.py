"""The documents deploy with kubectl, and there are no Kubernetes manifests.

A manifest says what the cluster is to run. Where the documents promise a deployment and nothing of it is in the repository,
what runs in the cluster is known to it alone: nobody can review it, repeat it, or build it again after a loss.

## Fix

Commit the manifests that the cluster runs, beginning with `kubectl get deployment shop -o yaml`, or a minimal one (the zeros stand for the digest of your image):

```yaml deploy/shop.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
        - name: shop
          image: ghcr.io/example/shop:1.4.2@sha256:0000000000000000000000000000000000000000000000000000000000000000
          ports: [{name: http, containerPort: 8000}]
          resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 256Mi}}
          readinessProbe: {httpGet: {path: /readyz, port: http}}
          livenessProbe: {httpGet: {path: /healthz, port: http}}
          securityContext: {runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true}
```

## Gap

```markdown README.md
# Shop

## Deployment

~~~bash
kubectl apply -f deploy/  ← gap
~~~
```

## No gap

```markdown README.md
# Shop

## Deployment

~~~bash
kubectl apply -f deploy/
~~~
```
```yaml deploy/shop.yaml
apiVersion: v1
kind: Namespace
metadata: {name: shop}
```
"""

from collections.abc import Iterator

from checks.derived.promised_deployments import PromisedKubernetes
from checks.model import Finding, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.LOW,
    about=PromisedKubernetes,
    blocks=Stage.NONE,
    effort=(2.0, 12.0),
    proof=Proof.ABSENCE,
)
def no_kubernetes_manifests(snapshot: Snapshot) -> Iterator[Finding]:
    yield from snapshot.derived(PromisedKubernetes).unmet()
