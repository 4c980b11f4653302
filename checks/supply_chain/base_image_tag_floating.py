"""A base image's tag names no version at all.

`rust:bookworm` is whatever compiler was released last: one morning the build takes a new major version that nobody chose, a
build of last month's commit can't be repeated, and the version that the project asks for is tested by nobody.

## Fix

Write the version that the project uses, and let Dependabot or Renovate raise it:

```dockerfile
FROM rust:1.91-bookworm
```

## Gap

```dockerfile Dockerfile
FROM rust:bookworm AS build  ← gap
RUN cargo build --release
FROM debian:bookworm-slim
```
```dockerfile web/Dockerfile
FROM node:lts-alpine  ← gap
CMD ["node", "server.js"]
```

## No gap

```dockerfile Dockerfile
FROM rust:1.91-bookworm AS build
RUN cargo build --release
FROM debian:bookworm-slim
```
```dockerfile web/Dockerfile
FROM node:22-alpine3.22 AS build
FROM node:lts@sha256:d764629ce0ddd8c71fd371e9901efb324a95789d2315a47db7e4d27e78f1b0e9
CMD ["node", "server.js"]
```
"""

import re
from collections.abc import Iterator

from checks.derived.image_references import ImageReference, ImageReferences
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

# Images whose tags start with a version: of a language, a runtime, a server. (Of debian and ubuntu the code name is the version.)
VERSIONED = frozenset({
    "rust", "golang", "python", "node", "ruby", "php", "perl", "swift", "haskell", "elixir", "erlang", "clojure", "gradle", "maven", "eclipse-temurin",
    "amazoncorretto", "openjdk", "julia", "dart", "bun", "deno", "composer", "nginx", "httpd", "caddy", "traefik", "redis", "valkey", "postgres",
    "mysql", "mariadb", "mongo", "memcached", "rabbitmq", "kong", "haproxy", "tomcat"
})  # fmt: skip
_NO_VERSION = re.compile(
    r"^(?:slim|alpine[\d.]*|buster|bullseye|bookworm|trixie|sid|focal|jammy|noble|jre|jdk|fpm|apache|cli|lts|stable|mainline|current|perl|otel|debian|distroless|management)$"
)


@check(severity=Severity.LOW, about=ImageReferences, effort=(0.1, 0.5))
def base_image_tag_floating(snapshot: Snapshot) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for reference in snapshot.derived(ImageReferences).of("base"):
        key = (reference.path, reference.image.name)
        if _floats(reference) and key not in seen:
            seen.add(key)
            message = f"`FROM {reference.image.written}` takes whatever version is the newest."
            evidence = Evidence(
                f"the tag `{reference.image.tag}` names no version", reference.path, reference.line
            )
            yield Gap(reference.image.name, message, reference.path, reference.line, (evidence,))


def _floats(reference: ImageReference) -> bool:
    image = reference.image
    if not reference.is_stated or image.is_pinned or not image.tag:
        return False
    name = re.sub(r"^(?:docker\.io/)?(?:library/|oven/|denoland/)?", "", image.name)
    return name in VERSIONED and all(_NO_VERSION.match(part) for part in image.tag.split("-"))
