"""The one comment on a pull request: what the change opens and closes; what stands is one folded table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.rendering.announcements import announcement_lines
from bot.rendering.blocks import BUDGET, Block, fit, size
from bot.rendering.cards import cards, plain_items, resolved_items
from bot.rendering.harmless import code, link
from bot.rendering.links import Links, Places
from bot.rendering.policy_text import problem_lines
from bot.rendering.readiness_text import stages_line
from bot.rendering.tables import folded, table
from bot.rendering.undecided import undecided_lines
from bot.rendering.words import VERDICTS, area_title, count, sentence
from checks import PolicyProblem, ReportedGap, Review, Severity, Verdict, readiness

MARKER = "<!-- gonogo:v1 -->"
MOST_TRIAL = 10
ICONS = {Verdict.GO: "✅", Verdict.CONDITIONAL: "⚠️", Verdict.NO_GO: "⛔"}


def comment(
    review: Review, links: Links, *, problems: tuple[PolicyProblem, ...] = (), standing: bool = False
) -> str | None:
    """The comment's text; None where there is nothing to say and no comment of ours stands already."""
    if not (review.new or review.resolved or review.lost):
        return _all_clear(review, problems) if standing else None
    tail = _tail(review, links)
    top = f"{MARKER}\n## {ICONS[review.verdict]} {VERDICTS[review.verdict]}\n\n{_said(review)}\n"
    total = len(review.new) + len(review.resolved)
    budget = BUDGET - size(top) - size(tail) - 2
    return f"{top}\n{fit(_body(review, links, problems), total, _left_out, budget)}\n{tail}"


def headline(review: Review) -> str:
    """One sentence: the verdict, what the change does to readiness, and whether it may merge."""
    said = _said(review)
    return f"{VERDICTS[review.verdict]}: {said[0].lower()}{said[1:]}"


def _said(review: Review) -> str:
    return f"This change {sentence(review.new, review.resolved)}; {_may_merge(review)}."


def _may_merge(review: Review) -> str:
    if review.verdict is Verdict.NO_GO:
        return "it should not merge as it is"
    if review.undecided:
        what = (
            f"{count(len(review.lost), 'check')} can't be judged any more"
            if review.lost
            else "nothing could be judged"
        )
        blocked = review.conclusion == "failure"
        return f"{what}, {'which the policy takes for a failure' if blocked else 'so look before merging'}"
    if review.verdict is Verdict.CONDITIONAL:
        return f"nothing new is {_level(review)}, so it may merge"
    return "it may merge"


def _level(review: Review) -> str:
    level = review.head.policy.fail_on
    return str(level) if level is Severity.CRITICAL else f"{level} or worse"


def _all_clear(review: Review, problems: tuple[PolicyProblem, ...]) -> str:
    """Says nothing that changes with every push, so that it isn't edited again and again."""
    lines = (MARKER, f"## {ICONS[Verdict.GO]} All clear: this change opens no gaps", *problem_lines(problems))
    return "\n\n".join((*lines, standing_table(review.existing))) + "\n"


def _body(review: Review, links: Links, problems: tuple[PolicyProblem, ...]) -> Iterator[Block]:
    head = Places.of(review.head, links)
    for line in problem_lines(problems):
        yield Block(f"{line}\n")
    for line in (*undecided_lines(review), *announcement_lines(review)):
        yield Block(f"{line}\n")
    if review.new:
        yield Block(f"### New: {count(len(review.new), 'gap')}")
        yield from cards(review.new, head)
    if review.resolved:
        yield Block(f"\n### Resolved: {count(len(review.resolved), 'gap')}\n")
        yield from resolved_items(review.resolved, Places.of(review.base, links))
    yield from _on_trial(review, head)


def _on_trial(review: Review, places: Places) -> Iterator[Block]:
    if not review.trial_new:
        return
    shown = review.trial_new[:MOST_TRIAL]
    items = "\n".join(block.text for block in plain_items(shown, places))
    more = len(review.trial_new) - len(shown)
    rest = f"\n- and {count(more, 'more observation')}" if more else ""
    title = f"{count(len(review.trial_new), 'observation')} of checks on trial (shown, never counted)"
    yield Block(folded(title, items + rest))


def _tail(review: Review, links: Links) -> str:
    commits = " with its merge base ".join(
        link(code(side.commit[:10]), links.commit(side.commit)) for side in (review.head, review.base)
    )
    lines = (
        standing_table(review.existing),
        f"{stages_line(readiness(review.head))} Compared {commits}. Comment `/gonogo recheck` to run this again.",
    )
    return "\n" + "\n\n".join(lines) + "\n"


def standing_table(gaps: Iterable[ReportedGap]) -> str:
    """What stands anyway: counts for each area and severity, folded."""
    standing = tuple(gaps)
    if not standing:
        return "Nothing else stands open."
    areas = sorted({gap.check.area for gap in standing})
    rows = [_row(area_title(area), [g for g in standing if g.check.area == area]) for area in areas]
    rows.append(_row("**all**", standing))
    title = f"{count(len(standing), 'gap')} stood before this change and {'stands' if len(standing) == 1 else 'stand'} still"
    return folded(title, table(("area", *Severity, "all"), rows))


def _row(name: str, gaps: Iterable[ReportedGap]) -> tuple[object, ...]:
    found = Counter(gap.severity for gap in gaps)
    return (name, *(found[severity] or "" for severity in Severity), found.total())


def _left_out(gaps: int) -> str:
    return f"\n**{count(gaps, 'more gap')} left out here for length**; the Check Runs list them by area."
