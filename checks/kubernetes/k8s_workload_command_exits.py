"""A workload starts a program that prints something and ends.

Kubernetes restarts what ends: the pod goes into CrashLoopBackOff and never serves. The image's own command is `--help`, as fits
a command line tool, and the manifest gives no other.

## Fix

Say in the manifest what the container is to do; `args` takes the place of the image's `CMD`:

```yaml k8s/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  template:
    spec:
      containers:
        - name: shop
          image: ghcr.io/acme/shop:1.4.0
          args: [serve, --port, "8080"]
```

## Gap

```yaml k8s/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  template:
    spec:
      containers:
        - name: shop
          image: ghcr.io/acme/shop:1.4.0  ← gap
```
```dockerfile shop/Dockerfile
FROM debian:13-slim
COPY main.py /app/
ENTRYPOINT ["shop"]
CMD ["--help"]
```
```python shop/main.py
print("shop")
```

## No gap

```yaml k8s/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  template:
    spec:
      containers:
        - name: shop
          image: ghcr.io/acme/shop:1.4.0
          args: [serve]
```
```dockerfile shop/Dockerfile
FROM debian:13-slim
COPY main.py /app/
ENTRYPOINT ["shop"]
CMD ["--help"]
```
```python shop/main.py
print("shop")
```
"""

from collections.abc import Iterator

from checks.derived.kubernetes.exiting_workloads import ExitingWorkloads
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=ExitingWorkloads, blocks=Stage.STAGING, effort=(0.1, 1.0))
def k8s_workload_command_exits(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(ExitingWorkloads).all:
        if found.says:
            message = f"{found.workload} runs `{found.says}`, which ends at once, and is restarted for ever."
            command = Evidence(f"the image's command is `{found.says}`", found.dockerfile, found.command_line)
            nothing = Evidence("no command and no args here", found.path, found.line)
            yield Gap(
                f"{found.workload}: {found.container}", message, found.path, found.line, (nothing, command)
            )
