"""A secret becomes part of the image.

Everyone who may pull the image reads it: `docker history` shows build arguments and variables, a copied file stays in its layer
even if a later step deletes it. Replacing the secret then means finding and replacing every image that holds it.

## Fix

Mount a secret for the one step that needs it, and give the program its secrets when it starts. Here npm's settings, which hold its token:

```dockerfile Dockerfile
# docker build --secret id=npmrc,src=$HOME/.npmrc .
FROM node:22-slim
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm install --global @example/shop@1.4.2
```

## Gap

### In a variable, in the history

```dockerfile Dockerfile
FROM node:22-slim
ENV SESSION_SECRET=q7Hx2vLz9TnB4kWe  ← gap
ARG NPM_TOKEN
RUN echo "//registry.npmjs.org/:_authToken=${NPM_TOKEN}" > .npmrc && npm ci  ← gap
```

### A file

```dockerfile Dockerfile
FROM python:3.12-slim
COPY .env /app/.env  ← gap
```

## No gap

### Only the first stage knows it

```dockerfile Dockerfile
FROM node:22 AS build
ARG NPM_TOKEN
RUN echo "//registry.npmjs.org/:_authToken=${NPM_TOKEN}" > .npmrc && npm ci
FROM node:22-slim
COPY --from=build /app /app
```

### A value for the build alone

```dockerfile Dockerfile
FROM python:3.12-slim
ENV SECRET_KEY=dummy-for-collectstatic
RUN --mount=type=secret,id=token pip install -r requirements.txt
COPY .env.example /app/
```
"""

from collections.abc import Iterator

from checks.derived.containers.baked_secrets import BakedSecrets
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.CRITICAL, about=BakedSecrets, effort=(0.5, 4.0))
def secret_in_image(snapshot: Snapshot) -> Iterator[Finding]:
    for secret in snapshot.derived(BakedSecrets).all:
        yield Gap(
            subject=secret.subject,
            message=f"Everyone who has the image can read it: {secret.what}.",
            path=secret.path,
            line=secret.line,
            evidence=(Evidence(secret.what, secret.path, secret.line),),
            severity=secret.severity,
        )
