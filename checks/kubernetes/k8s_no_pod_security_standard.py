"""A namespace does not enforce a pod security standard.

Nothing then stops a pod with root, host access or all capabilities from being created in it, by mistake or by an intruder.

## Fix

A label on the namespace makes Kubernetes itself refuse such pods; see first with `warn` instead of `enforce` what would be refused:

```yaml deploy/namespace.yaml
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    pod-security.kubernetes.io/enforce: restricted
```

## Gap

```yaml deploy/namespace.yaml
apiVersion: v1
kind: Namespace  ← gap
metadata: {name: shop}
```

## No gap

```yaml deploy/namespace.yaml
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {pod-security.kubernetes.io/enforce: baseline}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.derived.workloads import Manifest, Manifests
from checks.model import Evidence, Finding, Gap, Severity, Undecided
from checks.registry import check
from checks.snapshot import Snapshot

LABEL = "pod-security.kubernetes.io/enforce"
ENGINES = ("kyverno.io", "gatekeeper.sh", "kubewarden.io", "admissionregistration.k8s.io")


@check(severity=Severity.LOW, about=Manifests, effort=(0.25, 2.0))
def k8s_no_pod_security_standard(snapshot: Snapshot) -> Iterator[Finding]:
    manifests = snapshot.derived(Manifests)
    if any(engine in m.object.api_version for m in manifests.objects for engine in ENGINES):
        return
    for manifest in manifests.of("Namespace"):
        if manifest.object.is_templated:
            yield Undecided("the namespace is written by a template", manifest.path)
        elif not any(key == LABEL for m in _all(manifests, manifest) for key, _ in m.object.labels):
            note = Evidence(f"looked for the label {LABEL}, and for a policy engine's objects")
            message = f"{manifest.object.label} accepts any pod."
            yield Gap(manifest.object.label, message, manifest.path, manifest.object.line, (note,))


def _all(manifests: Manifests, manifest: Manifest) -> Iterator[Manifest]:
    """The namespace as written and as overlays patch it."""
    yield manifest
    yield from (p for p in manifests.patches if p.object.label == manifest.object.label)
