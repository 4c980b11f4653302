"""A secret in a manifest is a placeholder or can't be decoded.

Applying the manifests then overwrites the real secret with a value that works nowhere, or fails half way because `data` isn't base64.

## Fix

Keep secrets out of what is applied, and make them in the cluster:

```bash
kubectl create secret generic web --from-literal=API_KEY="$API_KEY"
```

Name a template for people `*.example.yaml` and list it in no kustomization. What is written by hand under `data` must be base64
(`printf %s "$API_KEY" | base64`); under `stringData` it stands as it is.

## Gap

```yaml deploy/kustomization.yaml
resources: [secret.yaml]
```
```yaml deploy/secret.yaml
apiVersion: v1
kind: Secret
metadata: {name: web}
data:
  tls.crt: "not base64!"  ← gap
stringData:
  API_KEY: your-api-key-here  ← gap
```

## No gap

```yaml deploy/kustomization.yaml
resources: [secret.yaml]
```
```yaml deploy/secret.yaml
apiVersion: v1
kind: Secret
metadata: {name: web}
data:
  tls.crt: bm90IGEgcGxhY2Vob2xkZXI=
```
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from checks.derived.placeholders import Placeholders
from checks.derived.workloads import Manifests
from checks.facts.yaml_document import YamlEntry
from checks.model import Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

PLACEHOLDER = re.compile(
    r"your[-_ ].*|change[-_ ]?me.*|replace[-_ ]?(?:me|with|this).*|placeholder.*|<[^>]+>|x{3,}|\.{3,}|todo|.*[-_]placeholder",
    re.IGNORECASE,
)


@check(severity=Severity.HIGH, about=Manifests, blocks=Stage.STAGING, effort=(0.5, 3.0))
def k8s_invalid_secret(snapshot: Snapshot) -> Iterator[Finding]:
    known = snapshot.derived(Placeholders).by_path  # which are gaps of a check of their own
    elsewhere = {(path, found.line) for path, some in known.items() for found in some}
    for manifest in snapshot.derived(Manifests).of("Secret"):
        if manifest.object.is_templated or ".example." in manifest.path or "template" in manifest.path:
            continue
        node = manifest.object.node
        for entry in (*node.table("data"), *node.table("stringData")):
            encoded = entry in node.table("data")
            if (manifest.path, entry.line) in elsewhere:
                continue
            if (what := _wrong(entry, encoded=encoded)) is not None:
                message = f"{manifest.object.label} sets `{entry.key}` to {what}."
                yield Gap(f"{manifest.object.label}: {entry.key}", message, manifest.path, entry.line)


def _wrong(entry: YamlEntry, *, encoded: bool) -> str | None:
    """Never quotes the value: it might be real after all."""
    text = (entry.value.text or "").strip()
    if not text:
        return None
    if PLACEHOLDER.fullmatch(text):
        return "a placeholder"
    if not encoded:
        return None
    try:
        decoded = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return "something that is not base64"
    return "a placeholder" if PLACEHOLDER.fullmatch(decoded.decode("utf-8", "replace").strip()) else None
