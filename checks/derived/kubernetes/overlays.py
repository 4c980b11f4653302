"""Kustomizations as a graph: what each stands on, what is generated below it, which files nothing names."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from checks.derived.closure import Closure
from checks.facts.kustomization import Kustomization
from checks.snapshot import Snapshot

_NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")


@dataclass(frozen=True)
class Overlays:
    """By path. `named` are the paths that each names; `known` those of all, with those that are commented out.

    `below` is what each stands on, itself included. `components` are those that others mix in: they work on what stands
    there, wherever that comes from.
    """

    all: Mapping[str, Kustomization]
    named: Mapping[str, frozenset[str]]
    known: frozenset[str]
    below: Mapping[str, frozenset[str]]
    components: frozenset[str]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        overlays = dict(snapshot.files(Kustomization))
        named: dict[str, set[str]] = defaultdict(set)
        edges: dict[str, list[str]] = {}
        components: set[str] = set()
        for path, overlay in overlays.items():
            targets = list(_targets(path, overlay))
            named[path] = {target for target, _ in targets}
            edges[path] = [found for target, _ in targets if (found := _in_folder(target, overlays))]
            components |= {
                f for t, field in targets if field == "components" and (f := _in_folder(t, overlays))
            }
        closure = Closure(edges)
        return cls(
            overlays,
            {path: frozenset(found) for path, found in named.items()},
            frozenset(one for found in named.values() for one in found)
            | {_at(path, entry) for path, overlay in overlays.items() for entry in overlay.commented},
            {path: closure.of([path]) for path in overlays},
            frozenset(components),
        )

    def generates(self, path: str, kind: str, name: str) -> bool:
        """Whether something that the kustomization stands on generates the object, or may: what can't be read may."""
        below = self.all if path in self.components else self.below[path]
        overlays = [self.all[one] for one in below]
        if any(reference.is_remote for overlay in overlays for reference in overlay.references):
            return True
        return any(
            (kind, name) == (made, called) and how == "create"
            for overlay in overlays
            for made, called, how, _ in overlay.generated
        )


def _targets(path: str, overlay: Kustomization) -> Iterator[tuple[str, str]]:
    for reference in overlay.references:
        if not reference.is_remote:
            yield _at(path, reference.path), reference.field


def _at(path: str, written: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), written))


def _in_folder(folder: str, overlays: Mapping[str, Kustomization]) -> str | None:
    candidates = (posixpath.join("" if folder == "." else folder, name) for name in _NAMES)
    return next((path for path in candidates if path in overlays), None)
