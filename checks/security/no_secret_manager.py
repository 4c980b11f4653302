"""Secrets are handed to the service by hand.

Whoever deploys copies secrets into variables and files: they end up in shell histories and backups, nobody knows who
has read them, and changing one means finding every copy.

## Fix

Keep them in a manager, a store that says who may read each secret and records who did, and let the platform hand them
over. On Cloud Run, after `gcloud secrets create stripe-key --data-file=-`:

```bash deploy.sh
#!/usr/bin/env bash
set -euo pipefail
gcloud run deploy api --image="$IMAGE" --set-secrets=STRIPE_KEY=stripe-key:latest
```

Elsewhere: External Secrets in Kubernetes, SOPS for encrypted files in the repository, or the cloud's own client in the code.

## Gap

```python main.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/orders")
def order(body: dict) -> str:
    return "ok"
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```

## No gap

```python main.py
from fastapi import FastAPI

app = FastAPI()


@app.post("/orders")
def order(body: dict) -> str:
    return "ok"
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["uvicorn", "main:app"]
```
```yaml deploy/secrets.yaml
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: orders
```
"""

from collections.abc import Iterator

from checks.derived.operated_services import OperatedServices
from checks.derived.operations import Operation, Operations
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.LOW, about=OperatedServices, blocks=Stage.NONE, proof=Proof.ABSENCE, effort=(2.0, 8.0)
)
def no_secret_manager(snapshot: Snapshot) -> Iterator[Finding]:
    if not snapshot.derived(Operations).has(Operation.VAULT):
        services = snapshot.derived(OperatedServices)
        looked = Evidence(
            "looked for External Secrets, Sealed Secrets, SOPS, Vault and secret managers of cloud providers in all configuration"
        )
        yield Gap(
            "secret manager",
            f"{services.name} gets its secrets from no secret manager.",
            evidence=(*services.evidence, looked),
        )
