"""Reports and reviews for a terminal: the verdict first, then what to look at, worst first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.rendering.announcements import announcements
from bot.rendering.comment import headline
from bot.rendering.harmless import clean
from bot.rendering.policy_text import POLICY_PATH
from bot.rendering.priorities import MEANINGS, Priority, actions, effort
from bot.rendering.undecided import newly_unreadable
from bot.rendering.words import area_title, by_rank, closing, count, hours, percent, place_text
from checks import (
    Check,
    Outcome,
    PolicyProblem,
    Readiness,
    Report,
    ReportedGap,
    Review,
    Severity,
    StageVerdict,
    Verdict,
    readiness,
)

MESSAGE_CAP = 600
MOST_NOTES = 4
STYLES = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "dim",
}
_STAGES = {StageVerdict.GO: "bold green", StageVerdict.NO_GO: "bold red", StageVerdict.UNKNOWN: "bold yellow"}
_STATES = {"pass": "green", "fail": "red", "unknown": "yellow"}
_VERDICTS = {Verdict.GO: "bold green", Verdict.CONDITIONAL: "bold yellow", Verdict.NO_GO: "bold red"}


def audit_view(report: Report, problems: Iterable[PolicyProblem] = ()) -> RenderableType:
    """A report: verdict and rule, areas, gaps, what to do first."""
    ready = readiness(report)
    return Group(
        *_spaced(
            (
                *_problems(problems),
                _verdict(ready),
                _areas(ready),
                *_gaps(report),
                *_todo(report),
                *_open(report),
            )
        )
    )


def review_view(review: Review, problems: Iterable[PolicyProblem] = ()) -> RenderableType:
    """A review: the sentence, new gaps, resolved ones, and one line for what stands."""
    parts: list[RenderableType] = [*_problems(problems), Text(headline(review), _VERDICTS[review.verdict])]
    parts += (
        Text(f"{lost} could judge the base and can't judge this change", "yellow") for lost in review.lost
    )
    parts += (
        Text(f"{clean(path)} could be read before this change and can't be read any more", "yellow")
        for path in newly_unreadable(review)
    )
    parts += (
        Text(
            f"{clean(place_text(said.path or '', said.line))} says “{clean(said.note)}”: blockers stand",
            "yellow",
        )
        for said in announcements(review)
    )
    parts += _section(f"New: {count(len(review.new), 'gap')}", review.new) if review.new else []
    parts += _resolved(review)
    if review.trial_new:
        parts += _section("On trial (shown, never counted)", review.trial_new)
    ready = readiness(review.head)
    standing = len(review.existing)
    still = f"{count(standing, 'gap')} stood before this change and still {'stands' if standing == 1 else 'stand'}. "
    stands = Text(still if standing else "Nothing else stands open. ", "dim")
    parts.append(stands.append_text(_stages(ready)))
    return Group(*_spaced(parts))


def checks_view(checks: Iterable[Check]) -> RenderableType:
    """The catalogue, an area after the other."""
    table = _table("check", "severity", "area", "the gap")
    for check in checks:
        title = check.title + (" (on trial)" if check.on_trial else "")
        table.add_row(check.id, Text(check.severity, STYLES[check.severity]), area_title(check.area), title)
    return table


def _spaced(parts: Iterable[RenderableType]) -> Iterator[RenderableType]:
    """An empty line between parts."""
    for number, part in enumerate(parts):
        if number:
            yield Text()
        yield part


def _problems(problems: Iterable[PolicyProblem]) -> Iterator[RenderableType]:
    found = [f"{POLICY_PATH}:{problem.line}: {clean(problem.message)}" for problem in problems]
    if found:
        yield Text("\n".join((*found, "The policy can't be used, so the defaults apply.")), "yellow")


def _stages(ready: Readiness) -> Text:
    text = Text()
    for name, verdict in (("staging", ready.staging), ("production", ready.production)):
        text.append(f"{name} ").append(verdict.upper(), _STAGES[verdict]).append("  ")
    score = ready.score
    return text.append(f"score {score.passed}/{score.applicable} ({percent(score.passed, score.applicable)})")


def _verdict(ready: Readiness) -> RenderableType:
    table = _table("stage", "criterion", "required", "actual", "")
    for criterion in ready.criteria:
        state = Text(criterion.state, _STATES[str(criterion.state)])
        table.add_row(criterion.stage, criterion.name, criterion.required, criterion.actual, state)
    return Group(_stages(ready), Text(), table)


def _areas(ready: Readiness) -> RenderableType:
    table = _table("area", "expected", "passed", "gaps", "undecided", "share")
    for column in table.columns[1:]:
        column.justify = "right"
    for area in ready.areas:
        share = percent(area.score.passed, area.score.applicable)
        cells = (area.score.applicable, area.score.passed, area.gaps, area.undecided)
        table.add_row(area_title(area.area), *(str(cell) for cell in cells), share)
    return table


def _gaps(report: Report) -> Iterator[RenderableType]:
    if report.gaps:
        yield from _section(count(len(report.gaps), "gap"), report.gaps)
    if report.trial_gaps:
        yield from _section("On trial (shown, never counted)", report.trial_gaps)


def _section(title: str, gaps: Iterable[ReportedGap]) -> list[RenderableType]:
    """One heading for each check, its gaps below it."""
    ordered = sorted(gaps, key=by_rank)
    groups = groupby(ordered, key=lambda g: (g.severity, g.check.id))
    return [Text(title, "bold"), *(_group(severity, tuple(found)) for (severity, _), found in groups)]


def _group(severity: Severity, gaps: tuple[ReportedGap, ...]) -> RenderableType:
    check = gaps[0].check
    head = Text.assemble((f"{severity:<9}", STYLES[severity]), (check.id, "bold"), f"  {check.title}")
    return Group(head, *(Padding(_gap(gap), (0, 0, 0, 2)) for gap in gaps))


def _gap(gap: ReportedGap) -> Text:
    where = clean(place_text(gap.gap.path, gap.gap.line)) if gap.gap.path else ""
    text = Text(where, "cyan").append(
        f"{'  ' if where else ''}{clean(gap.gap.message, MESSAGE_CAP)}", "default"
    )
    if gap.cause:
        text.append(f"\n  caused elsewhere: {clean(gap.cause, MESSAGE_CAP)}", "default")
    for evidence in gap.gap.evidence[:MOST_NOTES]:
        if evidence.note != gap.gap.message:
            place = f"{clean(place_text(evidence.path, evidence.line))}: " if evidence.path else ""
            text.append(f"\n  {place}{clean(evidence.note, MESSAGE_CAP)}", "dim")
    return text


def _resolved(review: Review) -> Iterator[RenderableType]:
    for how, title in (("fixed", "Fixed"), ("removed", "Removed, together with the thing that had the gap")):
        found = sorted((gap for gap in review.resolved if gap.how == how), key=by_rank)
        if found:
            lines = (Text.assemble(("  ✓ ", "green"), f"{gap.check.id}  ", _gap_line(gap)) for gap in found)
            yield Group(Text(f"{title}: {count(len(found), 'gap')}", "bold green"), *lines)


def _gap_line(gap: ReportedGap) -> str:
    where = f"{clean(place_text(gap.gap.path, gap.gap.line))}  " if gap.gap.path else ""
    now = closing(gap, clean, lambda note: clean(note, MESSAGE_CAP))
    return f"{where}{clean(gap.gap.message, MESSAGE_CAP)}{now}"


def _todo(report: Report) -> Iterator[RenderableType]:
    todo = actions(report.gaps)
    if not todo:
        return
    table = _table("first", "when", "actions", "gaps", "hours (estimates)")
    for rank in Priority:
        if found := [action for action in todo if action.priority is rank]:
            gaps = sum(len(action.gaps) for action in found)
            table.add_row(rank, MEANINGS[rank], str(len(found)), str(gaps), hours(*effort(found)))
    yield table


def _open(report: Report) -> Iterator[RenderableType]:
    """What could not be decided or read."""
    for outcome, title in (
        (Outcome.UNDECIDED, "Not decided"),
        (Outcome.CRASHED, "gonogo failed at (please report)"),
    ):
        found = [r for r in report.results if r.outcome is outcome]
        if found:
            lines = (f"  {r.check.id}: {'; '.join(clean(reason) for reason in r.reasons[:2])}" for r in found)
            yield Text("\n".join((f"{title}: {count(len(found), 'check')}", *lines)), "yellow")
    if report.unreadable:
        yield Text(f"{count(len(report.unreadable), 'file')} could not be read", "yellow")


def _table(*heads: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)
    for head in heads:
        table.add_column(head)
    return table


def finding_view(name: str, message: str, fix: str, *, ok: bool | None) -> Text:
    """One line of a diagnosis, and below it what to do."""
    mark, style = {True: ("✓", "green"), False: ("✗", "bold red"), None: ("·", "yellow")}[ok]
    text = Text.assemble((f"{mark} ", style), (f"{name}: ", "bold"), clean(message, MESSAGE_CAP))
    return text.append(f"\n  {clean(fix, MESSAGE_CAP)}", "cyan") if fix else text
