"""Migrations of Alembic, Django and Prisma that nothing in a tree that is deployed runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.images import Images
from checks.facts.compose import Compose
from checks.facts.migration_runs import MigrationRuns, tools_run
from checks.facts.procfile import Procfile
from checks.facts.roles import Role
from checks.facts.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

_MIGRATIONS = {
    "alembic": re.compile(r"(?:^|/)(?:alembic|migrations)/versions/[^/]+\.py$"),
    "django": re.compile(r"(?:^|/)migrations/\d{4}_\w+\.py$"),
    "prisma": re.compile(r"(?:^|/)prisma/(?:[\w-]+/)?migrations/[^/]+/migration\.sql$"),
}
_SAYS = {"alembic": "alembic upgrade head", "django": "manage.py migrate", "prisma": "prisma migrate deploy"}


@dataclass(frozen=True, slots=True)
class UnrunMigrations:
    """The folder of a tool's migrations, how many it holds, and what would run them."""

    tool: str
    folder: str
    count: int
    command: str


@dataclass(frozen=True, slots=True)
class MigrationTools:
    """Those that nothing runs; `looked_at` counts the folders of migrations."""

    unrun: tuple[UnrunMigrations, ...]
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found = {tool: _folders(snapshot, tool) for tool in _MIGRATIONS} if _is_deployed(snapshot) else {}
        count = sum(map(len, found.values()))
        run = _run(snapshot) if count else frozenset()
        unrun = (
            UnrunMigrations(tool, folder, number, _SAYS[tool])
            for tool, folders in found.items()
            for folder, number in folders.items()
            if tool not in run
        )
        return cls(tuple(unrun), count)


def _is_deployed(snapshot: Snapshot) -> bool:
    """Whether anything in the tree says how its services are started."""
    kinds = (Compose, Procfile)
    return bool(snapshot.derived(Images).images) or any(
        True for kind in kinds for _ in snapshot.shipped(kind)
    )


def _folders(snapshot: Snapshot, tool: str) -> dict[str, int]:
    """The folders of a tool's migrations, with how many they hold."""
    found: dict[str, int] = {}
    for path in sorted(snapshot.paths):
        if (
            _MIGRATIONS[tool].search(path)
            and snapshot.role(path) is Role.SHIPPED
            and not path.endswith("__init__.py")
        ):
            folder = path.rpartition("/")[0]
            folder = folder.rpartition("/")[0] if tool == "prisma" else folder
            found[folder] = found.get(folder, 0) + 1
    if tool == "alembic":  # its own environment stands beside them; another's runner has none
        return {
            folder: n
            for folder, n in found.items()
            if f"{folder.rpartition('/')[0]}/env.py" in snapshot.paths
        }
    if tool == "django" and not any(path.rpartition("/")[2] == "manage.py" for path in snapshot.paths):
        return {}
    return found


def _run(snapshot: Snapshot) -> frozenset[str]:
    """The tools whose migrations a text, or code, runs."""
    found = {tool for _, texts in snapshot.files(MigrationRuns) for tool in texts.tools}
    for path, source in snapshot.files(Source):
        if not _MIGRATIONS["alembic"].search(path) and not _MIGRATIONS["django"].search(path):
            found.update(_of_code(source))
    return frozenset(found)


def _of_code(source: Source) -> Iterator[str]:
    """A call of the tool's own library, or of a program."""
    if any(
        i.module in ("alembic.command", "alembic") and "command" in (*i.names, i.module.rpartition(".")[2])
        for i in source.imports
    ):
        yield "alembic"
    for call in source.calls:
        for argument in call.arguments:
            yield from tools_run(argument.text)
        yield from ("django",) if call.callee.endswith("MigrationExecutor") else ()
    for text in source.strings:
        yield from tools_run(text.value)
