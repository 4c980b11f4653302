"""JavaScript's and TypeScript's entry points: what packages offer and start, and where frameworks look."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.derived.command_targets import TargetKind, command_targets
from checks.derived.entry_point import EntryPoint, Rank
from checks.derived.node_packages import NodePackages
from checks.derived.resolution.ecmascript import ecmascript_sources
from checks.facts.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

_TEST = re.compile(
    r"\.(?:test|spec|cy|e2e)\.[cm]?[jt]sx?$|(?:^|/)(?:__tests__|__mocks__|cypress|e2e|test|tests)/|(?:^|/)(?:setupTests|vitest\.setup|jest\.setup)\."
)
_TOOL = re.compile(
    r"(?:^|/)[^/]*(?:\.config|\.conf|rc|\.setup|\.stories|\.story)\.[cm]?[jt]sx?$|(?:^|/)(?:\.storybook|gulpfile|Gruntfile|webpack)[^/]*|\.d\.[cm]?ts$"
)
_CONVENTION = re.compile(
    r"(?:^|/)(?:src/)?(?:pages|app|routes|server|layouts|middleware|plugins|composables|api|functions|netlify/functions|netlify/edge-functions|edge-functions|lambdas?|public|static|workers|commands|content|islands|entrypoints)/"
    r"|(?:^|/)(?:middleware|instrumentation|proxy|entry[.-][\w.-]+|hooks(?:\.\w+)?|root|router|service-worker|sw|gatsby-[\w-]+|_app|_document|worker|preload|background|content|popup|ecosystem[\w.]*)\.[cm]?[jt]sx?$"
    r"|(?:^|/)\+[\w.@-]+\.(?:[jt]s|svelte)$"
)
_MAIN = re.compile(r"^(?:src/)?(?:main|index|server|app|bootstrap|App|client|bin|cli)\.[cm]?[jt]sx?$")
_SHIPPING_SCRIPTS = re.compile(r"^(?:start|serve|prod|worker)(?::|$)|^start")


def node_entry_points(snapshot: Snapshot) -> Iterator[EntryPoint]:
    """Every entry point of the packages, and of the files by their place."""
    packages = snapshot.derived(NodePackages)
    for folder in packages.packages:
        yield from _package(packages, folder)
    for path in ecmascript_sources(snapshot):
        if rank := _by_place(snapshot, packages, path):
            yield EntryPoint(rank, path, "by its place", path, 1, wildcard=True)


def _package(packages: NodePackages, folder: str) -> Iterator[EntryPoint]:
    facts = packages.packages[folder]
    manifest = f"{folder}/package.json".lstrip("/")
    for offer in facts.entry_files:
        if file := packages.source_of(folder, offer.path):
            rank = Rank.INSTALLED if offer.field == "bin" else Rank.LIBRARY
            yield EntryPoint(rank, file, f"{offer.field} of {facts.name or folder}", manifest, offer.line)
    for script in facts.scripts:
        rank = Rank.CONVENTION if _SHIPPING_SCRIPTS.search(script.name) else Rank.SCRIPT
        for target in command_targets(script.command):
            file = packages.source_of(folder, target.name) if target.kind is TargetKind.FILE else None
            if file:
                yield EntryPoint(rank, file, f"npm run {script.name}", manifest, script.line)


def _by_place(snapshot: Snapshot, packages: NodePackages, path: str) -> Rank | None:
    role = snapshot.role(path)
    folder = packages.folder_of(path)
    inner = path.removeprefix(f"{folder}/") if folder else path
    if _TEST.search(path) or role is Role.TEST:
        return Rank.TEST
    if _TOOL.search(path) or role is not Role.SHIPPED:
        return Rank.SCRIPT
    if _CONVENTION.search(f"/{inner}"):
        return Rank.CONVENTION
    return Rank.CONVENTION if folder is None or _MAIN.match(inner) else None
