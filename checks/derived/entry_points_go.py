"""Go's entry points: package main with func main, a library's public packages, tests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.derived.entry_point import EntryPoint, Rank
from checks.derived.go_modules import GoModules
from checks.derived.resolution.go import is_ignored
from checks.facts.go_source import GoSource
from checks.facts.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

_INTERNAL = re.compile(r"(?:^|/)(?:internal|cmd)(?:/|$)")


def go_entry_points(snapshot: Snapshot) -> Iterator[EntryPoint]:
    """A program is a package main; every package outside internal/ and cmd/ is a module's public face."""
    modules = snapshot.derived(GoModules)
    for path, source in snapshot.files(GoSource):
        folder = path.rpartition("/")[0]
        role = snapshot.role(path)
        if path.endswith("_test.go"):
            yield EntryPoint(Rank.TEST, path, "test", path, wildcard=True)
        elif role is not Role.SHIPPED or is_ignored(source):
            rank = Rank.SCRIPT if role in (Role.EXAMPLE, Role.TOOL, Role.BENCHMARK) else Rank.TOOL
            yield EntryPoint(rank, path, role.value, path, wildcard=True)
        elif source.package == "main":
            if source.runs_as_main:
                yield EntryPoint(Rank.INSTALLED, folder, f"package main in {folder or '.'}", path, 1)
        elif (owner := modules.module_of(path)) and not _INTERNAL.search(folder):
            form = f"public package of {owner[1].path}"
            yield EntryPoint(
                Rank.LIBRARY, folder, form, f"{owner[0]}/go.mod".lstrip("/"), owner[1].line, wildcard=True
            )
