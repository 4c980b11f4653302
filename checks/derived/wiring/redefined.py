"""Definitions that a later one of the same name takes away, in the files that are the repository's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.tree_paths import is_hidden
from checks.facts.component_source import ComponentSource
from checks.facts.javascript_source import JavaScriptSource
from checks.facts.python_source import PythonSource
from checks.facts.roles import Role
from checks.facts.typescript_source import TsxSource, TypeScriptSource

if TYPE_CHECKING:
    from checks.facts.source import Redefinition
    from checks.snapshot import Snapshot

_OURS = frozenset({Role.SHIPPED, Role.TOOL, Role.TEST})


@dataclass(frozen=True, slots=True)
class Redefined:
    """By file and name, what is lost; `looked_at` counts the files of languages that let it pass."""

    by_file: dict[str, dict[str, list[Redefinition]]]
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found: dict[str, dict[str, list[Redefinition]]] = {}
        looked_at = 0
        for language in (PythonSource, JavaScriptSource, TypeScriptSource, TsxSource, ComponentSource):
            for path, source in snapshot.files(language):
                if (
                    snapshot.role(path) in _OURS
                    and not is_hidden(path)
                    and not path.endswith((".pyi", ".d.ts"))
                ):
                    looked_at += 1
                    for one in source.redefinitions if not source.syntax_errors else ():
                        found.setdefault(path, {}).setdefault(one.name, []).append(one)
        return cls(found, looked_at)
