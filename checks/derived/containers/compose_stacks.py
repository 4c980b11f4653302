"""Compose files that run the product itself, told from those that only help developers."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.image_references import is_for_development
from checks.facts.compose import Compose, Port, Service
from checks.snapshot import Snapshot

DATASTORES = {
    "postgres": "5432", "postgresql": "5432", "postgis": "5432", "pgvector": "5432", "timescaledb": "5432", "mysql": "3306", "mariadb": "3306",
    "redis": "6379", "valkey": "6379", "redis-stack": "6379", "mongo": "27017", "mongodb": "27017", "elasticsearch": "9200", "opensearch": "9200",
    "memcached": "11211", "rabbitmq": "5672", "clickhouse-server": "8123", "cassandra": "9042", "neo4j": "7687", "etcd": "2379", "qdrant": "6333",
    "couchdb": "5984", "influxdb": "8086",
}  # fmt: skip
_LOOPBACK = re.compile(r"^(?:127\.|localhost$|\[?::1\]?$)")
_DEVELOPS = re.compile(
    r"--reload\b|\b(?:npm|pnpm|yarn|bun) (?:run )?(?:dev|watch)\b|\bnodemon\b|\brunserver\b|\bvite(?: dev)?$|\bnext dev\b|\bwatchmedo\b|\bcargo watch\b|\bsleep infinity\b|\btail -f /dev/null\b"
)
_MADE_WITH = frozenset({"build", "src", "app", "backend", "frontend", "server", "web", "api", "lib"})


@dataclass(frozen=True, slots=True)
class Stack:
    """A compose file that runs the product. `lasting` are the services that should stay up.

    `beside` are the other compose files of the folder, which Docker may merge into it.
    """

    path: str
    compose: Compose
    lasting: tuple[Service, ...]
    beside: tuple[Compose, ...] = ()

    def lacking(self, holds: Callable[[Service], bool]) -> list[Service]:
        """The lasting services for which neither this file nor one beside it holds."""
        return [s for s in self.lasting if not any(holds(one) for one in self._versions(s))]

    def _versions(self, service: Service) -> Iterator[Service]:
        yield service
        yield from (other for file in self.beside if (other := file.service(service.name)))


@dataclass(frozen=True)
class Stacks:
    """All of them, by path."""

    all: tuple[Stack, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        files = list(snapshot.shipped(Compose))
        return cls(
            tuple(
                Stack(path, compose, tuple(_lasting(compose)), tuple(_beside(path, files)))
                for path, compose in files
                if not is_for_development(path) and _runs_product(compose) and not _develops(compose)
            )
        )


def _beside(path: str, files: list[tuple[str, Compose]]) -> Iterator[Compose]:
    folder = posixpath.dirname(path)
    return (compose for other, compose in files if other != path and posixpath.dirname(other) == folder)


def published_datastore_ports(service: Service) -> Iterator[Port]:
    """The ports of a database or broker that anyone who reaches the host can talk to."""
    image = service.resolved_image
    name = posixpath.basename(image.name) if image else ""
    for port in service.ports if name in DATASTORES else ():
        is_open = not _LOOPBACK.match(port.address) and "$" not in port.host
        if port.host and is_open and port.container.partition("-")[0] == DATASTORES[name]:
            yield port


def _runs_product(compose: Compose) -> bool:
    """Whether any service is more than a ready-made store: files with stores alone are for a developer's machine."""
    return any(service.build or (service.image and not _is_store(service)) for service in compose.services)


def _is_store(service: Service) -> bool:
    image = service.resolved_image
    return image is not None and posixpath.basename(image.name) in DATASTORES


def _develops(compose: Compose) -> bool:
    """Whether sources are mounted into what was built from them, or something restarts on every edit."""
    return any(
        _DEVELOPS.search(command.text) for service in compose.services for command in service.commands
    ) or any(_mounts_source(service) for service in compose.services)


def _mounts_source(service: Service) -> bool:
    contexts = {posixpath.normpath(service.build.context)} if service.build else set()
    for mount in service.mounts:
        source = posixpath.normpath(mount.source) if mount.is_bind and mount.source.startswith(".") else ""
        inside = any(source.startswith(f"{context}/") or context == "." for context in contexts)
        if source and (
            source in contexts or source == "." or (inside and posixpath.basename(source) in _MADE_WITH)
        ):
            return True
    return False


def _lasting(compose: Compose) -> Iterator[Service]:
    """Services that serve, without those that run once, stand behind a profile or only complete another file's."""
    waited = [needed for service in compose.services for needed in service.depends_on]
    once = {name for name, condition in waited if condition == "service_completed_successfully"}
    needed = {name for name, _ in waited}
    for service in compose.services:
        serves = (
            service.ports
            or service.depends_on
            or service.healthcheck
            or service.restart
            or _is_store(service)
        )
        is_whole = (service.image or service.build) and not service.profiles and not service.extends
        if is_whole and service.name not in once and (serves or service.name in needed):
            yield service
