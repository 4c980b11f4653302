"""New gaps as annotations on the lines where the fix goes. Plain text: GitHub renders no Markdown there."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from bot.github.check_run_models import Annotation, AnnotationLevel
from bot.rendering.harmless import clean
from bot.rendering.words import blocks, by_rank, hours, place_text
from checks import Entry, Report, ReportedGap, Severity

MOST = 500  # of one Check Run: ten requests
MESSAGE_CAP = 2_000
TITLE_CAP = 200
EVIDENCE_CAP = 300
_LEVELS = {
    Severity.CRITICAL: AnnotationLevel.FAILURE,
    Severity.HIGH: AnnotationLevel.FAILURE,
    Severity.MEDIUM: AnnotationLevel.WARNING,
    Severity.LOW: AnnotationLevel.NOTICE,
}


def annotate(gaps: Iterable[ReportedGap], head: Report) -> tuple[Annotation, ...]:
    """One for each gap that has a file in the head's tree, worst first."""
    offered = ((gap, _entry(gap, head)) for gap in sorted(gaps, key=by_rank))
    placed = (_annotation(gap, entry) for gap, entry in offered if entry and _annotatable(entry))
    return tuple(islice(placed, MOST))


def _entry(gap: ReportedGap, head: Report) -> Entry | None:
    return head.tree.get(gap.gap.path) if gap.gap.path is not None else None


def _annotatable(entry: Entry) -> bool:
    """GitHub refuses a whole request for one annotation whose path isn't there."""
    return entry.is_file and entry.path == clean(entry.path, len(entry.path) + 1)


def _annotation(gap: ReportedGap, entry: Entry) -> Annotation:
    last = max(entry.size or 1, 1)  # a file has no more lines than bytes, or one when it is empty
    line = min(max(gap.gap.line or 1, 1), last)
    return Annotation(
        path=entry.path,
        start_line=line,
        end_line=line,
        level=_LEVELS[gap.severity],
        title=clean(f"{gap.severity}: {gap.check.title}", TITLE_CAP),
        message=_message(gap),
    )


def _message(gap: ReportedGap) -> str:
    lines = [clean(gap.gap.message, MESSAGE_CAP)]
    if gap.cause:
        lines.append(f"Caused elsewhere: {clean(gap.cause, EVIDENCE_CAP)}")
    for evidence in gap.gap.evidence[:5]:
        where = f"{clean(place_text(evidence.path, evidence.line))}: " if evidence.path else ""
        lines.append(f"- {where}{clean(evidence.note, EVIDENCE_CAP)}")
    lines.append(
        f"[{gap.check.id}] {blocks(gap.check)}; about {hours(*gap.check.effort)} to fix (an estimate)"
    )
    return "\n".join(lines)
