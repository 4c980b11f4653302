"""The readiness report of a repository as Markdown: two stages with their rule, areas, what to do first, strengths."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.rendering.blocks import BUDGET, Block, fit
from bot.rendering.cards import check_link
from bot.rendering.harmless import code, plain, prose
from bot.rendering.links import Links
from bot.rendering.priorities import MEANINGS, Action, Priority, actions, effort
from bot.rendering.tables import folded, table
from bot.rendering.words import area_title, blocks, count, decidability, hours, percent
from checks import CheckResult, Outcome, Readiness, Report, Severity, readiness

MOST_ACTIONS = 60
MOST_FILES = 20
OUTCOME_MARKS = {
    Outcome.PASSED: "✅ passed",
    Outcome.GAP: "❌",
    Outcome.NOT_APPLICABLE: "not applicable",
    Outcome.UNDECIDED: "❔ undecided",
    Outcome.CRASHED: "💥 gonogo failed",
}


def stages_line(ready: Readiness) -> str:
    """The repository's verdict in one sentence."""
    score = ready.score
    share = f" ({percent(score.passed, score.applicable)})" if score.applicable else ""
    return (
        f"Readiness of the repository: staging **{ready.staging}**, production **{ready.production}**, "
        f"score {score.passed}/{score.applicable}{share}."
    )


def readiness_report(report: Report, links: Links, budget: int = BUDGET) -> str:
    """The whole report, cut at a section's end where it would be too long."""
    ready = readiness(report)
    blocks = [Block(f"{text}\n", 1) for text in _sections(report, ready, links)]
    return fit(blocks, len(blocks), _left_out, budget)


def _left_out(sections: int) -> str:
    return f"**{count(sections, 'more section')} left out here for length**; `gonogo audit` shows all."


def _sections(report: Report, ready: Readiness, links: Links) -> Iterator[str]:
    yield stages_line(ready)
    yield _rule(ready)
    yield _areas(ready)
    todo = actions(report.gaps)
    if todo:
        yield _priorities(todo, links)
    yield from _doubts(report)
    yield from _strengths(report, links)
    for area in ready.areas:
        yield _area_details(report, area.area)
    yield from _accepted(report, links)


def _rule(ready: Readiness) -> str:
    rows = (
        (
            criterion.stage,
            plain(criterion.name),
            criterion.required,
            criterion.actual,
            _state(str(criterion.state)),
        )
        for criterion in ready.criteria
    )
    rule = "Staging needs its own criteria; production needs all of them. Unknown blocks production, not staging."
    return f"### Verdict\n\n{table(('stage', 'criterion', 'required', 'actual', 'holds'), rows)}\n\n{rule}"


def _state(state: str) -> str:
    return {"pass": "✅ pass", "fail": "❌ fail"}.get(state, "❔ unknown")


def _areas(ready: Readiness) -> str:
    rows = [
        (area_title(a.area), a.score.applicable, a.score.passed, a.gaps, a.undecided, a.not_applicable,
         percent(a.score.passed, a.score.applicable))
        for a in ready.areas
    ]  # fmt: skip
    score = ready.score
    rows.append(
        ("**all**", score.applicable, score.passed, sum(a.gaps for a in ready.areas), sum(a.undecided for a in ready.areas),
         sum(a.not_applicable for a in ready.areas), percent(score.passed, score.applicable))
    )  # fmt: skip
    heads = ("area", "checks expected", "passed", "gaps", "undecided", "not applicable", "share")
    formula = (
        f"Score = checks passed / checks applicable = {score.passed} / {score.applicable} = "
        f"{percent(score.passed, score.applicable)}. Applicable is passed, with gaps, and undecided; "
        "a check whose subject isn't in the repository isn't counted, nor is one on trial."
    )
    return f"### Expected and actual by area\n\n{table(heads, rows)}\n\n{formula}"


