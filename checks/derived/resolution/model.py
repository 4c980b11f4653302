"""What resolving a language's imports yields: edges, imports whose target is missing, imports of third parties."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checks.facts.source import Import


@dataclass(frozen=True, slots=True)
class Edge:
    """One file needs another. `target` is a file or, where a language imports folders (Go), a folder."""

    source: str
    target: str
    line: int
    type_only: bool = False
    by_name: bool = False  # named by a string or found by a framework, not by an import statement
    in_passing: bool = False  # a package above what is imported: it runs, and nothing of it is asked for


@dataclass(frozen=True, slots=True)
class MissingTarget:
    """A first-party import whose target is not in the tree; `missing` is the part that isn't there."""

    source: str
    line: int
    imported: str
    missing: str
    looked_in: tuple[str, ...]
    statement: Import
    expected: tuple[str, ...] = ()  # where the target would have to be
    is_name: bool = False  # the module is there; a name that it doesn't bind is missing


@dataclass(frozen=True, slots=True)
class ThirdPartyImport:
    """An import of something the tree doesn't hold: `name` is its top-level name."""

    source: str
    name: str
    statement: Import


@dataclass(slots=True)
class Resolution:
    """What one language's resolver found; filled while it walks."""

    edges: list[Edge] = field(default_factory=list)
    missing: list[MissingTarget] = field(default_factory=list)
    third_party: list[ThirdPartyImport] = field(default_factory=list)
    modules: set[str] = field(default_factory=set)
