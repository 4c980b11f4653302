"""A kustomization names a file that does not exist.

`kubectl apply -k` fails on it: nothing of the overlay is deployed, and that is found out during a release.

## Fix

kustomize puts manifests together from the files that a `kustomization.yaml` lists. Create the file, correct the path, or remove the
entry, and let CI put every overlay together, so that the next one is seen before a release:

```bash
kubectl kustomize deploy/prod > /dev/null
```

## Gap

```yaml deploy/prod/kustomization.yaml
resources:
  - ../base
  - ingress.yaml  ← gap
configMapGenerator:
  - name: settings  ← gap
    behavior: merge
    literals: [A=1]
```
```yaml deploy/base/kustomization.yaml
resources: [web.yaml]
```
```yaml deploy/base/web.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
```

## No gap

```yaml deploy/prod/kustomization.yaml
resources:
  - ../base
  - https://example.org/crds.yaml
```
```yaml deploy/base/kustomization.yaml
resources: [web.yaml]
```
```yaml deploy/base/web.yaml
apiVersion: v1
kind: Namespace
metadata: {name: shop}
```
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from checks.derived.kubernetes.overlays import Overlays
from checks.facts.kustomization import Kustomization
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=Kustomization, blocks=Stage.STAGING, effort=(0.25, 1.0))
def kustomize_reference_missing(snapshot: Snapshot) -> Iterator[Finding]:
    overlays = snapshot.derived(Overlays)
    for path, overlay in snapshot.shipped(Kustomization):
        for reference in overlay.references:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), reference.path))
            if reference.is_remote or target.startswith("..") or snapshot.exists(target):
                continue
            message = f"`{reference.field}` names `{reference.path}`, which is not in the tree."
            yield Gap(target, message, path, reference.line, (Evidence("looked for it here", target),))
        for kind, name, how, line in overlay.generated:
            if how in ("merge", "replace") and not overlays.generates(path, kind, name):
                message = f"{kind} `{name}` is to be {how}d, and nothing that this stands on generates it."
                note = Evidence("a plain object is not enough: only generated ones can be merged with")
                yield Gap(f"{kind} {name}", message, path, line, (note,))
