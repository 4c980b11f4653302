"""One line where a change says that something is complete while blockers stand."""

from __future__ import annotations

from collections.abc import Iterator

from bot.rendering.harmless import code, plain
from bot.rendering.words import count, place_text
from checks import CriterionState, Evidence, Review, Severity, Stage, readiness


def announcement_lines(review: Review) -> Iterator[str]:
    """The first announcement, how many more there are, and what stands against it; nothing where nothing does."""
    said = announcements(review)
    if not said:
        return
    first, *more = said
    where = code(place_text(first.path or "", first.line))
    others = f" (and {count(len(more), 'more such line')})" if more else ""
    gaps = [
        gap
        for gap in review.head.gaps
        if gap.severity.at_least(Severity.HIGH) and gap.check.blocks is not Stage.NONE
    ]
    against = f"{count(len(gaps), 'gap')} of high or critical severity" if gaps else "the criteria below"
    stand = "stands" if len(gaps) == 1 else "stand"
    yield (
        f"> [!NOTE]\n> This change says “{plain(first.note)}” in {where}{others}. "
        f"The tree doesn't bear that out: {against} {stand} between it and production."
    )


def announcements(review: Review) -> tuple[Evidence, ...]:
    """What the change says is complete, where the readiness rule says otherwise."""
    blocked = any(criterion.state is CriterionState.FAIL for criterion in readiness(review.head).criteria)
    return review.announced if blocked else ()
