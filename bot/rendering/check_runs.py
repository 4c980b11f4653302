"""Check Runs: the verdict with the readiness report, and one for each area in which the change did something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.github.check_run_models import Annotation, Conclusion, Output
from bot.rendering.annotations import MOST, annotate
from bot.rendering.announcements import announcement_lines
from bot.rendering.blocks import Block, fit
from bot.rendering.cards import cards, plain_items, resolved_items
from bot.rendering.comment import headline
from bot.rendering.harmless import code, plain
from bot.rendering.links import Links, Places
from bot.rendering.policy_text import POLICY_PATH, problem_lines
from bot.rendering.readiness_text import checks_table, readiness_report
from bot.rendering.tables import table
from bot.rendering.undecided import undecided_lines
from bot.rendering.words import VERDICTS, area_title, count, percent, sentence, severities
from checks import CheckResult, Outcome, Policy, PolicyProblem, ReportedGap, Review

VERDICT_NAME = "gonogo"
TITLE_CAP = 200


@dataclass(frozen=True, slots=True)
class RunText:
    """What a Check Run says."""

    name: str
    conclusion: Conclusion
    output: Output
    annotations: tuple[Annotation, ...] = ()


def area_name(area: str) -> str:
    """The constant name of an area's Check Run: branch protection knows runs by their names."""
    return f"{VERDICT_NAME} / {area_title(area)}"


def verdict_run(
    review: Review,
    links: Links,
    *,
    problems: tuple[PolicyProblem, ...] = (),
    policy_source: str = POLICY_PATH,
) -> RunText:
    """The verdict on the change, and the readiness of the repository below it."""
    summary = "\n\n".join(
        (
            f"**{headline(review)}**",
            *problem_lines(problems, policy_source),
            *undecided_lines(review),
            *announcement_lines(review),
            *_areas(review),
            *_waived(review),
        )
    )
    text = readiness_report(review.head, links)
    return RunText(
        VERDICT_NAME, Conclusion(review.conclusion), Output(_verdict_title(review, problems), summary, text)
    )


def area_runs(review: Review, links: Links) -> tuple[RunText, ...]:
    """One for each area with new or resolved gaps; the annotations of the new gaps are on these."""
    head, base = Places.of(review.head, links), Places.of(review.base, links)
    areas = sorted({gap.check.area for gap in (*review.new, *review.resolved)})
    return tuple(_area_run(review, area, head, base) for area in areas)


def failed_run(on_failure: str, reason: str, *, reference: str, will_retry: bool) -> RunText:
    """Our own failure: never red as if it were the author's, unless the policy asks for it."""
    what_next = (
        "It is tried again by itself."
        if will_retry
        else "Press Re-run, or comment `/gonogo recheck`, to try again."
    )
    summary = (
        f"gonogo could not review this change: {plain(reason)}. This says nothing about the change. {what_next}\n\n"
        f"Reference for the operator: {code(reference)}"
    )
    return RunText(
        VERDICT_NAME,
        Conclusion(on_failure),
        Output("gonogo itself failed; nothing is said of the change", summary),
    )


def cleared_run(name: str) -> RunText:
    """An area's run that said something of this head before, when there is nothing new or resolved there any more."""
    summary = "An earlier review of this commit found something here; this one finds nothing new and nothing resolved."
    return RunText(name, Conclusion.SUCCESS, Output("0 new, 0 resolved", summary))


def superseded_run(name: str) -> RunText:
    """A run left in progress, by a process that died or for a head that a push replaced."""
    summary = "This run was not finished: a newer commit or a newer run took its place."
    return RunText(name, Conclusion.CANCELLED, Output("Superseded", summary))


def running() -> Output:
    """What stands while a review takes its time."""
    return Output(
        "Reading the tree before and after", "gonogo compares the merge base with the head of this change."
    )


