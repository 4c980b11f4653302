"""A role may do more than a workload needs.

Whoever gets into the pod holds its service account: with every verb on every resource that is the cluster, with `list` on secrets it is
every password in the namespace.

## Fix

Name the resources, the verbs and, for secrets, the names:

```yaml
rules:
  - {apiGroups: [""], resources: [secrets], resourceNames: [web-tls], verbs: [get]}
```

## Gap

```yaml deploy/role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: web}
rules:
  - {apiGroups: ["*"], resources: ["*"], verbs: ["*"]}  ← gap
  - {apiGroups: [""], resources: [secrets], verbs: [get, list]}  ← gap
```

## No gap

```yaml deploy/role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: web}
rules:
  - {apiGroups: [""], resources: [secrets], resourceNames: [web-tls], verbs: [get]}
  - {apiGroups: [""], resources: [configmaps], verbs: [get, list, watch]}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.derived.workloads import Manifests
from checks.facts.source import Source
from checks.facts.yaml_document import YamlNode
from checks.model import Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

ROLES = ("Role", "ClusterRole")
# A controller talks to the Kubernetes API for a living: what it may list is not for us to judge.
CLIENTS = (
    "k8s.io/",
    "sigs.k8s.io/",
    "kubernetes",
    "@kubernetes/client-node",
    "kube",
    "kopf",
    "pykube",
    "lightkube",
)


@check(severity=Severity.HIGH, about=Manifests, effort=(0.5, 4.0))
def k8s_rbac_overbroad(snapshot: Snapshot) -> Iterator[Finding]:
    manifests = snapshot.derived(Manifests)
    controller = "CustomResourceDefinition" in manifests.kinds or _talks_to_kubernetes(snapshot)
    for manifest in manifests.of(*ROLES):
        if manifest.object.is_templated:
            continue
        for rule in manifest.object.node.list("rules"):
            if (what := _overbroad(rule, controller=controller)) is not None:
                # A Role ends at its namespace.
                where, severity = (
                    (" in its namespace", Severity.MEDIUM) if manifest.object.kind == "Role" else ("", None)
                )
                message = f"{manifest.object.label} may {what}{where}."
                yield Gap(
                    f"{manifest.object.label}: {what}", message, manifest.path, rule.line, severity=severity
                )


def _overbroad(rule: YamlNode, *, controller: bool) -> str | None:
    resources, verbs = set(rule.strings("resources")), set(rule.strings("verbs"))
    if "*" in resources and "*" in verbs:
        return "do everything to everything"
    reads = sorted(verbs & {"*", "get", "list", "watch"})
    if "secrets" in resources and reads and not rule.has("resourceNames") and not controller:
        return "read every secret"
    return None


def _talks_to_kubernetes(snapshot: Snapshot) -> bool:
    modules = (found.module for _, source in snapshot.files(Source) for found in source.imports)
    return any(
        module == client.rstrip("/") or module.startswith((client, f"{client}::", f"{client}."))
        for module in modules
        for client in CLIENTS
    )
