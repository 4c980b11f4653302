"""A manifest that is deployed holds a value left to be filled in.

Applied as it is, it pulls from a registry that doesn't exist, answers at somebody else's name, or runs with a secret that
everybody knows. Whoever deploys finds out from a pod that doesn't start, or doesn't find out.

## Fix

Let the pipeline put the value in (a kustomize overlay, a Helm value, `envsubst`), or name the file `*.example.yaml`.

## Gap

```yaml k8s/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  template:
    spec:
      containers:
        - name: api
          image: gcr.io/YOUR-PROJECT/api:1.2.0  ← gap
```
```yaml k8s/ingress.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: api}
spec:
  rules:
    - host: api.example.com  ← gap
```

## No gap

```yaml k8s/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  template:
    spec:
      containers:
        - name: api
          image: gcr.io/PROJECT_ID/api:1.2.0
```
```yaml .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: sed -i "s/PROJECT_ID/${{ vars.PROJECT }}/" k8s/deployment.yaml
```
```yaml k8s/ingress.example.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: api}
spec:
  rules:
    - host: api.example.com
```
"""

from collections.abc import Iterator

from checks.derived.placeholders import Placeholders
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=Placeholders, effort=(0.5, 3.0))
def placeholder_value_in_manifest(snapshot: Snapshot) -> Iterator[Finding]:
    for path, found in snapshot.derived(Placeholders).by_path.items():
        tokens = list(dict.fromkeys(f"`{placeholder.token}`" for placeholder in found))
        evidence = tuple(Evidence(f"`{p.token}`", path, p.line) for p in found[:10])
        severity = Severity.MEDIUM if all(p.is_domain for p in found) else None
        message = f"Values are left to be filled in, and nothing fills them in: {', '.join(tokens[:5])}."
        line = min(placeholder.line for placeholder in found)
        yield Gap("placeholders", message, path, line, evidence, severity)
