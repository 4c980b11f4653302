"""A deployment is open to everyone on the internet by default.

The platform would ask every caller who they are; here that is switched off for all. Whatever the service forgets to
protect, an admin route, metrics, a tool server, is public from the first deployment on, bills included.

## Fix

Deploy closed, and open single services on purpose: `gcloud run deploy api --no-allow-unauthenticated`, with
`roles/run.invoker` for those who may call.

## Gap

```sh deploy/deploy.sh
#!/bin/bash
gcloud run deploy api --image=api --allow-unauthenticated  ← gap
```
```go cmd/deploy/main.go
package main

import "flag"

func main() { flag.Bool("allow-unauthenticated", true, "Allow unauthenticated access") }  ← gap
```

## No gap

```sh deploy/deploy.sh
#!/bin/bash
gcloud run deploy api --image=api --no-allow-unauthenticated
```
```go cmd/deploy/main.go
package main

import "flag"

func main() {
        if *flag.Bool("allow-unauthenticated", false, "Allow unauthenticated access") {
                args = append(args, "--allow-unauthenticated")
        }
}
```
"""

from collections.abc import Iterator

from checks.derived.security.open_deployments import OpenDeployments
from checks.model import Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=OpenDeployments, effort=(0.5, 4.0))
def deploy_allows_unauthenticated(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(OpenDeployments).all:
        message = f"This deploys for everyone on the internet to call: {found.by}."
        yield Gap(found.subject, message, found.path, found.line)
