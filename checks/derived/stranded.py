"""Code that ran before a change and that nothing starts after it: what was wrong with it still is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.derived.live_code import LiveCode

if TYPE_CHECKING:
    from checks.change import Change
    from checks.snapshot import Snapshot


def stranded(base: Snapshot, head: Snapshot, change: Change) -> frozenset[str]:
    """The old paths of such files."""
    before, after = base.derived(LiveCode).dead, head.derived(LiveCode).dead
    return frozenset(path for path in base.paths if path not in before and change.now(path) in after)
