"""What a change makes impossible to judge: checks that could judge the base, files that could be read before."""

from __future__ import annotations

from collections.abc import Iterator

from bot.rendering.harmless import code, plain, prose
from bot.rendering.words import count
from checks import Review

MOST_CHECKS = 10
MOST_FILES = 10
MOST_REASONS = 2


def undecided_lines(review: Review) -> Iterator[str]:
    """Alerts: one for each check that is lost, and one that names the files; nothing where there are none."""
    for check_id in review.lost[:MOST_CHECKS]:
        yield _lost(review, check_id)
    if more := len(review.lost[MOST_CHECKS:]):
        yield f"> [!WARNING]\n> And {count(more, 'more check')} that can't judge this change."
    if files := newly_unreadable(review):
        shown = [
            f"> - {code(path)}: {plain(reason, 100)}" for path, reason in list(files.items())[:MOST_FILES]
        ]
        if more := len(files) - len(shown):
            shown.append(f"> - and {more} more")
        title = f"{count(len(files), 'file')} could be read before this change and can't be read any more:"
        yield "\n".join((f"> [!WARNING]\n> {title}", *shown))


def newly_unreadable(review: Review) -> dict[str, str]:
    """Path and reason of the files that were there and readable at the base and are unreadable at the head."""
    base, head = review.base, review.head
    return {
        path: reason
        for path, reason in sorted(head.unreadable.items())
        if path in base.tree and path not in base.unreadable
    }


def _lost(review: Review, check_id: str) -> str:
    result = review.head.result(check_id)
    reasons = "; ".join(prose(reason, 120) for reason in result.reasons[:MOST_REASONS]) if result else ""
    return f"> [!WARNING]\n> {code(check_id)} could judge the base and can't judge this change: {reasons or 'no reason given'}"