def _priorities(todo: tuple[Action, ...], links: Links) -> str:
    sums = (_priority_line(rank, [a for a in todo if a.priority is rank]) for rank in Priority)
    heads = ("", "action: close", "gaps", "area", "blocks", "effort", "decided")
    rows = (
        (a.priority, f"{check_link(a.check, links)} {plain(a.check.title)}", len(a.gaps), area_title(a.check.area),
         blocks(a.check).removeprefix("blocks "), hours(*a.hours), decidability(a.check))
        for a in todo[:MOST_ACTIONS]
    )  # fmt: skip
    more = len(todo) - MOST_ACTIONS
    rest = f"\n\nand {count(more, 'more action')} of lower priority" if more > 0 else ""
    lines = "\n".join(line for line in sums if line)
    return f"### What to do first\n\n{lines}\n\nHours are estimates.\n\n{table(heads, rows)}{rest}"


def _priority_line(rank: Priority, found: list[Action]) -> str:
    if not found:
        return ""
    gaps = sum(len(action.gaps) for action in found)
    closing = f"{count(len(found), 'action')} for {count(gaps, 'gap')}"
    return f"- **{rank}**, {MEANINGS[rank]}: {closing}, {hours(*effort(found))}"


def _doubts(report: Report) -> Iterator[str]:
    """What could not be decided, and why: unknown is never a pass."""
    open_results = [r for r in report.results if r.outcome in {Outcome.UNDECIDED, Outcome.CRASHED}]
    if open_results:
        lines = (
            f"- {code(r.check.id)}{' (gonogo failed, please report it)' if r.outcome is Outcome.CRASHED else ''}: {'; '.join(prose(reason, 300) for reason in r.reasons[:3])}"
            for r in open_results
        )
        yield "### Not decided\n\n" + "\n".join(lines)
    if report.truncated:
        yield "The tree is larger than GitHub gives out; part of it was not read."
    if report.unreadable:
        files = sorted(report.unreadable.items())
        lines = (f"- {code(path)}: {plain(reason)}" for path, reason in files[:MOST_FILES])
        more = f"\n- and {len(files) - MOST_FILES} more" if len(files) > MOST_FILES else ""
        yield folded(f"{count(len(files), 'file')} that could not be read", "\n".join(lines) + more)


def _strengths(report: Report, links: Links) -> Iterator[str]:
    passed = [
        r
        for r in report.results
        if r.outcome is Outcome.PASSED and not r.check.on_trial and r.check.severity.at_least(Severity.HIGH)
    ]
    if passed:
        rows = ((check_link(r.check, links), r.check.severity, plain(scope_text(r))) for r in passed)
        body = table(("no gap of the kind", "would be", "looked at"), rows)
        yield folded(f"Strengths: {count(len(passed), 'check')} of high or critical severity passed", body)


def scope_text(result: CheckResult) -> str:
    """What a check looked at: python source (12), workflow (3)."""
    return (
        ", ".join(f"{_spoken(kind)} ({number})" for kind, number in result.scope.items()) or "the whole tree"
    )


def _spoken(kind: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", kind).lower()


def _area_details(report: Report, area: str) -> str:
    results = [r for r in report.results if r.check.area == area]
    title = f"{area_title(area)}: every check ({len(results)})"
    return folded(title, checks_table(results, Links()))  # links on every row would fill the budget


def checks_table(results: Iterable[CheckResult], links: Links) -> str:
    """Checks with their outcome and what they looked at."""
    rows = (
        (check_link(r.check, links), r.check.severity, _outcome(r), plain(scope_text(r)))
        for r in sorted(results, key=lambda r: (r.check.severity.rank, r.check.id))
    )
    return table(("check", "severity", "outcome", "looked at"), rows)


def _outcome(result: CheckResult) -> str:
    mark = OUTCOME_MARKS[result.outcome]
    text = f"{mark} {count(len(result.gaps), 'gap')}" if result.outcome is Outcome.GAP else mark
    return f"{text} (on trial)" if result.check.on_trial else text


def _accepted(report: Report, links: Links) -> Iterator[str]:
    """Waived gaps stay visible: who reads the score must see what was left out of it."""
    rows = [
        (
            check_link(g.check, links),
            code(g.gap.path or g.gap.subject, cell=True),
            plain(g.waiver.reason),
            g.waiver.expires,
        )
        for g in report.waived
        if g.waiver
    ]
    if rows:
        body = table(("check", "where", "reason", "until"), rows[:MOST_FILES])
        yield folded(f"{count(len(rows), 'waived gap')}", body)
