"""Imports that are meant for this tree and lead nowhere, of shipped files and of test modules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.ignored import IgnoreRules
from checks.derived.images import Images
from checks.derived.import_graph import ImportGraph
from checks.derived.prepared_files import PreparedFiles
from checks.derived.python_dependencies import PythonDependencies, Standing
from checks.derived.reachability import Reachability
from checks.derived.test_folders import TEST_MODULE, role_in
from checks.derived.tree_paths import is_hidden, join, parents
from checks.facts.compose import Compose
from checks.facts.python_source import PythonSource
from checks.facts.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.derived.resolution.model import ThirdPartyImport
    from checks.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class BrokenImport:
    """An import without a target. `ships` says whether the importing file is reachable in production."""

    source: str
    line: int
    imported: str
    missing: str
    why: str
    ships: bool
    looked_in: tuple[str, ...] = ()
    near: str | None = None
    image: str | None = None  # the Dockerfile of the image that is built without it


@dataclass(frozen=True)
class BrokenImports:
    """The broken imports, and how many modules' imports were looked at."""

    broken: tuple[BrokenImport, ...]
    modules: int

    def __len__(self) -> int:
        return self.modules

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        graph = snapshot.derived(ImportGraph)
        found = [*_missing(snapshot, graph), *_hyphenated(snapshot, graph), *_left_out(snapshot, graph)]
        return cls(tuple(sorted(found, key=lambda b: (b.source, b.line, b.missing))), len(graph))


def _judged(snapshot: Snapshot, path: str) -> bool:
    role = role_in(snapshot, path)
    return not is_hidden(path) and (
        role is Role.SHIPPED or (role is Role.TEST and bool(TEST_MODULE.search(path)))
    )


def _missing(snapshot: Snapshot, graph: ImportGraph) -> Iterator[BrokenImport]:
    reach, rules = snapshot.derived(Reachability), snapshot.derived(IgnoreRules)
    prepared = snapshot.derived(PreparedFiles)
    for found in graph.missing:
        if found.imported.startswith(".") and prepared.copies(found.source):
            continue  # NOTE: what stands beside its copy is not known
        if not _judged(snapshot, found.source) or any(rules.ignored(path) for path in found.expected):
            continue
        why = "is not in the tree"
        if found.is_name and found.looked_in:
            why = f"{found.looked_in[-1]} does not bind"
        yield BrokenImport(
            found.source,
            found.line,
            found.imported,
            found.missing,
            why,
            reach.starts(found.source),
            found.looked_in,
        )


def _hyphenated(snapshot: Snapshot, graph: ImportGraph) -> Iterator[BrokenImport]:
    """`import api_gateway` beside a folder api-gateway, which no import can name."""
    reach, known = snapshot.derived(Reachability), snapshot.derived(PythonDependencies)
    folders = {folder.rpartition("/")[2]: folder for folder in sorted(snapshot.folders) if "-" in folder}
    for found in graph.third_party:
        near = folders.get(found.name.replace("_", "-")) if "_" in found.name else None
        if near is None or not found.source.endswith(".py") or not _judged(snapshot, found.source):
            continue
        if found.statement.guarded or found.statement.type_only or not _close(found, near):
            continue
        if known.standing(found)[0] is Standing.DECLARED:
            continue
        imported, why = (
            found.statement.module,
            f"is not in the tree: the folder {near} can't be imported by that name",
        )
        yield BrokenImport(
            found.source,
            found.statement.line,
            imported,
            found.statement.module,
            why,
            reach.starts(found.source),
            near=near,
        )


def _left_out(snapshot: Snapshot, graph: ImportGraph) -> Iterator[BrokenImport]:
    """Imports of what lies outside of every folder that an image with the importing file is built from."""
    reach = snapshot.derived(Reachability)
    images = dict(_built(snapshot))
    mounted = list(_mounted(snapshot))
    for edge in graph.edges if images else ():
        source = snapshot.get(edge.source, PythonSource)
        if source is None or edge.by_name or edge.type_only or is_hidden(edge.source):
            continue
        if role_in(snapshot, edge.source) is not Role.SHIPPED:
            continue  # tests don't run in the image
        around = [folder for folder in parents(edge.source) if folder in images]
        if not around or any(_below(edge.target, folder) for folder in (*around, *mounted)):
            continue
        for statement in source.imports:
            if statement.line == edge.line and not statement.guarded:
                why = f"lies outside of {around[0]}, all that {images[around[0]]} is built from"
                yield BrokenImport(
                    edge.source,
                    edge.line,
                    statement.module,
                    statement.module,
                    why,
                    reach.starts(edge.source),
                    image=images[around[0]],
                )


def _built(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """The contexts that compose files name, each with its Dockerfile: a guessed context proves nothing."""
    images = {image.path for image in snapshot.derived(Images).images}
    for path, compose in snapshot.files(Compose):
        for service in compose.services:
            build = service.build
            context = join(path.rpartition("/")[0], build.context) if build and not build.is_remote else None
            dockerfile = (
                join(context, build.dockerfile or "Dockerfile") if build and context is not None else None
            )
            if context is not None and dockerfile in images:
                yield context, str(dockerfile)


def _mounted(snapshot: Snapshot) -> Iterator[str]:
    """The folders of the tree that compose files mount into their containers."""
    for path, compose in snapshot.files(Compose):
        for service in compose.services:
            for mount in service.mounts:
                folder = join(path.rpartition("/")[0], mount.source) if mount.is_bind else None
                if folder:
                    yield folder


def _below(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")


def _close(found: ThirdPartyImport, near: str) -> bool:
    """Whether the folder stands beside or above the importing file."""
    above = set(parents(found.source))
    return near in above or near.rpartition("/")[0] in above
