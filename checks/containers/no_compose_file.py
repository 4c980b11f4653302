"""The documents tell people to run docker compose, and there is no compose file.

A compose file describes the containers of an application and starts them together. Whoever follows the documents gets `no
configuration file provided: not found`: the stack that the authors have on their machine can't be started by anybody else.

## Fix

Commit the file that you start the stack with, as `compose.yaml` at the root, or take the command out of the document:

```yaml compose.yaml
services:
  api:
    image: ghcr.io/example/shop:1.4.2
    restart: unless-stopped
    ports: ["8000:8000"]
    depends_on: [db]
    mem_limit: 512m
    security_opt: ["no-new-privileges:true"]
    logging: {driver: local}
  db:
    image: postgres:17
    restart: unless-stopped
    environment: {POSTGRES_PASSWORD_FILE: /run/secrets/db_password}
    secrets: [db_password]
    volumes: ["data:/var/lib/postgresql/data"]
    mem_limit: 1g
    security_opt: ["no-new-privileges:true"]
    logging: {driver: local}
volumes: {data: {}}
secrets:
  db_password: {environment: DB_PASSWORD}
```

## Gap

```markdown README.md
# Shop

## Deployment

~~~bash
docker compose up -d  ← gap
~~~
```

## No gap

```markdown README.md
# Shop

## Deployment

~~~bash
docker compose up -d
~~~
```
```yaml compose.yaml
services: {api: {build: .}}
```
"""

from collections.abc import Iterator

from checks.derived.promised_deployments import PromisedCompose
from checks.model import Finding, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.LOW, about=PromisedCompose, blocks=Stage.NONE, effort=(0.5, 3.0), proof=Proof.ABSENCE
)
def no_compose_file(snapshot: Snapshot) -> Iterator[Finding]:
    yield from snapshot.derived(PromisedCompose).unmet()
