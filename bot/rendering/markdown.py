"""Whole reports and reviews as one Markdown text, for the command line: what the app would post, in one piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.rendering.blocks import Block
from bot.rendering.cards import plain_items
from bot.rendering.check_runs import RunText, area_runs, verdict_run
from bot.rendering.comment import comment
from bot.rendering.harmless import code
from bot.rendering.links import Links, Places
from bot.rendering.policy_text import problem_lines
from bot.rendering.readiness_text import readiness_report
from bot.rendering.words import count
from checks import PolicyProblem, Report, Review

WHOLE = 50_000_000  # bytes: nothing is cut for a terminal or a file


def audit_markdown(report: Report, links: Links, problems: tuple[PolicyProblem, ...] = ()) -> str:
    """The readiness report, then every gap."""
    places = Places.of(report, links)
    lines = [f"# Readiness of {code(report.commit)}", *problem_lines(problems)]
    lines.append(readiness_report(report, links, WHOLE))
    if report.gaps:
        lines.append(f"## {count(len(report.gaps), 'gap')}")
        lines.append(_lines(plain_items(report.gaps, places)))
    if report.trial_gaps:
        lines.append(
            f"## {count(len(report.trial_gaps), 'observation')} of checks on trial (shown, never counted)"
        )
        lines.append(_lines(plain_items(report.trial_gaps, places)))
    return "\n\n".join(lines) + "\n"


def review_markdown(review: Review, links: Links, problems: tuple[PolicyProblem, ...] = ()) -> str:
    """The comment, then each Check Run, as the app would post them."""
    text = comment(review, links, problems=problems, standing=True) or ""
    runs = (verdict_run(review, links, problems=problems), *area_runs(review, links))
    return "\n".join((text, *(line for run in runs for line in _run(run))))


def _lines(blocks: Iterable[Block]) -> str:
    return "\n".join(block.text for block in blocks)


def _run(run: RunText) -> Iterator[str]:
    yield f"---\n\n## Check Run `{run.name}`: {run.conclusion}\n\n**{run.output.title}**\n"
    yield run.output.summary
    if run.output.text:
        yield f"\n{run.output.text}"
    if run.annotations:
        yield f"\n{count(len(run.annotations), 'annotation')}:\n"
        yield from (
            f"- {code(f'{a.path}:{a.start_line}')} ({a.level}) {code(a.title or '')}" for a in run.annotations
        )
