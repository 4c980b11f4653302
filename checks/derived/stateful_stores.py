"""Data stores that the repository itself deploys: databases and volumes of compose files and manifests."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.configurations import is_for_development
from checks.derived.workloads import Manifests
from checks.facts.compose import Compose
from checks.facts.roles import Role
from checks.snapshot import Snapshot

# In memory: what they hold is gone at a restart anyway, unless they get a place to keep it.
_CACHE = re.compile(r"(?:^|/)(?:redis|valkey|rabbitmq)(?:[:@-]|$)")
_DATABASE = re.compile(
    r"(?:^|/)(?:postgres(?:ql)?|postgis|timescaledb|pgvector|mysql|mariadb|mongo(?:db)?|cockroach|cassandra|scylla|clickhouse-server|elasticsearch|opensearch|neo4j|influxdb|couchdb"
    r"|redis|valkey|rabbitmq|qdrant|weaviate|chroma|milvus|minio)(?:[:@-]|$)"
)


@dataclass(frozen=True, slots=True)
class StatefulStore:
    """A database with the place that deploys it. A cache without a volume is none."""

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


def is_database(image: str) -> bool:
    """Whether the image is a database's, told by its name."""
    return _DATABASE.search(image) is not None


def _is_kept(image: str | None, mounts: Collection[object]) -> bool:
    """Whether it is a database that keeps what it holds."""
    return image is not None and is_database(image) and (bool(mounts) or not _CACHE.search(image))


def _compose(snapshot: Snapshot) -> Iterator[StatefulStore]:
    for path, compose in snapshot.files(Compose):
        if snapshot.role(path) is Role.SHIPPED and not is_for_development(path):
            for service in compose.services:
                if _is_kept(service.image, service.mounts):
                    yield StatefulStore(path, service.line, service.name)


def _manifests(snapshot: Snapshot) -> Iterator[StatefulStore]:
    for manifest in snapshot.derived(Manifests).objects:
        for container in manifest.object.pod.containers if manifest.object.pod else ():
            if _is_kept(container.image, container.mounts):
                yield StatefulStore(manifest.path, container.line, container.name)
