"""No network policy restricts who may talk to the pods.

Every pod of the cluster can then reach every port of these: one compromised container anywhere is inside this service's network.

## Fix

Deny by default, then allow what is needed (the cluster's network plugin must enforce policies: Calico and Cilium do):

```yaml deploy/network-policy.yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: default-deny}
spec: {podSelector: {}, policyTypes: [Ingress]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web-from-gateway}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress: [{from: [{podSelector: {matchLabels: {app: gateway}}}], ports: [{port: 8000}]}]
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
```
```yaml deploy/policy.yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.derived.workloads import Manifests, Workloads
from checks.model import Evidence, Finding, Gap, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot

POLICIES = frozenset(
    {
        "NetworkPolicy",
        "CiliumNetworkPolicy",
        "CiliumClusterwideNetworkPolicy",
        "GlobalNetworkPolicy",
        "AuthorizationPolicy",
    }
)
SERVING = frozenset({"Deployment", "StatefulSet", "DaemonSet", "Rollout"})


@check(severity=Severity.MEDIUM, about=Workloads, effort=(1.0, 4.0), proof=Proof.ABSENCE)
def k8s_no_network_policy(snapshot: Snapshot) -> Iterator[Finding]:
    manifests = snapshot.derived(Manifests)
    serving = [m for m in manifests.of(*SERVING) if m.object.pod]
    if not serving or manifests.kinds & POLICIES:
        return
    where = tuple(
        Evidence(f"{m.object.label} can be reached by every pod", m.path, m.object.line) for m in serving[:5]
    )
    looked = Evidence(f"looked for {', '.join(sorted(POLICIES))} in every manifest")
    message = "No manifest restricts who may reach these pods."
    yield Gap("NetworkPolicy", message, manifests.folder, evidence=(looked, *where))
