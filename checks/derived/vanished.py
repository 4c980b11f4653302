"""Names that files define before a change and no longer after it: their gaps are gone with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.facts.compose import Compose
from checks.facts.kubernetes import KubernetesManifest
from checks.facts.source import Source
from checks.facts.workflow import Workflow

if TYPE_CHECKING:
    from checks.change import Change
    from checks.snapshot import Snapshot


def vanished(base: Snapshot, head: Snapshot, change: Change) -> dict[str, frozenset[str]]:
    """By the old path of each file that is still there."""
    found = {}
    for path in sorted(base.paths & (change.touched | change.moves.keys())):
        now = change.now(path)
        if now in head.paths and (gone := _names(base, path) - _names(head, now)):
            found[path] = gone
    return found


def _names(snapshot: Snapshot, path: str) -> frozenset[str]:
    """The functions and classes, services, jobs or objects of a file."""
    if (source := snapshot.get(path, Source)) is not None:
        return frozenset(definition.name for definition in source.definitions)
    if (compose := snapshot.get(path, Compose)) is not None:
        return frozenset(service.name for service in compose.services)
    if (workflow := snapshot.get(path, Workflow)) is not None:
        return frozenset(job.id for job in workflow.jobs)
    manifest = snapshot.get(path, KubernetesManifest)
    return frozenset(one.name for one in manifest.objects if one.name) if manifest else frozenset()
