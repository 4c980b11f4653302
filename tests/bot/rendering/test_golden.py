"""Everything the user reads, as golden files: changed words are reviewed as a diff."""

from __future__ import annotations

import io

import pytest
from rich.console import Console, RenderableType

from bot.github.check_run_models import Conclusion
from bot.rendering import check_runs, replies
from bot.rendering.check_runs import RunText, area_runs, failed_run, verdict_run
from bot.rendering.comment import comment
from bot.rendering.json import audit_json, review_json
from bot.rendering.links import Links
from bot.rendering.markdown import audit_markdown, review_markdown
from bot.rendering.pages import check_page
from bot.rendering.sarif import audit_sarif, review_sarif
from bot.rendering.terminal import audit_view, checks_view, finding_view, review_view
from checks import PolicyProblem, Review
from tests.bot.rendering import samples
from tests.conftest import Golden

PROBLEMS = (PolicyProblem("fail_on: input should be 'critical', 'high', 'medium' or 'low'", 3),)


@pytest.mark.parametrize("name", ["NO_GO", "CONDITIONAL", "RESOLVED", "LOST", "ANNOUNCED"])
def test_comments(name: str, golden: Golden) -> None:
    """The comment says first what the change does and whether it may merge."""
    review: Review = getattr(samples, name)
    golden(f"comment-{name.lower().replace('_', '-')}.md", comment(review, samples.LINKS) or "")


def test_comment_with_a_broken_policy(golden: Golden) -> None:
    golden("comment-broken-policy.md", comment(samples.RESOLVED, samples.LINKS, problems=PROBLEMS) or "")


def test_all_clear(golden: Golden) -> None:
    """A comment that stands is edited to all clear; without one nothing is posted."""
    assert comment(samples.QUIET, samples.LINKS) is None
    golden("comment-all-clear.md", comment(samples.QUIET, samples.LINKS, standing=True) or "")


@pytest.mark.parametrize("name", ["NO_GO", "CONDITIONAL", "QUIET", "LOST", "ANNOUNCED"])
def test_verdict_runs(name: str, golden: Golden) -> None:
    review: Review = getattr(samples, name)
    golden(
        f"verdict-{name.lower().replace('_', '-')}.md",
        _text(verdict_run(review, samples.LINKS, problems=PROBLEMS)),
    )


def test_area_runs(golden: Golden) -> None:
    golden("areas-no-go.md", "\n".join(_text(run) for run in area_runs(samples.NO_GO, samples.LINKS)))


def test_short_runs(golden: Golden) -> None:
    runs = (
        failed_run("neutral", "GitHub did not answer", reference="job 7", will_retry=True),
        failed_run("failure", "GitHub did not answer", reference="job 7", will_retry=False),
        check_runs.cleared_run("gonogo / ci"),
        check_runs.superseded_run("gonogo"),
        RunText("running", Conclusion.NEUTRAL, check_runs.running()),
    )
    golden("short-runs.md", "\n".join(_text(run) for run in runs))


def test_replies(golden: Golden) -> None:
    texts = (
        replies.help_reply(),
        replies.help_reply("deploy @octo/admins <now>"),
    )
    golden("replies.md", "\n".join(texts))


def test_page_of_a_check(golden: Golden) -> None:
    golden("page.html", check_page(samples.ROOT))


def test_terminal(golden: Golden) -> None:
    """What a pipe gets: no colour codes, one line for each line."""
    golden("audit.txt", _plain(audit_view(samples.HEAD_REPORT, PROBLEMS)))
    golden("review.txt", _plain(review_view(samples.NO_GO)))
    golden("review-lost.txt", _plain(review_view(samples.LOST)))
    golden("review-announced.txt", _plain(review_view(samples.ANNOUNCED)))
    golden("checks.txt", _plain(checks_view([samples.ROOT, samples.TRIAL])))
    golden("finding.txt", _plain(finding_view("APP_ID", "is missing", "set it", ok=False)))


def test_machine_formats(golden: Golden) -> None:
    golden("audit.json", audit_json(samples.HEAD_REPORT, PROBLEMS))
    golden("review.json", review_json(samples.NO_GO))
    golden("audit.sarif", audit_sarif(samples.HEAD_REPORT, samples.LINKS))
    golden("review.sarif", review_sarif(samples.NO_GO, samples.LINKS))


def test_whole_texts(golden: Golden) -> None:
    """The command line's Markdown; without a known address nothing is linked."""
    golden("audit.md", audit_markdown(samples.HEAD_REPORT, Links(), PROBLEMS))
    golden("review.md", review_markdown(samples.NO_GO, Links()))


def test_doubts(golden: Golden) -> None:
    """What could not be decided is said in every format, and is no pass."""
    golden("doubtful.txt", _plain(audit_view(samples.DOUBTFUL)))
    golden("doubtful.md", audit_markdown(samples.DOUBTFUL, samples.LINKS, PROBLEMS * 12))
    golden("doubtful.sarif", audit_sarif(samples.DOUBTFUL, Links()))


def _text(run: RunText) -> str:
    notes = [
        f"{a.path}:{a.start_line}-{a.end_line} {a.level} | {a.title}\n{a.message}" for a in run.annotations
    ]
    parts = (f"name: {run.name}\nconclusion: {run.conclusion}\ntitle: {run.output.title}", run.output.summary)
    return "\n\n".join((*parts, run.output.text or "(no text)", *notes)) + "\n"


def _plain(view: RenderableType) -> str:
    stream = io.StringIO()
    Console(file=stream, width=160, no_color=True, highlight=False).print(view)
    return "\n".join(line.rstrip() for line in stream.getvalue().split("\n"))
