"""A credential for the image registry is made, and no workload pulls with it.

A cluster fetches an image from a private registry only with a credential that the pod or its service account names
(`imagePullSecrets`). Without it the pod stays in `ImagePullBackOff`: the deployment that was tried on a machine with a login
fails in the cluster.

## Fix

Name the credential in the pod, or once for all pods of a service account:

```yaml
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
imagePullSecrets: [{name: registry}]
```

Where the nodes may pull by themselves (a registry of the same cloud), take the making of the credential out instead.

## Gap

```yaml deploy/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - {name: web, image: "registry.example.com/web:1"}  ← gap
```
```yaml deploy/registry.yaml
apiVersion: v1
kind: Secret
metadata: {name: registry}
type: kubernetes.io/dockerconfigjson
```

## No gap

```yaml deploy/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      imagePullSecrets: [{name: registry}]
      containers:
        - {name: web, image: "registry.example.com/web:1"}
```
```yaml deploy/registry.yaml
apiVersion: v1
kind: Secret
metadata: {name: registry}
type: kubernetes.io/dockerconfigjson
```
"""

from collections.abc import Iterator

from checks.derived.kubernetes.registry_credentials import RegistryCredentials
from checks.derived.workloads import Workloads
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage, Undecided
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.LOW,
    about=RegistryCredentials,
    blocks=Stage.NONE,
    effort=(0.25, 1.0),
    proof=Proof.ABSENCE,
)
def k8s_image_pull_secret_missing(snapshot: Snapshot) -> Iterator[Finding]:
    credentials, workloads = snapshot.derived(RegistryCredentials), snapshot.derived(Workloads)
    hosted = [
        (workload, container)
        for workload in workloads.items
        for container in workload.pod.containers
        if "." in (container.image or "").partition("/")[0]  # of a registry of its own, not Docker Hub's
    ]
    if credentials.is_used or not hosted:
        if workloads.unread and not credentials.is_used:
            yield Undecided("templates and inline patches may name the credential; they aren't read")
        return
    workload, container = hosted[0]
    yield Gap(
        subject="imagePullSecrets",
        message=f"{workload.label} pulls `{container.image}`, and neither it nor a service account names the credential that is made.",
        path=workload.path,
        line=container.image_line,
        evidence=(
            *credentials.made[:3],
            Evidence("looked for imagePullSecrets in every manifest and command"),
        ),
    )
