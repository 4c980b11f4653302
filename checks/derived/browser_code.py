"""Code that runs in its visitors' browsers, also where the same folder holds a server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from checks.derived.import_graph import ImportGraph
from checks.derived.project_kind import Services
from checks.derived.tree_paths import SCRIPTS, VIEWS
from checks.facts.source import Source
from checks.snapshot import Snapshot

NAMES = frozenset({"window", "document", "localStorage", "navigator", "useEffect", "useState"})


@dataclass(frozen=True)
class BrowserCode:
    """What names a browser's things, and what only such code imports."""

    paths: frozenset[str]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        graph = snapshot.derived(ImportGraph)
        shown = {
            path
            for path, source in snapshot.shipped(Source)
            if path.endswith(VIEWS) or (path.endswith(SCRIPTS) and source.references & NAMES)
        }
        starts = {start.path for one in snapshot.derived(Services).components for start in one.starts}
        served = graph.reached_from(starts - shown)
        imported = (path for path in graph.reached_from(shown) - served if path.endswith(SCRIPTS))
        return cls(frozenset((*shown, *imported)))
