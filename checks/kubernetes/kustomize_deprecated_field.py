"""A kustomization uses fields that kustomize has given up.

kustomize puts manifests together from what a `kustomization.yaml` lists. Old fields still work with a warning, until the
kustomize inside a newer `kubectl` or deployment tool drops them: then the overlay fails, or is put together without what they said.

## Fix

`kustomize edit fix` rewrites the file; with `--vars` also the variables. `bases` go under `resources`, both kinds of patches under
`patches`, `commonLabels` under `labels`, `vars` become `replacements`.

```yaml deploy/prod/kustomization.yaml
namespace: shop
resources:
  - ../base
patches:
  - path: deployment-patch.yaml
labels:
  - pairs: {app: shop}
    includeSelectors: true
```

## Gap

```yaml deploy/prod/kustomization.yaml
namespace: shop
bases:  ← gap
  - ../base
patchesStrategicMerge:
  - deployment-patch.yaml
```

## No gap

```yaml deploy/prod/kustomization.yaml
namespace: shop
resources:
  - ../base
patches:
  - path: deployment-patch.yaml
```
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.facts.kustomization import Kustomization
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_NOW = {
    "bases": "resources",
    "patchesStrategicMerge": "patches",
    "patchesJson6902": "patches",
    "commonLabels": "labels",
    "vars": "replacements",
    "imageTags": "images",
}


@check(severity=Severity.LOW, about=Kustomization, blocks=Stage.NONE, effort=(0.1, 0.5))
def kustomize_deprecated_field(snapshot: Snapshot) -> Iterator[Finding]:
    for path, overlay in snapshot.shipped(Kustomization):
        if overlay.deprecated:
            names = ", ".join(f"`{name}`" for name, _ in overlay.deprecated)
            evidence = tuple(
                Evidence(f"`{n}` is now `{_NOW[n]}`", path, line) for n, line in overlay.deprecated
            )
            message = f"Deprecated by kustomize: {names}."
            yield Gap("deprecated fields", message, path, overlay.deprecated[0][1], evidence)
