"""A repository of several services doesn't say who reviews which.

Anyone's approval is then enough for everything: a change to the release workflow, the migrations or the login is merged by
somebody who has never seen that part, and nobody is asked who has.

## Fix

This file tells GitHub whom to ask for a review of which folder; a rule of the branch makes the approval necessary:

```text .github/CODEOWNERS
/.github/        @example/platform
/api/            @example/backend
/worker/         @example/backend
/web/            @example/frontend
```

## Gap

```dockerfile api/Dockerfile
FROM python:3.12-slim
EXPOSE 8080
CMD ["python", "-m", "api"]
```
```dockerfile worker/Dockerfile
FROM python:3.12-slim
EXPOSE 8080
CMD ["python", "-m", "worker"]
```
```dockerfile web/Dockerfile
FROM python:3.12-slim
EXPOSE 8080
CMD ["python", "-m", "web"]
```

## No gap

```dockerfile api/Dockerfile
FROM python:3.12-slim
EXPOSE 8080
CMD ["python", "-m", "api"]
```
```dockerfile worker/Dockerfile
FROM python:3.12-slim
EXPOSE 8080
CMD ["python", "-m", "worker"]
```
```dockerfile web/Dockerfile
FROM python:3.12-slim
EXPOSE 8080
CMD ["python", "-m", "web"]
```
```text .github/CODEOWNERS
/api/ @example/backend
/web/ @example/frontend
```
"""

from collections.abc import Iterator

from checks.derived.community import ServiceFolders
from checks.model import Evidence, Finding, Gap, Met, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=ServiceFolders, blocks=Stage.NONE, effort=(0.25, 1.0))
def codeowners_missing(snapshot: Snapshot) -> Iterator[Finding]:
    services = snapshot.derived(ServiceFolders)
    if services.owners is not None:
        yield Met("CODEOWNERS", (Evidence("says who owns what", services.owners),))
    else:
        first = ", ".join(f"`{folder}`" for folder in services.folders[:3])
        looked = "looked for CODEOWNERS at the root, in .github/, .gitlab/ and docs/; OWNERS; MAINTAINERS"
        yield Gap(
            "CODEOWNERS",
            f"{len(services)} services ({first} ...) have no owners: there is no CODEOWNERS.",
            evidence=(Evidence(looked), *(Evidence("a service", folder) for folder in services.folders[:5])),
        )
