"""The Go modules of a tree, and where an import path leads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.tree_paths import join, parents
from checks.facts.go_module import GoModule

if TYPE_CHECKING:
    from checks.snapshot import Snapshot

# Flags of `go build` whose value is the next word.
VALUED_FLAGS = frozenset(
    {"-o", "-ldflags", "-tags", "-installsuffix", "-p", "-mod", "-gcflags", "-asmflags", "-buildmode", "-C", "-modfile", "-pgo"}
)  # fmt: skip
_MAJOR = re.compile(r"v[2-9]\d*(?:/|$)")


@dataclass(frozen=True)
class GoModules:
    """Module files by folder."""

    modules: dict[str, GoModule]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls({path.rpartition("/")[0]: module for path, module in snapshot.files(GoModule)})

    def module_of(self, path: str) -> tuple[str, GoModule] | None:
        """The nearest module above a file, with its folder."""
        return next(
            ((folder, self.modules[folder]) for folder in parents(path) if folder in self.modules), None
        )

    def folder_of(self, path: str, imported: str) -> str | None:
        """The folder that an import in a file means, there or not; None where it lies outside the tree."""
        own = self.module_of(path)
        if own is None:
            return None
        if (inner := _inside(imported, own[1].path)) is not None:
            return join(own[0], inner)
        for replacement in own[1].replacements:
            inner = _inside(imported, replacement.path) if replacement.is_local else None
            # `module/v2` is another module, which the replacement doesn't speak of.
            if inner is not None and not _MAJOR.match(inner):
                target = join(own[0], replacement.target)
                return join(target, inner) if target is not None else None
        others = sorted(self.modules.items(), key=lambda item: -len(item[1].path))
        for folder, module in others:
            if (inner := _inside(imported, module.path)) is not None:
                return join(folder, inner)
        return None


def _inside(imported: str, module: str) -> str | None:
    """The folder of an import path within a module."""
    if imported == module:
        return "."
    return imported.removeprefix(f"{module}/") if imported.startswith(f"{module}/") else None
