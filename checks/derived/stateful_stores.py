"""Data stores that the repository itself deploys: databases and volumes of compose files and manifests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.workloads import Manifests
from checks.facts.compose import Compose
from checks.facts.roles import Role
from checks.snapshot import Snapshot

_DATABASE = re.compile(
    r"(?:^|/)(?:postgres(?:ql)?|postgis|timescaledb|pgvector|mysql|mariadb|mongo(?:db)?|cockroach|cassandra|scylla|clickhouse-server|elasticsearch|opensearch|neo4j|influxdb|couchdb"
    r"|qdrant|weaviate|chroma|milvus|minio)(?:[:@-]|$)"
)
_DEVELOPMENT = re.compile(
    r"(?:^|[/._-])(?:dev|devel|local|tests?|ci|e2e|debug|override)(?:[/._-]|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class StatefulStore:
    """A database with the place that deploys it."""

    path: str
    line: int
    name: str


@dataclass(frozen=True)
class StatefulStores:
    """All of them, by path."""

    all: tuple[StatefulStore, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls((*_compose(snapshot), *_manifests(snapshot)))


def _compose(snapshot: Snapshot) -> Iterator[StatefulStore]:
    for path, compose in snapshot.files(Compose):
        if snapshot.role(path) is Role.SHIPPED and not _DEVELOPMENT.search(path):
            for service in compose.services:
                if service.image and _DATABASE.search(service.image):
                    yield StatefulStore(path, service.line, service.name)


def _manifests(snapshot: Snapshot) -> Iterator[StatefulStore]:
    for manifest in snapshot.derived(Manifests).objects:
        for container in manifest.object.pod.containers if manifest.object.pod else ():
            if container.image and _DATABASE.search(container.image):
                yield StatefulStore(manifest.path, container.line, container.name)
