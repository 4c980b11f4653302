"""A manifest lies beside a kustomization that doesn't list it.

`kubectl apply -k` deploys what the list names. The file looks as if it were part of the deployment, is edited and reviewed as
if it were, and nothing of it ever reaches the cluster.

## Fix

Add it to the list, or delete it. `kubectl diff -k deploy/base` shows what would be deployed.

```yaml
resources:
  - web.yaml
  - worker.yaml
```

## Gap

```yaml deploy/base/kustomization.yaml
resources:
  - web.yaml
```
```yaml deploy/base/web.yaml
apiVersion: v1
kind: Service
metadata: {name: web}
```
```yaml deploy/base/worker.yaml
apiVersion: apps/v1
kind: Deployment  ← gap
metadata: {name: worker}
```

## No gap

### Listed

```yaml deploy/base/kustomization.yaml
resources:
  - web.yaml
  - worker.yaml
```
```yaml deploy/base/web.yaml
apiVersion: v1
kind: Service
metadata: {name: web}
```
```yaml deploy/base/worker.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: worker}
```

### Left out on purpose

```yaml deploy/base/kustomization.yaml
resources:
  - web.yaml
  # - worker.yaml
```
```yaml deploy/base/web.yaml
apiVersion: v1
kind: Service
metadata: {name: web}
```
```yaml deploy/base/worker.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: worker}
```
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from checks.derived.kubernetes.unlisted_manifests import UnlistedManifests
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=UnlistedManifests, effort=(0.1, 0.5))
def manifest_not_referenced(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(UnlistedManifests).all:
        name = posixpath.basename(found.path)
        listed = ", ".join(posixpath.basename(path) for path in found.listed)
        does = "generates the same object" if found.is_generated else f"lists {listed}"
        yield Gap(
            subject=found.path,
            message=f"`{name}` ({found.first.label}) is listed by no kustomization; the one beside it {does}.",
            path=found.path,
            line=found.first.line,
            evidence=(
                Evidence(f"lists {listed}, and not {name}", found.kustomization, 1),
                Evidence(
                    "looked for in every kustomization, and in the commands of CI, documents and scripts"
                ),
            ),
        )
