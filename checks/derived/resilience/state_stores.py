"""Where a service keeps its state: in the process, in files written in place, or in a store that outlives both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.service_code import RunningServices, ServiceCode
from checks.facts.source import Definition, DefinitionKind, Source
from checks.snapshot import Snapshot

_DRIVERS = """
sqlalchemy sqlmodel psycopg psycopg2 asyncpg aiosqlite sqlite3 pymongo motor redis aioredis django.db peewee tortoise beanie boto3 aioboto3 google.cloud.firestore google.cloud.datastore
firebase_admin elasticsearch cassandra pymysql aiomysql mysql valkey celery rq arq temporalio procrastinate aiokafka kafka confluent_kafka pika aio_pika nats chromadb qdrant_client
supabase azure.cosmos clickhouse_connect duckdb
database/sql github.com/jackc/pgx github.com/lib/pq gorm.io/gorm github.com/jmoiron/sqlx go.mongodb.org/mongo-driver github.com/redis/go-redis github.com/go-redis/redis go.etcd.io/bbolt
github.com/dgraph-io/badger cloud.google.com/go/firestore cloud.google.com/go/datastore cloud.google.com/go/spanner github.com/aws/aws-sdk-go-v2/service/dynamodb github.com/nats-io/nats.go
github.com/segmentio/kafka-go entgo.io/ent github.com/uptrace/bun go.etcd.io/etcd github.com/mattn/go-sqlite3 modernc.org/sqlite k8s.io/client-go github.com/hashicorp/raft
sqlx diesel sea_orm tokio_postgres rusqlite redis mongodb sled rocksdb deadpool_postgres fred aws_sdk_dynamodb bb8 libsql surrealdb
pg mysql2 mongoose mongodb redis ioredis @prisma/client prisma typeorm sequelize knex drizzle-orm better-sqlite3 kysely bullmq bull @aws-sdk/client-dynamodb firebase-admin
@supabase/supabase-js @google-cloud/firestore node:sqlite sqlite3 pg-promise postgres @libsql/client @mikro-orm/core lowdb @planetscale/database @neondatabase/serverless
"""
DRIVERS = frozenset(_DRIVERS.split())
_STATE = re.compile(
    r"^_*(?:active_?|pending_?|running_?|in_?memory_?|user_?|task_?|job_?|all_?)*(?:sessions?|jobs?|tasks?|queue|workflows?|orders?|users?|tokens?|conversations?|carts?|rooms?|db|database|store|state)"
    r"(?:_?(?:store|db|by_id|map|dict|queue|registry|state|history))?$",
    re.IGNORECASE,
)
_CONTAINERS = re.compile(
    r"^(?:dict|list|deque|defaultdict|OrderedDict|collections\.(?:deque|defaultdict|OrderedDict)|asyncio\.Queue|queue\.Queue|new Map|Map|\{\}|\[\]|make)$"
)
_STORE = re.compile(r"(?:store|repository|storage|persistence|checkpointer|state_?manager)$", re.IGNORECASE)
_LOCAL = re.compile(
    r"^(?:File|Memory|InMemory|Local|Fs|Disk|Json|Dummy|Mock|Fake|Noop|Null|Map)|(?:Memory|File|InMemory)(?:Store|Repository|Storage|Persistence|Checkpointer)$"
)
_DURABLE_WORDS = re.compile(
    r"state|workflow|session|checkpoint|job|task|order|queue|execution", re.IGNORECASE
)
_WRITES = frozenset(
    {
        "os.WriteFile",
        "ioutil.WriteFile",
        "fs.writeFileSync",
        "fs.writeFile",
        "fs.promises.writeFile",
        "std::fs::write",
        "fs::write",
    }
)
_SAFE = re.compile(
    r"(?:^|[.:])(?:Rename|rename|renameSync|replace|persist|Sync|fsync|sync_all|NamedTemporaryFile|CreateTemp)$"
)


@dataclass(frozen=True, slots=True)
class ProcessState:
    """State that ends with the process, or is lost when it ends in the middle of a write."""

    path: str
    line: int
    subject: str
    message: str
    looked_for: str


@dataclass(frozen=True)
class StateStores:
    """What was found; `read` counts the services and the stores looked at."""

    all: tuple[ProcessState, ...]
    read: int

    def __len__(self) -> int:
        return self.read

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        services = snapshot.derived(RunningServices).all
        sources = tuple(snapshot.shipped(Source))
        has_driver = any(_imports_driver(source) for _, source in sources)
        held = [state for service in services if not service.imported(DRIVERS) for state in _held(service)]
        stores = [] if has_driver or not services else list(_file_stores(sources))
        return cls((*held, *stores), len(services))


def _imports_driver(source: Source) -> bool:
    return any(
        found.module == name or found.module.startswith((f"{name}.", f"{name}/", f"{name}::"))
        for found in source.imports
        if found.module.split(".")[0].split("/")[0].split("::")[0] in _FIRST_WORDS
        for name in DRIVERS
    )


_FIRST_WORDS = frozenset(name.split(".")[0].split("/")[0].split("::")[0] for name in DRIVERS) | {
    name.split("/")[0] for name in DRIVERS
}


def _held(service: ServiceCode) -> Iterator[ProcessState]:
    """Module-level containers named like state, in a service that uses no store at all."""
    for path, source in service.sources:
        for one in source.bindings:
            if one.inside is None and _STATE.match(one.name) and _CONTAINERS.match(one.value):
                message = f"`{one.name}` holds the service's state in the process: it is lost with every restart, and a second replica has its own."
                yield ProcessState(
                    path,
                    one.line,
                    one.name,
                    message,
                    "a database, cache or queue among the imports of the service",
                )


def _file_stores(sources: tuple[tuple[str, Source], ...]) -> Iterator[ProcessState]:
    """A store's interface whose implementations all keep state in the process or in files written in place."""
    kinds = (DefinitionKind.INTERFACE, DefinitionKind.CLASS)
    for path, source in sources:
        interface = next(
            (d for d in source.definitions if d.kind is DefinitionKind.INTERFACE and _STORE.search(d.name)),
            None,
        )
        stores = [
            d for d in source.definitions if d.kind in kinds and _STORE.search(d.name) and d is not interface
        ]
        if interface is None or not stores or not _DURABLE_WORDS.search(f"{path} {interface.doc or ''}"):
            continue
        if all(_LOCAL.search(store.name) for store in stores):
            yield _local(path, source, interface, stores)


def _local(path: str, source: Source, interface: Definition, stores: list[Definition]) -> ProcessState:
    names = ", ".join(f"`{store.name}`" for store in stores)
    in_place = any(call.callee in _WRITES for call in source.calls)
    safe = any(_SAFE.search(call.callee) for call in source.calls)
    torn = "; its files are written in place, so a crash leaves half of one" if in_place and not safe else ""
    message = f"`{interface.name}` is implemented by {names} alone: state stays on one machine{torn}."
    return ProcessState(
        path,
        interface.line,
        interface.name,
        message,
        "a database or distributed store among the imports of all shipped code",
    )
