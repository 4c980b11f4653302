"""Tests that drive several parts together: end-to-end and integration tests that something can run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.import_graph import ImportGraph
from checks.derived.tests.live_tests import LiveTests
from checks.derived.tree_paths import is_hidden, parents
from checks.facts.compose import Compose
from checks.facts.python_tests import PythonTests
from checks.facts.roles import Role
from checks.facts.shell_source import ShellSource
from checks.facts.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.compose import Service
    from checks.snapshot import Snapshot

_CODE = (".py", ".go", ".rs", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".sh", ".feature", ".robot", ".hurl")
_END_TO_END = re.compile(
    r"(?:^|/)(?:e2e|end[-_]?to[-_]?end|e2e[-_]tests?|system[-_]?tests?|acceptance|cypress|playwright)/"
    r"|(?:^|/)(?:playwright|cypress|wdio|nightwatch)\.config\.[cm]?[jt]s$|[._-]e2e[._-]|(?:^|/)e2e[._-]|[._-]e2e\.|\.cy\.[jt]sx?$|\.feature$",
    re.IGNORECASE,
)
_INTEGRATION = re.compile(
    r"(?:^|/)(?:tests?|spec|__tests__)/(?:[^/]+/)*(?:\w+[-_])?(?:integrations?|functional|contract|component|api|smoke)(?:[-_]\w+)?/"
    r"|(?:^|/)(?:integrations?|functional)[-_]tests?/|(?:^|[/._-])(?:integration|functional)(?:[._-]tests?)?[._-][^/]*$",
    re.IGNORECASE,
)
_STORES = re.compile(
    r"(?:^|/)(?:postgres|postgis|timescaledb|pgvector|mysql|mariadb|redis|valkey|mongo|rabbitmq|kafka|redpanda|nats|elasticsearch|opensearch|clickhouse|memcached|cassandra|minio|localstack)",
)
_MANY = 2  # services that are built here: a test of one with its store says nothing of the others


@dataclass(frozen=True, slots=True)
class Stack:
    """A compose file that builds services: how many, and the stores beside them."""

    path: str
    folder: str
    built: tuple[str, ...]
    stores: tuple[str, ...]
    end_to_end: tuple[str, ...]  # tests below its folder that can run
    integration: tuple[str, ...]
    stranded: tuple[str, ...]  # tests of both kinds that need services nothing starts


@dataclass(frozen=True)
class Stacks:
    """The stacks of a tree, one a folder: of variants that stand beside each other the one that builds most."""

    all: tuple[Stack, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        named = [p for p in sorted(snapshot.paths) if p.endswith(_CODE) and _is_named(snapshot, p)]
        coded = frozenset(
            folder
            for path, source in snapshot.shipped(Source)
            if not isinstance(source, ShellSource)
            for folder in parents(path)
        )
        found = (
            _stack(snapshot, path, compose, named, coded)
            for path, compose in snapshot.files(Compose)
            if snapshot.role(path) is Role.SHIPPED and not is_hidden(path)
        )
        largest: dict[str, Stack] = {}
        for stack in sorted(found, key=lambda stack: (-len(stack.built), -len(stack.stores), stack.path)):
            largest.setdefault(stack.folder, stack)
        return cls(tuple(stack for _, stack in sorted(largest.items())))


def _is_named(snapshot: Snapshot, path: str) -> bool:
    if _END_TO_END.search(path):
        return True
    return snapshot.role(path) is Role.TEST and _INTEGRATION.search(path) is not None


def _stack(snapshot: Snapshot, path: str, compose: Compose, named: list[str], coded: frozenset[str]) -> Stack:
    folder = path.rpartition("/")[0]
    # A folder of compose files alone says nothing of where the tests of the product stand.
    home = next((above for above in parents(path) if above in coded), "")
    above = f"{home}/" if home else ""
    stranded = {p for p in snapshot.derived(LiveTests).paths if not _reaches(snapshot, p)}
    below = [p for p in named if p.startswith(above)]
    built = {
        (s.build.context, s.build.dockerfile): s.name
        for s in reversed(compose.services)
        if s.build and not s.build.is_remote
    }
    stores = tuple(s.name for s in compose.services if _is_store(s))
    return Stack(
        path,
        folder,
        tuple(sorted(built.values())),
        stores,
        tuple(p for p in below if _END_TO_END.search(p) and p not in stranded),
        tuple(p for p in below if p not in stranded)
        or (tuple(_by_fixture(snapshot, above)) if len(built) < _MANY else ()),
        tuple(p for p in below if p in stranded),
    )


def _is_store(service: Service) -> bool:
    return service.image is not None and _STORES.search(service.image) is not None


def _reaches(snapshot: Snapshot, path: str) -> bool:
    """Whether a test imports the product: it runs without the services that it can't find."""
    edges = snapshot.derived(ImportGraph).imports.get(path, ())
    return any(snapshot.role(edge.target) is Role.SHIPPED for edge in edges)


def _by_fixture(snapshot: Snapshot, above: str) -> Iterator[str]:
    """Tests that ask for a database or a client by a fixture."""
    for path, facts in snapshot.files(PythonTests):
        asked = {name for test in facts.tests for name in test.fixtures}
        if path.startswith(above) and asked & {
            "db",
            "session",
            "db_session",
            "database",
            "client",
            "async_client",
            "engine",
            "redis_client",
            "app",
        }:
            yield path
