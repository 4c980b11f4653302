"""The figures of the head's coverage report, and which of them may be said of the base, which has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.derived.tests.tested_by import TestedBy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.coverage import Coverage, CoveredFile
    from checks.snapshot import Snapshot


def measured(base: Snapshot, head: Snapshot, coverage: Coverage | None) -> tuple[Snapshot, Snapshot]:
    """Both sides with the figures that a report of the head gives them.

    A module that tests reach as before has the head's figure in the base too: that only one side was measured opens
    and closes nothing. Where the change has tests reach it differently, the base keeps what imports say.
    """
    if coverage is None:
        return base, head
    figures = coverage.of_tree(head.paths)
    return base.measured(dict(_carried(base, head, figures))), head.measured(figures)


def _carried(
    base: Snapshot, head: Snapshot, figures: Mapping[str, CoveredFile]
) -> Iterator[tuple[str, CoveredFile]]:
    later = head.derived(TestedBy).modules
    for path, module in base.derived(TestedBy).modules.items():
        now = head.change.now(path)
        if now in figures and now in later and later[now].reach is module.reach:
            yield path, figures[now]
