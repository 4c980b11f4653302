"""Words and numbers as all our texts say them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from bot.rendering.harmless import code, link
from bot.rendering.links import Places
from checks import Check, Evidence, Gap, Proof, ReportedGap, Severity, Stage, Verdict

MARKS = {Severity.CRITICAL: "🔴", Severity.HIGH: "🟠", Severity.MEDIUM: "🟡", Severity.LOW: "⚪"}
VERDICTS = {Verdict.GO: "Go", Verdict.CONDITIONAL: "Conditional", Verdict.NO_GO: "No-go"}


def count(number: int, noun: str, plural: str | None = None) -> str:
    """1 gap, 2 gaps, no gaps."""
    return f"{number or 'no'} {noun if number == 1 else plural or noun + 's'}"


def severities(gaps: Iterable[ReportedGap]) -> str:
    """1 critical, 2 high."""
    found = Counter(gap.severity for gap in gaps)
    return ", ".join(f"{found[severity]} {severity}" for severity in Severity if found[severity])


def hours(low: float, high: float) -> str:
    """0.25 to 1 h."""
    return f"{low:g} h" if low == high else f"{low:g} to {high:g} h"


def percent(part: int, whole: int) -> str:
    """A share; nothing is no share of nothing."""
    return f"{part / whole:.0%}".replace("%", " %") if whole else "n/a"


def area_title(area: str) -> str:
    return area.replace("_", " ")


def blocks(check: Check) -> str:
    """What a check's gaps keep the repository from."""
    if check.blocks is Stage.NONE:
        return "blocks neither stage"
    return "blocks staging and production" if check.blocks is Stage.STAGING else "blocks production"


def decidability(check: Check) -> str:
    """How a check knows."""
    if check.proof is Proof.PRESENCE:
        return "proved from the tree: the lines named"
    return "proved from the tree: looked for everywhere, not found"


def place_text(path: str, line: int | None) -> str:
    """path:line, as editors and terminals know it."""
    return f"{path}:{line}" if line else path


def closing(gap: ReportedGap, place: Callable[[str], str], note: Callable[[str], str]) -> str:
    """What closes a resolved gap now, where its check says so; `place` and `note` make the texts harmless."""
    first = next(iter(gap.closed_by), None)
    if first is None:
        return ""
    where = f"{place(place_text(first.path, first.line))} " if first.path else ""
    return f" Now {where}{note(first.note)}."


def place(gap: Gap | Evidence, places: Places) -> str:
    """A place as code, linked where it exists; empty where there is none."""
    if gap.path is None:
        return ""
    return link(code(place_text(gap.path, gap.line)), places.address(gap.path, gap.line))


def by_rank(gap: ReportedGap) -> tuple[int, str, str, str, int]:
    """The order of every list: worst first, then by area, check and place."""
    return gap.severity.rank, gap.check.area, gap.check.id, gap.gap.path or "", gap.gap.line or 0


def sentence(new: Iterable[ReportedGap], resolved: Iterable[ReportedGap]) -> str:
    """What the change does: opens 2 gaps (1 high, 1 low) and fixes 3."""
    opened, closed = tuple(new), tuple(resolved)
    if not opened and not closed:
        return "opens no gaps and closes none"
    fixed = sum(gap.how == "fixed" for gap in closed)
    removed = len(closed) - fixed
    parts = [f"opens {count(len(opened), 'gap')}" + (f" ({severities(opened)})" if opened else "")]
    if fixed or not removed:
        parts.append(f"fixes {fixed or 'none'}")
    if removed:
        parts.append(f"removes {removed} together with what had {'it' if removed == 1 else 'them'}")
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