def _verdict_title(review: Review, problems: tuple[PolicyProblem, ...]) -> str:
    new, resolved = review.new, review.resolved
    if not new and not resolved:
        said = "nothing new, nothing resolved"
    else:
        severity = f" ({severities(new)})" if new else ""
        said = f"{len(new)} new{severity}, {len(resolved)} resolved"
    lost = f"; {count(len(review.lost), 'check')} can't judge it any more" if review.lost else ""
    warning = "; the policy file has errors" if problems else ""
    return f"{VERDICTS[review.verdict]}: {said}{lost}{warning}"


def _areas(review: Review) -> Iterator[str]:
    rows = []
    for area in sorted({gap.check.area for gap in (*review.new, *review.resolved)}):
        new, resolved = _of(review.new, area), _of(review.resolved, area)
        rows.append(
            (area_title(area), len(new), severities(new), len(resolved), len(_of(review.existing, area)))
        )
    if rows:
        yield table(("area", "new", "of severity", "resolved", "still standing"), rows)


def _waived(review: Review) -> Iterator[str]:
    if waived := review.head.waived:
        yield f"{count(len(waived), 'gap')} waived by the policy; the report below lists them."


def _area_run(review: Review, area: str, head: Places, base: Places) -> RunText:
    new, resolved = _of(review.new, area), _of(review.resolved, area)
    return RunText(
        area_name(area),
        _area_conclusion(new, area, review.head.policy),
        Output(
            f"{len(new)} new, {len(resolved)} resolved",
            fit(_area_summary(review, area, head, base), len(new) + len(resolved), _left_out),
            _area_text(review, area, head),
        ),
        annotate(new, review.head),
    )


def _area_conclusion(new: tuple[ReportedGap, ...], area: str, policy: Policy) -> Conclusion:
    if any(gap.severity.at_least(policy.fail_on) for gap in new) or (new and area in policy.blocking_areas):
        return Conclusion.FAILURE
    return Conclusion.NEUTRAL if new else Conclusion.SUCCESS


def _area_summary(review: Review, area: str, head: Places, base: Places) -> Iterator[Block]:
    new, resolved = _of(review.new, area), _of(review.resolved, area)
    yield Block(f"In {area_title(area)}, this change {sentence(new, resolved)}.\n")
    yield Block(f"{_expected([r for r in review.head.results if r.check.area == area])}\n")
    if len(new) > MOST:
        yield Block(f"{MOST} of the {len(new)} new gaps are annotated.\n")
    yield from cards(new, head)
    if resolved:
        yield Block("\n### Resolved\n")
        yield from resolved_items(resolved, base)


def _expected(results: list[CheckResult]) -> str:
    """What the area should have against what it has, after the change. Checks on trial don't count."""
    outcomes = [result.outcome for result in results if not result.check.on_trial]
    passed, applicable = (
        outcomes.count(Outcome.PASSED),
        len(outcomes) - outcomes.count(Outcome.NOT_APPLICABLE),
    )
    gaps = sum(len(result.gaps) for result in results if not result.check.on_trial)
    undecided = applicable - passed - outcomes.count(Outcome.GAP)
    heads = ("checks expected", "passed", "gaps", "undecided", "share")
    return table(heads, ((applicable, passed, gaps, undecided, percent(passed, applicable)),))


def _area_text(review: Review, area: str, head: Places) -> str:
    return fit(_area_details(review, area, head), len(_of(review.existing, area)), _left_out)


def _area_details(review: Review, area: str, head: Places) -> Iterator[Block]:
    results = [r for r in review.head.results if r.check.area == area]
    yield Block(f"### Every check of this area\n\n{checks_table(results, head.links)}\n")
    if standing := _of(review.existing, area):
        yield Block("### Still standing, not of this change\n")
        yield from plain_items(standing, head)


def _left_out(gaps: int) -> str:
    return f"\n**{count(gaps, 'more gap')} left out here for length.**"


def _of(gaps: tuple[ReportedGap, ...], area: str) -> tuple[ReportedGap, ...]:
    return tuple(gap for gap in gaps if gap.check.area == area)
