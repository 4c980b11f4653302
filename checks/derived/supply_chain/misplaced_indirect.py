"""Go modules that the code imports itself while go.mod says that only others need them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from checks.derived.go_modules import GoModules
from checks.facts.go_module import GoRequirement
from checks.facts.go_source import GoSource
from checks.facts.roles import Role
from checks.snapshot import Snapshot

_NOT_BUILT = frozenset({Role.VENDORED, Role.FIXTURE, Role.ARCHIVE})


@dataclass(frozen=True, slots=True)
class MisplacedIndirect:
    """A requirement marked `// indirect`, and the first import that needs it directly."""

    path: str
    requirement: GoRequirement
    importer: str
    line: int
    imported: str


@dataclass(frozen=True)
class MisplacedIndirects:
    """All of them, each module once. `modules` counts the go.mod files."""

    modules: int
    all: tuple[MisplacedIndirect, ...]

    def __len__(self) -> int:
        return self.modules

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        modules = snapshot.derived(GoModules)
        found: dict[tuple[str, str], MisplacedIndirect] = {}
        for path, source in snapshot.files(GoSource):
            module = modules.module_of(path)
            if module is None or snapshot.role(path) in _NOT_BUILT or _is_left_out(path, source):
                continue
            folder, facts = module
            replaced = {replacement.path for replacement in facts.replacements}
            manifest = f"{folder}/go.mod".lstrip("/")
            for one in source.imports:
                required = _requirement(facts.requirements, one.module)
                if required and required.indirect and required.path not in replaced:
                    place = MisplacedIndirect(manifest, required, path, one.line, one.module)
                    found.setdefault((manifest, required.path), place)
        return cls(len(modules.modules), tuple(found.values()))


def _is_left_out(path: str, source: GoSource) -> bool:
    """What `go mod tidy` passes over: `//go:build ignore`, copies in vendor/, folders that start with a dot or underscore."""
    hidden = any(part.startswith((".", "_")) or part == "vendor" for part in path.split("/"))
    return hidden or "ignore" in (source.build_constraint or "")


def _requirement(requirements: tuple[GoRequirement, ...], imported: str) -> GoRequirement | None:
    """The required module that holds an imported package: the longest path wins."""
    holders = (r for r in requirements if imported == r.path or imported.startswith(f"{r.path}/"))
    return max(holders, key=lambda r: len(r.path), default=None)
