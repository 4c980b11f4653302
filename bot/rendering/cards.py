"""Gaps as cards: what, where, evidence, what it blocks, how to fix it, effort. One card for each check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from bot.rendering.blocks import Block
from bot.rendering.harmless import code, link, plain, prose
from bot.rendering.links import Links, Places
from bot.rendering.words import (
    MARKS,
    area_title,
    blocks,
    by_rank,
    closing,
    count,
    decidability,
    hours,
    place,
)
from checks import Check, Evidence, ReportedGap, Severity

MOST_PLACES = 10  # of one check, so that one check can't fill the comment
MOST_EVIDENCE = 5  # of one gap


def cards(gaps: Iterable[ReportedGap], places: Places) -> Iterator[Block]:
    """New gaps: one card for each check and severity, since one action closes them."""
    ordered = sorted(gaps, key=by_rank)
    for (severity, _), group in groupby(ordered, key=lambda g: (g.severity, g.check.id)):
        found = tuple(group)
        check = found[0].check
        title = _title(check, severity, len(found), places.links)
        for number, gap in enumerate(found[:MOST_PLACES]):
            yield Block(f"{'' if number else title}{_item(gap, places)}", 1)
        if (more := len(found) - MOST_PLACES) > 0:
            yield Block(f"- and {count(more, 'more place')} of the same kind", more)


def resolved_items(gaps: Iterable[ReportedGap], places: Places) -> Iterator[Block]:
    """Resolved gaps: what is fixed apart from what is gone together with the thing that had it."""
    ordered = sorted(gaps, key=by_rank)
    for how, title in (
        ("fixed", "**Fixed**"),
        ("removed", "**Removed**, together with the thing that had the gap"),
    ):
        found = [gap for gap in ordered if gap.how == how]
        for number, gap in enumerate(found):
            yield Block(f"{'' if number else f'{title}{chr(10)}'}{_line(gap, places)}", 1)
        if found:
            yield Block("")


def plain_items(gaps: Iterable[ReportedGap], places: Places) -> Iterator[Block]:
    """Gaps as one line each."""
    for gap in sorted(gaps, key=by_rank):
        yield Block(_line(gap, places), 1)


def check_link(check: Check, links: Links) -> str:
    """The id of a check as code, linked to its page."""
    return link(code(check.id), links.page(check.id))


def _title(check: Check, severity: Severity, number: int, links: Links) -> str:
    times = f" ({number} places)" if number > 1 else ""
    each = " each" if number > 1 else ""
    facts = (
        area_title(check.area),
        f"**{blocks(check)}**",
        f"how to fix: {_fix(check, links)}",
        f"about {hours(*check.effort)}{each} (an estimate)",
        decidability(check),
    )
    return f"\n#### {MARKS[severity]} {severity}: {plain(check.title)}{times}\n{' · '.join(facts)}\n"


def _fix(check: Check, links: Links) -> str:
    return check_link(check, links) if links.pages_url else code(f"gonogo explain {check.id}")


def _item(gap: ReportedGap, places: Places) -> str:
    where = place(gap.gap, places)
    lines = [f"- {f'{where} ' if where else ''}{prose(gap.gap.message)}"]
    if gap.cause:
        lines.append(f"  - **caused elsewhere:** {prose(gap.cause)}")
    shown = [
        e
        for e in gap.gap.evidence
        if e.note != gap.gap.message or (e.path, e.line) != (gap.gap.path, gap.gap.line)
    ]
    lines += [f"  - {_evidence(evidence, places)}" for evidence in shown[:MOST_EVIDENCE]]
    if len(shown) > MOST_EVIDENCE:
        lines.append(f"  - and {count(len(shown) - MOST_EVIDENCE, 'more observation')}")
    return "\n".join(lines)


def _evidence(evidence: Evidence, places: Places) -> str:
    where = place(evidence, places)
    return f"{where}: {prose(evidence.note)}" if where else prose(evidence.note)


def _line(gap: ReportedGap, places: Places) -> str:
    where = place(gap.gap, places)
    now = closing(gap, code, prose)
    return f"- {MARKS[gap.severity]} {check_link(gap.check, places.links)} {f'{where} ' if where else ''}{prose(gap.gap.message)}{now}"
