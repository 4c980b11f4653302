"""Go's imports resolved to packages: a node is a package's folder, its files hang below it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from checks.derived.go_modules import GoModules
from checks.derived.resolution.model import Edge, MissingTarget, Resolution, ThirdPartyImport
from checks.facts.go_source import GoSource

if TYPE_CHECKING:
    from checks.facts.source import Import
    from checks.snapshot import Snapshot


def resolve_go(snapshot: Snapshot) -> Resolution:
    """Edges file -> package folder -> its files; imports of packages that the module doesn't hold."""
    sources = dict(snapshot.files(GoSource))
    modules = snapshot.derived(GoModules)
    result = Resolution(modules=set(sources))
    packages: dict[str, list[str]] = defaultdict(list)
    for path, source in sources.items():
        folder = path.rpartition("/")[0]
        if not path.endswith("_test.go") and not is_ignored(source):
            packages[folder].append(path)
            result.edges.append(Edge(folder, path, 1, by_name=True))
        if not is_ignored(source):
            result.edges.append(Edge(path, folder, 1, by_name=True))
    for path, source in sources.items():
        for statement in source.imports:
            _resolve(path, statement, modules, packages, result)
    return result


def is_ignored(source: GoSource) -> bool:
    """Whether a build constraint keeps the file out of its package: a program to be run by itself."""
    return "ignore" in (source.build_constraint or "").replace("!", " ").split()


def _resolve(
    path: str, statement: Import, modules: GoModules, packages: dict[str, list[str]], result: Resolution
) -> None:
    folder = modules.folder_of(path, statement.module)
    if folder is None:
        if "." in statement.module.partition("/")[0]:
            result.third_party.append(ThirdPartyImport(path, statement.module, statement))
    elif folder in packages:
        result.edges.append(Edge(path, folder, statement.line))
    else:
        gap = MissingTarget(path, statement.line, statement.module, folder, (), statement, (f"{folder}/",))
        result.missing.append(gap)
